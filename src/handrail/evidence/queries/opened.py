"""One person's month, opened: its attendance lines, the rule worked out, its signatures; and how people are called on these screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail.delivery.models import Attendance
from handrail.evidence import rules
from handrail.evidence.models import Certificate, FunderRule, LedgerLine, MonthObjection, Signature, UnitCost
from handrail.evidence.queries.lines import all_lines_of
from handrail.evidence.queries.signers import countersigners_of
from handrail.evidence.queries.terms import rule_in, rules_of, unit_cost_in, unit_costs_of
from handrail.kit.text import _, date_medium, hours, local, minutes, moment, money, month_name, number, time_short
from handrail.people.models import Person, Role
from handrail.people.queries import Names, authority_of, names_visible_to
from handrail.programmes.models import Participation, Programme


def called(viewer: Person, programme: Programme, people: Iterable[Participation]) -> dict[int, str]:
    """What participants are called on this screen, by person id: the name where it may stand, else the participation number."""
    kept = list(people)
    if authority_of(viewer).has(Role.AUDITOR, programme=programme.uid):
        return {one.person_id: one.number for one in kept}
    names = names_visible_to(viewer, [one.person_id for one in kept])
    return {one.person_id: one.number if names[one.person_id].is_hidden else str(names[one.person_id]) for one in kept}


@dataclass(frozen=True)
class LineRow:
    """One attendance line as the sheet shows it."""

    attendance: Attendance
    title: str
    when: str
    source: str
    minutes: str
    is_replaced: bool


@dataclass(frozen=True)
class Step:
    """One knot on the line of signatures."""

    who: str
    when: str
    done: bool


@dataclass(frozen=True)
class Opened:
    """Everything that the opened figure shows."""

    certificate: Certificate
    who: str
    rows: list[LineRow]
    rule: FunderRule | None
    equation: list[tuple[str, bool]]
    rule_title: str
    rule_text: str
    lost: str
    note: str
    steps: list[Step]
    line: LedgerLine | None
    earlier: list[LedgerLine]
    objections: list[MonthObjection]
    versions: list[Certificate]
    may_see_objections: bool


def opened(certificate: Certificate, viewer: Person) -> Opened:
    """A month as this viewer may read it."""
    programme = certificate.programme
    is_audit = authority_of(viewer).has(Role.AUDITOR, programme=programme.uid) and viewer.pk != certificate.person_id
    rows = list(all_lines_of(certificate))
    signatures = list(certificate.signatures.all())
    signers = countersigners_of([certificate])[certificate.pk] if certificate.state == Certificate.State.CONFIRMED else frozenset()
    officials = {one.recorded_by_id for one in rows if one.recorded_by_id} | {one.by_id for one in signatures} | signers
    # Whoever records or signs does so in office: their names belong to the record, except in the auditor's pseudonymous view.
    names = Names() if is_audit else names_visible_to(viewer, officials | {certificate.person_id}, also=officials)
    who = called(viewer, programme, [certificate.participation])[certificate.person_id]
    kept_rules, costs = list(rules_of(programme)), list(unit_costs_of(programme))
    rule, cost = rule_in(kept_rules, certificate.month), unit_cost_in(costs, certificate.month)
    lines = list(
        LedgerLine.objects.filter(programme=programme, person=certificate.person_id, month=certificate.month).select_related("claim")
    )
    covered = [line.minutes for line in certificate.lines.order_by("attendance__session__starts_at")]
    return Opened(
        certificate=certificate, who=who, rows=[_row(one, names, is_audit) for one in rows], rule=rule,
        **_worked_out(covered, rule, cost, programme.currency, lines),
        steps=_steps(certificate, signatures, names, who, signers, rule, lines, is_audit=is_audit),
        line=next((one for one in lines if one.certificate_id == certificate.pk), None),
        earlier=[one for one in lines if one.certificate_id != certificate.pk],
        objections=[] if is_audit else list(
            MonthObjection.objects.filter(certificate__participation=certificate.participation_id, certificate__month=certificate.month)
        ),
        versions=list(
            Certificate.objects.filter(programme=programme, person=certificate.person_id, month=certificate.month)
            .exclude(pk=certificate.pk).order_by("version")
        ),
        may_see_objections=not is_audit,
    )  # fmt: skip


def _row(one: Attendance, names: Names, is_audit: bool) -> LineRow:
    by_whom = "" if is_audit or one.recorded_by_id is None else str(names[one.recorded_by_id])
    session = one.session
    if newer := getattr(one, "replaced_by", None):
        author = "" if is_audit or newer.recorded_by_id is None else str(names[newer.recorded_by_id])
        source = str(_("Replaced %(date)s by %(who)s: “%(reason)s”") if author else _("Replaced %(date)s: “%(reason)s”")) % {
            "date": date_medium(newer.recorded_at), "who": author, "reason": newer.reason,
        }  # fmt: skip
    elif one.method == Attendance.Method.QR and one.arrived_at:
        source = f"{one.get_method_display()} {time_short(one.arrived_at)}"
    else:
        source = ", ".join(part for part in (str(one.get_method_display()), by_whom) if part)
    return LineRow(
        attendance=one, title=str(session), minutes=number(one.minutes), is_replaced=newer is not None, source=source,
        when=f"{date_medium(session.starts_at)} {time_short(session.starts_at)}–{time_short(session.ends_at)}",
    )  # fmt: skip


def _worked_out(
    covered: list[int], rule: FunderRule | None, cost: UnitCost | None, currency: str, lines: list[LedgerLine]
) -> dict[str, Any]:
    """The rule as an equation, and what the other rounding would have given."""
    if rule is None or cost is None:
        return {
            "equation": [], "rule_title": str(_("No rule and unit cost hold for this month")), "lost": "", "note": "",
            "rule_text": str(_("The hours can be counted once the project owner has added them.")),
        }  # fmt: skip
    counted = rules.certified_hours(covered, rule.rounding)
    over = sum(one.not_counted for one in lines)
    worth = counted - over
    parts = rules.equation_of(covered, rule.rounding)
    added = f"{' + '.join(number(one) for one in parts)} = " if len(parts) > 1 else ""
    equation = [(minutes(sum(covered)), False), ("→", False), (f"{added}{hours(counted)}", True)]
    if over:
        equation += [(f"− {hours(over)}", False)]
    equation += [(f"× {money(cost.amount, currency)} =", False), (money(rules.value_of(worth, cost.amount), currency), True)]
    lost_minutes = rules.minutes_not_counted(covered, rule.rounding)
    lost = str(_("%(minutes)s do not count.")) % {"minutes": minutes(lost_minutes)} if lost_minutes else ""
    if over:
        lost = f"{lost} {_('%(hours)s lie above the annual cap and are worth nothing.') % {'hours': hours(over)}}".strip()
    other = rules.other_rounding(rule.rounding)
    would = rules.certified_hours(covered, other)
    other_parts = rules.equation_of(covered, other)
    sum_of = f"{' + '.join(number(one) for one in other_parts)} = " if len(other_parts) > 1 else ""
    sentence = (
        _("Rounded per session it would have been %(hours)s, %(value)s.") if other == rules.BY_SESSION
        else _("Rounded per month it would have been %(hours)s, %(value)s.")
    )  # fmt: skip
    text = (
        _("Minutes are added up per person and month. Only whole hours count, rounded down.") if rule.rounding == rules.BY_MONTH
        else _("Each session is rounded down to whole hours, which are then added up.")
    )  # fmt: skip
    title = _("Counting rule %(number)s, valid from %(date)s") % {"number": rule.number, "date": date_medium(rule.valid_from)}
    if rule.is_illustrative or cost.is_illustrative:
        title = f"{title} ({_('illustrative')})"
    return {
        "equation": equation, "rule_title": str(title), "rule_text": str(text), "lost": lost,
        "note": str(sentence) % {"hours": f"{sum_of}{hours(would)}", "value": money(rules.value_of(would, cost.amount), currency)},
    }  # fmt: skip


def _steps(
    certificate: Certificate, signatures: list[Signature], names: Names, who: str, signers: frozenset[int],
    rule: FunderRule | None, lines: list[LedgerLine], *, is_audit: bool,
) -> list[Step]:  # fmt: skip
    by_part = {one.part: one for one in signatures}
    own, manager = by_part.get(Signature.Part.PARTICIPANT), by_part.get(Signature.Part.MANAGER)
    is_void = certificate.state == Certificate.State.REPLACED
    steps = [
        Step(str(_("%(who)s confirmed") if own else _("%(who)s confirms")) % {"who": who}, _when(own.at if own else None), bool(own)),
    ]
    if manager:
        boss = str(_("The line manager")) if is_audit else str(names[manager.by_id])
        steps.append(Step(str(_("%(who)s countersigned")) % {"who": boss}, _when(manager.at), True))
    elif signers and not is_audit:
        steps.append(Step(str(_("%(who)s countersigns")) % {"who": _either([str(names[one]) for one in sorted(signers)])}, "", False))
    else:
        waits = certificate.state == Certificate.State.CONFIRMED and not signers
        steps.append(Step(str(_("The line manager countersigns")), str(_("nobody is named yet")) if waits else "", False))
    claim = next((one.claim for one in lines if one.certificate_id == certificate.pk and one.claim), None)
    if is_void:
        steps.append(Step(str(_("Replaced by a later version")), str(_("the signatures are void")), False))
    elif claim:
        steps.append(Step(str(_("Handed in with %(month)s")) % {"month": _month(claim.month)}, _when(claim.submitted_at), True))
    else:
        lock = rules.lock_date(certificate.month, rule.lock_day) if rule else None
        steps.append(Step(
            str(_("Is handed in with %(month)s")) % {"month": _month(certificate.month)},
            str(_("by %(date)s")) % {"date": date_medium(lock)} if lock else "", False,
        ))  # fmt: skip
    return steps


def _month(month: date) -> str:
    return month_name(month)


def _either(names: list[str]) -> str:
    return str(_("%(first)s or %(last)s")) % {"first": ", ".join(names[:-1]), "last": names[-1]} if len(names) > 1 else names[0]


def _when(at: datetime | None) -> str:
    return moment(local(at)) if at else ""


def value_sum(lines: Iterable[LedgerLine]) -> Decimal:
    """What lines are worth together."""
    return sum((one.amount for one in lines), Decimal(0))
