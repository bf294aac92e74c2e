"""The figures of a programme with their definitions and threads: each is the owning app's own number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from handrail.competences.models import Competence, MapRelease
from handrail.competences.queries import Sight as MapSight
from handrail.competences.queries import framework_of, municipalities_table, releases_of, sight_of
from handrail.delivery.models import Session
from handrail.delivery.queries import current_attendance
from handrail.evidence import rules
from handrail.evidence.queries import certified_total, confidence_answers, forecast_of, led_organisations, phases_of
from handrail.instruments.models import Round
from handrail.kit import clock
from handrail.kit.disclosure import INSIDE, is_shown
from handrail.kit.text import _, hours, money, number, percent, plural, signed, spelled
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.programmes.queries import partners_of

Phase = Round.Phase


@dataclass(frozen=True)
class Figure:
    """A figure, what it says in one sentence, how it is defined, and where it leads."""

    key: str
    big: str
    sentence: Any
    definition: Any
    url: str = ""
    url_label: Any = ""
    closed: Any = ""


@dataclass(frozen=True)
class Change:
    """Something before and after, and six months later where it was asked."""

    before: float
    after: float | None
    later: float | None
    count: int  # answers, or competences


def figures_of(viewer: Person, programme: Programme) -> tuple[Any, list[Figure]]:
    """The finding and the programme's figures as this viewer may see them: ratings and confidence never for the auditor."""
    is_audit = authority_of(viewer).has(Role.AUDITOR, programme=programme.uid)
    forecast = forecast_of(programme)
    reached = percent(forecast.certified / forecast.target, 1) if forecast.target else ""
    heading = _("%(share)s of the co-financing is certified") % {"share": reached} if reached else _("The programme's figures, each with its thread")
    return heading, [*_money(programme, forecast), *_reach(programme), *([_not_for_audit()] if is_audit else [_gap(viewer, programme), _confidence(viewer, programme)])]


def _thread(kind: str, uid: Any) -> str:
    return reverse("desk:thread", args=[kind, uid])


def _money(programme: Programme, forecast: rules.Forecast) -> list[Figure]:
    words = {"share": percent(forecast.reached, 1), "budget": money(forecast.budget, programme.currency), "target": money(forecast.target, programme.currency)}
    url = _thread("total", programme.uid)
    return [
        Figure(
            "certified", money(forecast.certified, programme.currency),
            _("are certified: %(share)s of %(budget)s. The target is %(target)s.") % words,
            _("Certified hours times what an hour is worth in that year. Hours count when the participant has confirmed the month and the manager has countersigned it. A month that waits to be signed anew does not count, unless it was handed in."),
            url,
        ),
        Figure(
            "hours", hours(forecast.certified_hours), _("are certified. %(waiting)s more wait for a signature.") % {"waiting": hours(forecast.waiting_hours)},
            _("Minutes of attendance by person and month, made into whole hours by the counting rule of that month. Nobody's hour is counted twice."),
            url,
        ),
    ]  # fmt: skip


def people_reached(programme: Programme) -> int:
    """How many different people have been at a session."""
    return current_attendance(programme).filter(minutes__gt=0).order_by().values("person").distinct().count()


def sessions_held(programme: Programme) -> list[Session]:
    """The sessions that were held, the latest first."""
    return list(Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state=Session.State.HELD).order_by("-starts_at", "-pk"))


def _reach(programme: Programme) -> list[Figure]:
    people, held = people_reached(programme), sessions_held(programme)
    latest = _thread("session", held[0].uid) if held else ""
    return [
        Figure(
            "people", number(people), plural("person has been at a session.", "people have been at a session or more.", people),
            _("Different people with at least one minute of recorded attendance. A line that was corrected counts as corrected, and nobody counts twice."),
            latest,
        ),
        Figure(
            "sessions", number(len(held)), plural("session was held.", "sessions were held.", len(held)),
            _("Sessions that were closed as held. Planned and cancelled ones do not count."), latest, _("Follow the thread from the latest"),
        ),
    ]  # fmt: skip


def public_figures(programme: Programme) -> list[dict[str, Any]]:
    """What visitors may know, as knots on the thread: mapped, held, reached, certified; nothing of fewer than ten people."""
    framework = framework_of(programme)
    mapped = max((one.answers for one in releases_of(framework)), default=0) if framework else 0
    partners, held, people = partners_of(programme), sessions_held(programme), people_reached(programme)
    certified, _amount = certified_total(programme)
    found: list[dict[str, Any]] = []
    if is_shown(mapped, threshold=INSIDE.public_means):
        found.append({
            "title": plural("%(shown)s mapped", "%(shown)s mapped", mapped) % {"shown": number(mapped)},
            "text": plural("staff in %(where)s municipality", "staff in %(where)s municipalities", len(partners)) % {"where": spelled(len(partners))},
        })
    if held:
        found.append({"title": plural("%(shown)s session", "%(shown)s sessions", len(held)) % {"shown": number(len(held))}, "text": _("lectures and group work")})
    if is_shown(people, threshold=INSIDE.public_means):
        found.append({"title": plural("%(shown)s person", "%(shown)s people", people) % {"shown": number(people)}, "text": _("have been at a session or more")})
        if certified:
            found.append({"title": hours(certified), "text": _("certified by participant and manager")})
    return found  # fmt: skip


def _not_for_audit() -> Figure:
    return Figure(
        "closed", "", _("Levels and confidence"), "",
        closed=_("Ratings and answers belong to those who gave them. They are not part of an audit."),
    )  # fmt: skip


def mean_gap(programme: Programme, sight: MapSight) -> tuple[Change | None, Competence | None]:
    """The mean distance to the target in all municipalities together, before and after, and the competence furthest from it before.

    The mean of the distances that the map prints, over the competences that both maps show.
    """
    framework = framework_of(programme)
    releases = [one for one in releases_of(framework) if one.answers and one.round and _is_over(one.round)] if framework else []
    before, after = _of_phase(releases, (Phase.BEFORE,)), _of_phase(releases, (Phase.LATER, Phase.AFTER))
    if framework is None or before is None:
        return None, None
    first = _distances(municipalities_table(framework, before, sight))
    last = _distances(municipalities_table(framework, after, sight)) if after else {}
    both = [one for one in first if one in last]
    if not first:
        return None, None
    widest = min(first, key=lambda one: (first[one], one.pk))
    if not both:
        return Change(_mean(first.values()), None, None, len(first)), widest
    return Change(_mean(first[one] for one in both), _mean(last[one] for one in both), None, len(both)), widest


def _is_over(round: Round) -> bool:
    return round.closed_at is not None or round.closes_on < clock.today()


def _of_phase(releases: list[MapRelease], phases: tuple[str, ...]) -> MapRelease | None:
    return next((one for phase in phases for one in releases if one.round and one.round.phase == phase), None)


def _distances(table: Any) -> dict[Competence, float]:
    total = next((one for one in table.columns if one.is_total), None)
    cells = total.cells if total else {}
    return {one: cells[one.pk].distance for one in table.competences if one.pk in cells and cells[one.pk].distance is not None}


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept)


def _gap(viewer: Person, programme: Programme) -> Figure:
    change, widest = mean_gap(programme, sight_of(viewer, programme))
    definition = _("The mean of each competence's distance between level and target in all municipalities together, by people's own ratings. Only rounds that are over and competences that both show count; fewer than five answers are never shown.")
    if change is None or widest is None:
        return Figure("gap", "–", _("No mapping can be shown yet."), definition)
    big = f"{signed(change.before, 1)} → {signed(change.after, 1)}" if change.after is not None else signed(change.before, 1)
    sentence = (
        _("levels from the target on average, before and after, in %(n)s competences.") if change.after is not None
        else _("levels from the target on average before the training, in %(n)s competences.")
    )  # fmt: skip
    return Figure("gap", big, sentence % {"n": number(change.count)}, definition, _thread("competence", widest.uid), _("Follow the thread from the widest gap"))


def confidence(programme: Programme, seen: list[int] | None) -> Change | None:
    """The share on the yes side over all questions about confidence, before, after and six months later; hidden phases are left out."""
    answers = confidence_answers(programme)
    by_phase: dict[str, list[tuple[float, int]]] = {}
    for asked in answers.asked:
        shown = {one.phase: one for one in phases_of(answers, asked.name, organisation=None, seen=seen) if not one.is_hidden and not one.is_paired}
        if Phase.BEFORE not in shown:
            continue
        for phase, one in shown.items():
            by_phase.setdefault(phase, []).append((rules.positive_share(one.counts), one.n))
    if Phase.BEFORE not in by_phase:
        return None
    mean = {phase: _mean(share for share, _n in some) for phase, some in by_phase.items()}
    count = max(n for _share, n in by_phase[Phase.BEFORE])
    return Change(mean[Phase.BEFORE], mean.get(Phase.AFTER), mean.get(Phase.LATER), count)


def _confidence(viewer: Person, programme: Programme) -> Figure:
    is_owner = authority_of(viewer).has(Role.COORDINATOR, programme=programme.uid)
    change = confidence(programme, None if is_owner else sorted(led_organisations(viewer, programme)))
    definition = _("The share of answers on the yes side (the two last of five steps), mean of all questions about confidence in one's role. People answer before, after and six months later; fewer than five answers are never shown.")
    url = reverse("evidence:change", args=[programme.uid])
    if change is None:
        return Figure("confidence", "–", _("Nobody's answers about confidence can be shown yet."), definition, url, _("To the change"))
    parts = [percent(one, 0) for one in (change.before, change.after, change.later) if one is not None]
    sentence = {
        1: _("feel confident in their role before the training (%(n)s answers)."), 2: _("feel confident in their role, before and after (%(n)s answers before)."),
        3: _("feel confident in their role: before, after and six months later (%(n)s answers before)."),
    }[len(parts)]  # fmt: skip
    return Figure("confidence", " → ".join(parts), sentence % {"n": number(change.count)}, definition, url, _("To every question"))
