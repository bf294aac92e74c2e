"""Countersigned months become ledger lines: counted, capped, valued, and their time pledged once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handrail.evidence import rules
from handrail.evidence.actions.tallies import month_changed
from handrail.evidence.models import Certificate, CertificateLine, FunderRule, LedgerLine, Pledge, UnitCost
from handrail.evidence.queries import rule_in, rules_of, unit_cost_in, unit_costs_of, waiting_months
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_medium, local, month_name, time_short
from handrail.programmes.models import Programme


def enter_hours(certificates: Sequence[Certificate]) -> list[LedgerLine]:
    """One ledger line for each certified month, in order of month. Where the month already has lines, the difference to them.

    Where that frees hours under the annual cap, hours cut from the year's other months count again: a further line for each.
    Called by countersigning only, which holds the persons' rows locked. Raises RuleBroken for a month without rule or unit
    cost, and for time that is pledged already.
    """
    terms = {pk: _Terms(programme) for pk, programme in {one.programme_id: one.programme for one in certificates}.items()}
    minutes = _covered_minutes(certificates)
    _pledge(certificates)
    persons = {one.person_id for one in certificates}
    earlier: dict[tuple[int, int, date], list[LedgerLine]] = defaultdict(list)
    hours_of_year: dict[tuple[int, int], int] = defaultdict(int)
    for line in LedgerLine.objects.filter(person_id__in=persons).select_related("unit_cost", "rule").order_by("pk"):
        earlier[line.programme_id, line.person_id, line.month].append(line)
        hours_of_year[line.person_id, line.month.year] += line.hours
    now, new = clock.now(), []
    for one in sorted(certificates, key=lambda certificate: (certificate.month, certificate.pk)):
        rule, cost = terms[one.programme_id].of(one.month)
        before = earlier[one.programme_id, one.person_id, one.month]
        counted_before = sum(line.hours for line in before)
        year = (one.person_id, one.month.year)
        by_cap = rules.under_cap(
            rules.certified_hours(minutes[one.pk], rule.rounding), already=hours_of_year[year] - counted_before,
            cap=rule.annual_cap_hours,
        )  # fmt: skip
        line = LedgerLine(
            programme_id=one.programme_id, certificate=one, person_id=one.person_id, organisation_id=one.organisation_id,
            month=one.month, minutes=one.minutes - sum(line.minutes for line in before), hours=by_cap.counted - counted_before,
            not_counted=by_cap.not_counted - sum(line.not_counted for line in before), unit_cost=cost, rule=rule,
            amount=rules.value_of(by_cap.counted, cost.amount) - sum((line.amount for line in before), Decimal(0)),
            corrects=before[-1] if before else None, entered_at=now,
        )  # fmt: skip
        hours_of_year[year] += line.hours
        new.append(line)
    made = LedgerLine.objects.bulk_create(new, batch_size=200)
    for line in made:
        earlier[line.programme_id, line.person_id, line.month].append(line)
    years = {(line.programme_id, line.person_id, line.month.year) for line in made if line.corrects_id}
    recounts = [one for key in sorted(years) for one in _recounts(key, earlier, hours_of_year[key[1], key[2]])]
    entered = made + LedgerLine.objects.bulk_create(recounts, batch_size=200)
    for programme in {line.programme_id for line in entered}:
        month_changed(programme, [line.month for line in entered if line.programme_id == programme])
    return entered


def _recounts(key: tuple[int, int, int], lines: dict[tuple[int, int, date], list[LedgerLine]], counted: int) -> list[LedgerLine]:
    """Lines for the hours that the cap had cut in a year of one person and programme, and that fit under it now.

    A month that waits for new signatures is left out: it is counted when it is countersigned.
    """
    programme, person, _year = key
    months = sorted(month for which, who, month in lines if (which, who, month.year) == key)
    waiting = set(waiting_months(programme, person))
    cut = [(some[-1], sum(one.not_counted for one in some), some) for month in months if month not in waiting and (some := lines[programme, person, month])]
    back = rules.recounted([over for _last, over, _some in cut], counted=counted, cap=cut[-1][0].rule.annual_cap_hours if cut else None)
    return [
        LedgerLine(
            programme_id=programme, certificate_id=last.certificate_id, person_id=person, organisation_id=last.organisation_id, month=last.month,
            minutes=0, hours=hours, not_counted=-hours, unit_cost=last.unit_cost, rule=last.rule, corrects=last, is_recount=True, entered_at=clock.now(),
            amount=rules.value_of(sum(one.hours for one in some) + hours, last.unit_cost.amount) - sum((one.amount for one in some), Decimal(0)),
        )
        for (last, _over, some), hours in zip(cut, back, strict=True)
        if hours
    ]  # fmt: skip


class _Terms:
    """A programme's rules and unit costs, read once."""

    def __init__(self, programme: Programme) -> None:
        self.rules, self.costs = list(rules_of(programme)), list(unit_costs_of(programme))

    def of(self, month: date) -> tuple[FunderRule, UnitCost]:
        rule, cost = rule_in(self.rules, month), unit_cost_in(self.costs, month)
        if rule is None:
            raise RuleBroken(
                _("No counting rule holds for %(month)s. The project owner adds it under Rules and unit costs.")
                % {"month": month_name(month)}
            )
        if cost is None:
            raise RuleBroken(
                _("No unit cost holds for %(month)s. The project owner adds it under Rules and unit costs.")
                % {"month": month_name(month)}
            )
        return rule, cost


def _covered_minutes(certificates: Sequence[Certificate]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {one.pk: [] for one in certificates}
    rows = CertificateLine.objects.filter(certificate_id__in=found).order_by("pk")
    for certificate_id, minutes in rows.values_list("certificate_id", "minutes"):
        found[certificate_id].append(minutes)
    return found


def _pledge(certificates: Sequence[Certificate]) -> None:
    """Pledge the time of these months; what an earlier version of the same months had pledged is given back first."""
    covered = CertificateLine.objects.filter(certificate_id__in=[one.pk for one in certificates])
    lines = list(covered.select_related("attendance__session", "certificate"))
    replaced = CertificateLine.objects.filter(
        certificate__programme_id__in={one.programme_id for one in certificates},
        certificate__person_id__in={one.person_id for one in certificates},
        certificate__month__in={one.month for one in certificates},
    ).values_list("attendance_id", "certificate__programme_id", "certificate__person_id", "certificate__month")
    months = {(one.programme_id, one.person_id, one.month) for one in certificates}
    Pledge.objects.filter(attendance_id__in=[row[0] for row in replaced if (row[1], row[2], row[3]) in months]).delete()
    if not lines:
        return
    new: dict[int, list[rules.Interval]] = defaultdict(list)
    for line in lines:
        attendance, session = line.attendance, line.attendance.session
        new[attendance.person_id].append(
            rules.pledged_interval(
                session.starts_at, session.ends_at, late_minutes=attendance.late_minutes,
                left_early_minutes=attendance.left_early_minutes, what=line,
            )
        )  # fmt: skip
    first = min(span.starts_at for spans in new.values() for span in spans)
    last = max(span.ends_at for spans in new.values() for span in spans)
    taken: dict[int, list[rules.Interval]] = defaultdict(list)
    pledged = Pledge.objects.filter(person_id__in=new, starts_at__lt=last, ends_at__gt=first).select_related("programme")
    for pledge in pledged:
        taken[pledge.person_id].append(rules.Interval(pledge.starts_at, pledge.ends_at, pledge))
    for person_id, spans in new.items():
        if clash := rules.first_overlap(spans, taken[person_id]):
            raise RuleBroken(_overlap_words(*clash))
    Pledge.objects.bulk_create(
        [
            Pledge(
                person_id=person_id, starts_at=span.starts_at, ends_at=span.ends_at, programme_id=span.what.certificate.programme_id,
                attendance=span.what.attendance,
            )
            for person_id, spans in new.items()
            for span in spans
        ],
        batch_size=200,
    )  # fmt: skip


def _overlap_words(one: rules.Interval, other: rules.Interval) -> str:
    """The time that was given twice, and where it stands already."""
    start, end = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
    where = other.what.programme if isinstance(other.what, Pledge) else other.what.attendance.session
    return str(
        _("The time %(date)s %(from)s–%(to)s is pledged already (%(where)s). An hour counts once: correct the attendance first.")
    ) % {"date": date_medium(local(start)), "from": time_short(start), "to": time_short(end), "where": where}
