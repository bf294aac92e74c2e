"""The steps in words: together they read as one sentence, from the figure to the answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Sum
from django.urls import reverse

from handrail.competences.queries import level_name, needs_of_competence
from handrail.delivery.models import Attendance, Session
from handrail.desk.queries.thread.answers import answer_of
from handrail.desk.queries.thread.facts import Facts
from handrail.desk.queries.thread.gaps import Gap
from handrail.desk.queries.thread.needs import need_step, voice_step
from handrail.desk.queries.thread.trail import Level, Trail
from handrail.desk.queries.thread.walk import lines_behind
from handrail.evidence import rules
from handrail.evidence.models import Certificate, Signature
from handrail.evidence.queries import budget_of, claims_of
from handrail.kit.text import (
    _,
    date_medium,
    hours,
    minutes,
    money,
    month_name,
    number,
    percent,
    plural,
    signed,
    time_short,
)

Step = dict[str, Any]


def steps_of(trail: Trail, facts: Facts, gap: Gap) -> list[Step]:
    """Every step of the trail, from where it starts."""
    steps: list[Step] = []
    if trail.start <= Level.PLACE:
        steps += _figure(trail)
    if trail.start <= Level.HOURS:
        steps += _hours(trail, facts)
    if trail.start <= Level.MINUTES and not trail.is_closed:
        steps += _minutes(trail, facts)
    if trail.start <= Level.SESSION:
        steps += _session(trail, facts)
    if trail.start <= Level.OUTCOME and (trail.session is not None or trail.outcome is not None):
        steps += _outcome(trail, facts)
    if trail.competence is not None and trail.start <= Level.COMPETENCE:
        steps.append(_competence(trail, facts))
    if trail.competence is not None:
        steps.append(_gap(trail, gap))
    needs = needs_of_competence(trail.competence, trail.sight.viewer) if trail.competence is not None else []
    if needs:
        steps.append(need_step(needs))
    if trail.competence is not None or trail.submission is not None:
        answer = _answer(trail, facts)
        steps.append((voice_step(needs) if "closed" in answer else None) or answer)
    return steps


def _figure(trail: Trail) -> list[Step]:
    """What is certified, for the whole programme, for one month as it was handed in, or for one municipality; then where it comes from."""
    programme, currency = trail.programme, trail.programme.currency
    whole = trail.start == Level.FIGURE
    place = None if whole else trail.organisation
    behind = trail_of_figure(trail)
    sums = behind.aggregate(
        hours=Sum("hours", default=0), amount=Sum("amount", default=Decimal(0)), people=Count("person", distinct=True), last=Max("month")
    )
    people, last = sums["people"], sums["last"]
    first: Step = {"kind": _("The figure"), "big": money(sums["amount"], currency), "how": _how_figure(trail, sums["amount"])}
    if trail.claim is not None:
        first["before"] = _("was handed in to the funder with %(month)s.") % {"month": month_name(trail.claim.month)}
    elif place is not None:
        first["before"] = _("is certified co-financing from %(place)s.") % {"place": place}
    else:
        first["before"] = _("is certified co-financing up to %(month)s.") % {"month": month_name(last)} if last else _("is certified co-financing so far.")
    ledger = reverse("evidence:hours", args=[programme.uid])
    first["side"] = [{"text": hours(sums["hours"]), "url": ledger}, {"text": plural("%(n)s person", "%(n)s people", people) % {"n": number(people)}}]
    return [first, *_place(trail)]


def trail_of_figure(trail: Trail) -> Any:
    """The lines that the first figure adds up: not narrowed to the municipality that the way goes on through."""
    if trail.start != Level.FIGURE or trail.organisation is None:
        return lines_behind(trail)
    kept, trail.organisation = trail.organisation, None
    rows = lines_behind(trail)
    trail.organisation = kept
    return rows


def _how_figure(trail: Trail, amount: Decimal) -> str:
    if trail.claim is not None:
        return str(_("Handed in on %(day)s and frozen since. Later corrections go with later months.") % {"day": date_medium(trail.claim.submitted_at)})
    budget, share = budget_of(trail.programme)
    target = rules.target_of(budget, share)
    handed_in = claims_of(trail.programme).count()
    part = percent(amount / target, 1) if target else ""
    words = {"share": part, "target": money(target, trail.programme.currency), "months": number(handed_in)}
    return str(
        plural(
            "%(share)s of the target %(target)s. One month is handed in. Whole hours by person and month, each signed twice.",
            "%(share)s of the target %(target)s. %(months)s months are handed in. Whole hours by person and month, each signed twice.", handed_in,
        ) % words
    )  # fmt: skip


def _place(trail: Trail) -> list[Step]:
    chosen = next((amount for one, amount in trail.places if one == trail.organisation), None)
    if chosen is None or trail.organisation is None:
        return []
    side: list[dict[str, Any]] = [{"text": _("1 of %(n)s municipalities") % {"n": number(len(trail.places))}, "url": reverse("evidence:hours", args=[trail.programme.uid])}]
    side += [
        {"text": f"{one} {money(amount, trail.programme.currency)}", "url": trail.by_way_of(Level.PLACE, one.uid)}
        for one, amount in trail.places if one != trail.organisation
    ][:4]  # fmt: skip
    return [{
        "kind": _("Municipality"), "before": _("Of it"), "link": money(chosen, trail.programme.currency),
        "url": reverse("desk:thread", args=["organisation-total", trail.organisation.uid]) if trail.claim is None else "",
        "after": _("comes from %(place)s.") % {"place": trail.organisation}, "side": side,
    }]  # fmt: skip


def _hours(trail: Trail, facts: Facts) -> list[Step]:
    certificate, line = trail.certificate, trail.line
    if certificate is None:
        return [{"kind": _("Hours"), "before": _("No hours stand behind it yet."), "closed": _("They come when people have been at a session and two have signed.")}]
    if trail.is_closed:
        reason = _("Names are seen by the process leader in %(place)s.") % {"place": certificate.organisation}
        return [{"kind": _("Hours"), "before": _("It consists of people's hours, month by month."), "closed": reason}]
    count, month = (line.hours if line else certificate.hours), month_name(certificate.month)
    opened = reverse("evidence:certificate", args=[certificate.uid])
    step: Step = {"kind": _("Hours"), "how": _how_hours(trail, facts), "side": _beside_hours(trail, facts), "after": facts.who}
    if trail.start == Level.HOURS:
        return [step | {"big": hours(count), "before": _state_of(certificate, certified=line is not None), "link": month, "url": opened}]
    worth = plural("%(n)s hour in %(month)s", "%(n)s hours in %(month)s", count) % {"n": number(count), "month": month}
    return [step | {"before": _("It consists, among others, of"), "link": worth, "url": opened}]


def _state_of(certificate: Certificate, *, certified: bool) -> Any:
    if certificate.state == Certificate.State.REPLACED:
        return _("stood in an earlier version of")
    return _("are certified in") if certified else _("wait for a signature in")


def _how_hours(trail: Trail, facts: Facts) -> str:
    parts = [money(trail.line.amount, trail.programme.currency) + "."] if trail.line else []
    for part, words in ((Signature.Part.PARTICIPANT, _("Confirmed by the participant on %(day)s.")), (Signature.Part.MANAGER, _("Countersigned on %(day)s."))):
        parts += [str(words % {"day": date_medium(one.at)}) for one in facts.signatures if one.part == part]
    if trail.line and trail.line.corrects_id:
        parts.append(str(_("A correction of an earlier line.")))
    return " ".join(parts)


def _beside_hours(trail: Trail, facts: Facts) -> list[dict[str, Any]]:
    programme = trail.programme
    name = "evidence:hours" if trail.sight.sees_totals else "evidence:hours_mine" if facts.is_own else ""
    side: list[dict[str, Any]] = []
    if facts.lines:
        side.append({"text": _("1 of %(n)s month lines") % {"n": number(facts.lines)}, "url": reverse(name, args=[programme.uid]) if name else ""})
    if trail.next_line:
        side.append({"text": _("Follow another line"), "url": trail.by_way_of(Level.HOURS, trail.next_line)})
    return side


def _minutes(trail: Trail, facts: Facts) -> list[Step]:
    chosen = trail.attendance
    if trail.start == Level.MINUTES and chosen is not None:
        return [{
            "kind": _("Minutes"), "big": minutes(chosen.minutes), "before": _("of attendance are recorded"), "after": facts.who,
            "how": _how_recorded([chosen]), "side": [{"text": _("1 of %(n)s attendance lines") % {"n": number(facts.attendances)}}],
        }]  # fmt: skip
    if chosen is None or trail.certificate is None:
        return []
    counted = [one.minutes for one in trail.covered]
    shown = " + ".join(number(one) for one in counted) if len(counted) <= 4 else number(sum(counted))
    side: list[dict[str, Any]] = [{"text": _("%(k)s of %(n)s attendance lines") % {"k": number(len(counted)), "n": number(facts.attendances)}}]
    if facts.corrections:
        side.append({"text": plural("%(n)s correction", "%(n)s corrections", facts.corrections) % {"n": number(facts.corrections)}})
    side += [
        {"text": _("%(day)s, %(minutes)s") % {"day": date_medium(one.attendance.session.starts_at), "minutes": minutes(one.minutes)},
         "url": trail.by_way_of(Level.MINUTES, one.attendance.uid)}
        for one in trail.covered if one.attendance.pk != chosen.pk
    ][:2]  # fmt: skip
    return [{
        "kind": _("Minutes"), "before": _("which come from"), "link": plural("%(shown)s minute", "%(shown)s minutes", sum(counted)) % {"shown": shown},
        "url": reverse("desk:thread", args=["attendance", chosen.uid]), "side": side,
        "after": plural("in one session,", "in %(n)s sessions.", len(counted)) % {"n": number(len(counted))}, "how": _how_minutes(trail, counted),
    }]  # fmt: skip


def _how_minutes(trail: Trail, counted: list[int]) -> str:
    rounding = trail.line.rule.rounding if trail.line else rules.BY_MONTH
    whole, lost = rules.certified_hours(counted, rounding), rules.minutes_not_counted(counted, rounding)
    words = {"sum": minutes(sum(counted)), "whole": number(whole), "lost": minutes(lost)}
    exact = plural("%(sum)s give %(whole)s whole hour.", "%(sum)s give %(whole)s whole hours.", whole)
    rest = plural("%(sum)s give %(whole)s whole hour, %(lost)s do not count.", "%(sum)s give %(whole)s whole hours, %(lost)s do not count.", whole)
    said = (rest if lost else exact) % words
    return f"{said} {_how_recorded([one.attendance for one in trail.covered][:3])}"


def _how_recorded(lines: list[Attendance]) -> str:
    """How and when each line was recorded; by whom is told on the month's own page."""
    found = []
    for one in lines:
        at = one.arrived_at or one.recorded_at
        found.append(f"{one.get_method_display()} {date_medium(at)} {time_short(at)}.")
    return " ".join(found)


def _session(trail: Trail, facts: Facts) -> list[Step]:
    session = trail.session
    if session is None:
        return []
    day = date_medium(session.starts_at)
    where = ", ".join(str(one) for one in (session.place, session.organisation) if one)
    place = where or str(_("Online"))
    parts = [f"{place}, {time_short(session.starts_at)}–{time_short(session.ends_at)}."]
    if session.state == Session.State.HELD:
        parts.append(str(plural("%(n)s seat, %(there)s were there.", "%(n)s seats, %(there)s were there.", session.maximum) % {"n": number(session.maximum), "there": number(facts.present)}))
    if facts.trainer:
        parts.append(str(_("Trainer: %(name)s.") % {"name": facts.trainer}))
    url = reverse("delivery:session_detail", args=[session.uid]) if facts.opens_session else ""
    listed = reverse("delivery:session_list", args=[trail.programme.uid]) if trail.sight.sees_totals else ""
    side = [
        {"text": _("1 of %(n)s sessions held") % {"n": number(facts.sessions_held)}, "url": listed},
        {"text": plural("%(n)s participant", "%(n)s participants", facts.present) % {"n": number(facts.present)}, "url": url},
    ] if session.state == Session.State.HELD else []  # fmt: skip
    return [{"kind": _("Session"), "before": _to_session(trail), "link": str(session), "url": url, "after": _held(session, day), "how": " ".join(parts), "side": side}]


def _to_session(trail: Trail) -> Any:
    if trail.start == Level.SESSION:
        return ""
    if trail.start == Level.MINUTES:
        return _("at the session")
    return _("One of the sessions was") if trail.is_closed or len(trail.covered) > 1 else _("that was")


def _held(session: Session, day: str) -> Any:
    if session.state == Session.State.PLANNED:
        return _("is planned for %(day)s,") % {"day": day}
    if session.state == Session.State.CANCELLED:
        return _("was cancelled on %(day)s,") % {"day": day}
    return _("on %(day)s,") % {"day": day}


def _outcome(trail: Trail, facts: Facts) -> list[Step]:
    outcome, modules = trail.outcome, reverse("curriculum:module_list", args=[trail.programme.uid])
    if outcome is None:
        return [{"kind": _("Learning outcome"), "before": _("There the thread ends:"), "closed": _("The module has no learning outcome yet.")}]
    module = outcome.module
    how = _("Module %(code)s, %(title)s: %(form)s, %(minutes)s.") % {
        "code": module.code, "title": module.title, "form": module.get_form_display().lower(), "minutes": minutes(module.minutes),
    }  # fmt: skip
    side: list[dict[str, Any]] = [{"text": _("1 of %(n)s learning outcomes") % {"n": number(facts.outcomes)}, "url": modules}]
    side += [{"text": str(one.statement), "url": trail.by_way_of(Level.OUTCOME, one.uid)} for one in trail.outcomes if one != outcome][:2]
    before = _("People practise how to") if trail.start == Level.OUTCOME else _("where people practised how to")
    url = reverse("curriculum:module_detail", args=[module.uid])
    return [{"kind": _("Learning outcome"), "before": before, "link": _inside(str(outcome.statement)), "url": url, "how": how, "side": side}]


def _inside(sentence: str) -> str:
    """A sentence as it stands inside another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".") if sentence[1:2].islower() else sentence.rstrip(".")


def _competence(trail: Trail, facts: Facts) -> Step:
    competence, framework = trail.competence, trail.framework
    assert competence is not None and framework is not None
    level = trail.outcome.to_level if trail.outcome else None
    link = _("%(name)s, level %(n)s") % {"name": competence, "n": number(level)} if level is not None else str(competence)
    word = level_name(framework, level) if level is not None else ""
    how = [str(_("Level %(n)s: %(word)s.") % {"n": number(level), "word": word})] if word else []
    how.append(str(_("Area: %(area)s.") % {"area": competence.area}))
    before = _("It is about becoming confident in") if trail.start == Level.COMPETENCE else _("to become confident in")
    url = reverse("competences:framework", args=[framework.uid])
    return {
        "kind": _("Competence"), "before": before, "link": link, "url": url, "how": " ".join(how),
        "side": [{"text": _("1 of %(n)s competences") % {"n": number(facts.competences)}, "url": url}],
    }


def _gap(trail: Trail, gap: Gap) -> Step:
    if gap.closed:
        before = _("How %(place)s stood in the mapping") % {"place": gap.where} if gap.where else _("How people stood in the mapping")
        return {"kind": _("Gap"), "before": before, "closed": gap.closed}
    stood = {"place": gap.where}
    how = _("%(round)s: %(level)s against %(target)s.") % {
        "round": gap.source or _("Rated"), "level": number(gap.level, 0 if gap.is_own else 1), "target": number(gap.target, 0 if gap.is_own else 1),
    }  # fmt: skip
    step: Step = {"kind": _("Gap"), "how": how, "url": gap.url}
    if not gap.is_own:
        step["side"] = [{"text": plural("%(n)s answer", "%(n)s answers", gap.people) % {"n": number(gap.people)}, "url": gap.url}]
    if trail.start == Level.GAP:
        return step | {
            "big": signed(gap.distance), "before": _("levels from the target is where %(place)s stood in") % stood, "link": trail.competence,
            "after": _("when the mapping was made."),
        }  # fmt: skip
    return step | {"before": _("where you stood") if gap.is_own else _("where %(place)s stood") % stood, "link": _distance(gap), "after": _("in the mapping.")}


def _distance(gap: Gap) -> Any:
    size = number(abs(gap.distance), 0 if gap.is_own else 1)
    if gap.distance == 0:
        return _("at the target")
    one = abs(gap.distance) == 1
    if gap.distance < 0:
        return (_("%(n)s level under the target") if one else _("%(n)s levels under the target")) % {"n": size}
    return (_("%(n)s level over the target") if one else _("%(n)s levels over the target")) % {"n": size}


def _answer(trail: Trail, facts: Facts) -> Step:
    answer = answer_of(trail, facts)
    if answer.closed:
        return {"kind": _("The answer"), "before": _("and behind it stand answers."), "closed": answer.closed}
    side: list[dict[str, Any]] = [{"text": _("All the levels") if trail.rating else _("All the answers"), "url": answer.url}] if answer.url else []
    side += [{"text": str(one.competence), "url": trail.by_way_of(Level.COMPETENCE, one.uid)} for one in trail.ratings if one != trail.rating][:2]
    return {"kind": _("The answer"), "quote": {"text": f"”{answer.text}”", "lang": answer.language, "who": answer.who}, "side": side}
