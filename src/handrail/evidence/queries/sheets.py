"""Monthly sheets and summaries: what the ledger says, laid out for the funder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from handrail.evidence import rules
from handrail.evidence.formats import MONEY, NUMBER, Column, Sheet, Table
from handrail.evidence.models import CertificateLine, LedgerLine, Signature
from handrail.evidence.queries.claims import claims_of, counted_lines, lines_to_claim
from handrail.evidence.queries.finding import organisations_of
from handrail.evidence.queries.ledger import MonthRow, forecast_of, ledger_months
from handrail.evidence.queries.opened import called
from handrail.evidence.queries.people import illustrative_sources
from handrail.evidence.queries.pictures import tag_of
from handrail.evidence.queries.scope import ALL, Scope
from handrail.evidence.queries.terms import rule_for
from handrail.kit import clock
from handrail.kit.text import _, date_medium, local, moment, money, month_name, number, percent, time_short
from handrail.people.models import Employment, Person
from handrail.programmes.models import Programme

WAITS_FOR_CLAIM = _("not handed in yet")


def month_sheet(programme: Programme, month: date, viewer: Person, *, scope: Scope = ALL, names: bool = False) -> Sheet:
    """A month's sheet: per person the sessions, minutes, hours and signatures, and what was handed in with the month.

    Totals are the ledger's. `names` puts names beside the participation numbers, as far as the viewer may read them.
    """
    own = list(_ready(scope.of(counted_lines(programme)).filter(month=month)))
    claim = claims_of(programme).filter(month=month).first()
    going = LedgerLine.objects.filter(claim=claim) if claim else lines_to_claim(programme, month)
    handed_in = list(_ready(scope.of(going)))
    label = _labels(viewer, programme, [*own, *handed_in], names=names)
    rule = rule_for(programme, month)
    facts = [
        (_("Programme"), str(programme)), (_("Month"), month_name(month)),
        (_("Whose hours"), str(scope.organisation) if scope.organisation else _("All municipalities")),
        (_("Counting rule"), _rule_words(rule) if rule else _("none")),
        (_("State"), _("Handed in %(when)s") % {"when": moment(local(claim.submitted_at))} if claim else _("Not handed in yet")),
        *([(_("Digest of what was handed in"), claim.digest)] if claim and scope is ALL else []),
    ]  # fmt: skip
    return _sheet(
        programme, _("Monthly sheet %(month)s") % {"month": month_name(month)}, facts,
        [
            _hours_table(_("Hours of the month"), _("Every line of the month that counts today; the total is the ledger's."), own, label, names),
            _hours_table(
                _("Handed in") if claim else _("To hand in"),
                _("What goes with this month, corrections of earlier months among it; the total is what is claimed."), handed_in, label, names,
            ),
            _attendance_table(own, label, names),
        ],
    )  # fmt: skip


def summary_sheet(programme: Programme, *, scope: Scope = ALL) -> Sheet:
    """The whole period: month by month, by municipality, and by direct and indirect contact with newcomers (S1-15)."""
    months = ledger_months(programme, scope)
    lines = list(_ready(scope.of(counted_lines(programme))))
    forecast = forecast_of(programme)
    facts = [
        (_("Programme"), str(programme)), (_("Whose hours"), str(scope.organisation) if scope.organisation else _("All municipalities")),
        (_("Budget"), money(forecast.budget, programme.currency)),
        (_("Target"), f"{percent(forecast.share, 0)} = {money(forecast.target, programme.currency)}"),
        (_("Certified, all municipalities"), f"{money(forecast.certified, programme.currency)} = {percent(forecast.reached, 2)}"),
        (_("Hours missing"), number(forecast.missing_hours)),
    ]  # fmt: skip
    return _sheet(
        programme, _("Summary of certified hours"), facts,
        [
            _months_table(programme, months),
            _split(_("By municipality"), lines, lambda line: line.organisation.short_name, [one.short_name for one in organisations_of(programme)]),
            _split(
                _("By contact"), lines, lambda line: str(Employment.Contact(line.certificate.participation.contact).label),
                [str(one) for one in Employment.Contact.labels],
            ),
        ],
    )  # fmt: skip


def _ready(lines: Any) -> Any:
    return lines.select_related(
        "certificate__participation", "organisation", "unit_cost", "claim", "corrects"
    ).order_by("certificate__participation__number", "month", "pk")  # fmt: skip


def _labels(viewer: Person, programme: Programme, lines: Iterable[LedgerLine], *, names: bool) -> Callable[[LedgerLine], list[str]]:
    """The number, and beside it the name where it may stand."""
    people = {line.certificate.participation_id: line.certificate.participation for line in lines}
    by_person = called(viewer, programme, people.values()) if names else {}

    def label(line: LedgerLine) -> list[str]:
        participation = line.certificate.participation
        name = by_person.get(participation.person_id, "")
        return [participation.number, "" if name == participation.number else name] if names else [participation.number]

    return label


def _who_columns(names: bool) -> list[Column]:
    return [Column(str(_("Number")), width=11), *([Column(str(_("Name")), width=24)] if names else [])]


def _hours_table(title: Any, note: Any, lines: list[LedgerLine], label: Callable[[LedgerLine], list[str]], names: bool) -> Table:
    covered = _covered(lines)
    signed: dict[tuple[int, str], str] = {
        (one.certificate_id, one.part): moment(local(one.at))
        for one in Signature.objects.filter(certificate_id__in=[line.certificate_id for line in lines])
    }
    part = Signature.Part
    columns = [
        *_who_columns(names), Column(str(_("Municipality")), width=16), Column(str(_("Month")), width=14),
        Column(str(_("Sessions")), width=46), Column(str(_("Minutes")), NUMBER, 9), Column(str(_("Hours")), NUMBER, 8),
        Column(str(_("Not counted h")), NUMBER, 9), Column(str(_("Unit cost")), MONEY, 11), Column(str(_("Value")), MONEY, 13),
        Column(str(_("Confirmed")), width=20), Column(str(_("Countersigned")), width=20), Column(str(_("Handed in with")), width=16),
        Column(str(_("Kind")), width=12),
    ]  # fmt: skip
    rows = [
        [
            *label(line), line.organisation.short_name, month_name(line.month), covered[line.certificate_id], line.minutes, line.hours,
            line.not_counted, line.unit_cost.amount, line.amount, signed.get((line.certificate_id, part.PARTICIPANT), ""),
            signed.get((line.certificate_id, part.MANAGER), ""), month_name(line.claim.month) if line.claim else str(WAITS_FOR_CLAIM),
            str(_("correction")) if line.corrects_id else str(_("month")),
        ]
        for line in lines
    ]  # fmt: skip
    blank = [""] * (len(_who_columns(names)) + 2)
    total = [
        str(_("Total")), *blank, sum(line.minutes for line in lines), sum(line.hours for line in lines),
        sum(line.not_counted for line in lines), "", sum((line.amount for line in lines), Decimal(0)), "", "", "", "",
    ]  # fmt: skip
    return Table(str(title), str(title), columns, rows, total, str(note))


def _covered(lines: list[LedgerLine]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = CertificateLine.objects.filter(certificate_id__in=[line.certificate_id for line in lines]).select_related("attendance__session")
    for row in rows.order_by("attendance__session__starts_at", "pk"):
        day = local(row.attendance.session.starts_at)
        found[row.certificate_id].append(f"{day.day}/{day.month} {row.attendance.session} {row.minutes} min")
    return defaultdict(str, {key: "; ".join(some) for key, some in found.items()})


def _attendance_table(lines: list[LedgerLine], label: Callable[[LedgerLine], list[str]], names: bool) -> Table:
    latest = {line.person_id: line for line in lines}  # the newest version of each person's month
    by_certificate = {line.certificate_id: line for line in latest.values()}
    rows = CertificateLine.objects.filter(certificate_id__in=by_certificate).select_related("attendance__session").order_by(
        "certificate__participation__number", "attendance__session__starts_at"
    )
    columns = [
        *_who_columns(names), Column(str(_("Date")), width=18), Column(str(_("Starts")), width=8), Column(str(_("Ends")), width=8),
        Column(str(_("Session")), width=40), Column(str(_("Source")), width=16), Column(str(_("Minutes")), NUMBER, 9),
    ]  # fmt: skip
    body = [
        [
            *label(by_certificate[row.certificate_id]), date_medium(row.attendance.session.starts_at), time_short(row.attendance.session.starts_at),
            time_short(row.attendance.session.ends_at), str(row.attendance.session), str(row.attendance.get_method_display()), row.minutes,
        ]
        for row in rows
    ]  # fmt: skip
    total = [str(_("Total")), *[""] * (len(_who_columns(names)) + 4), sum(row.minutes for row in rows)]
    return Table(
        str(_("Attendance")), str(_("Attendance")), columns, body, total, str(_("The attendance lines that the month's latest versions cover."))
    )


def _months_table(programme: Programme, months: list[MonthRow]) -> Table:
    columns = [
        Column(str(_("Month")), width=16), Column(str(_("State")), width=22), Column(str(_("Hours")), NUMBER, 9),
        Column(str(_("Waiting h")), NUMBER, 9), Column(str(_("Corrected h")), NUMBER, 10), Column(str(_("Not counted h")), NUMBER, 9),
        Column(str(_("Unit cost")), MONEY, 11), Column(str(_("Value")), MONEY, 14), Column(str(_("Sum")), MONEY, 14),
    ]  # fmt: skip
    rows = [
        [month_name(one.month), tag_of(one)[1], one.hours, one.waiting, one.corrected, one.not_counted, one.unit_cost, one.amount, one.total]
        for one in months
    ]
    total = [
        str(_("Total")), "", sum(one.hours for one in months), sum(one.waiting for one in months), sum(one.corrected for one in months),
        sum(one.not_counted for one in months), "", sum((one.amount for one in months), Decimal(0)), "",
    ]  # fmt: skip
    return Table(str(_("Month by month")), str(_("Month by month")), columns, rows, total)


def _split(title: Any, lines: list[LedgerLine], key: Callable[[LedgerLine], str], order: Iterable[str]) -> Table:
    groups: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    columns = [
        Column(str(title), width=34), Column(str(_("Participants")), NUMBER, 12), Column(str(_("Hours")), NUMBER, 10),
        Column(str(_("Value")), MONEY, 14),
    ]  # fmt: skip

    def row(name: str, some: list[LedgerLine]) -> list[Any]:
        return [name, len({line.person_id for line in some}), sum(line.hours for line in some), sum((line.amount for line in some), Decimal(0))]

    return Table(str(title), str(title), columns, [row(name, groups[name]) for name in order if groups[name]], row(str(_("Total")), lines))


def _rule_words(rule: Any) -> str:
    return f"{_('Rule %(number)s') % {'number': rule.number}}: {rule.get_rounding_display()}"


def _sheet(programme: Programme, title: Any, facts: list[tuple[Any, Any]], tables: list[Table]) -> Sheet:
    sources = illustrative_sources(programme)
    notice = [str(_("Rates and rules are illustrative: they are invented for demonstration."))] if sources else []
    if programme.is_demonstration:
        notice.append(str(_("Demonstration: fictional people and results.")))
    return Sheet(
        title=f"{title}, {programme}", facts=[(str(name), str(value)) for name, value in facts], tables=tables, notices=notice,
        foot=str(_("Printed %(date)s from Handrail")) % {"date": date_medium(clock.today())},
        language=(translation.get_language() or "sv").split("-")[0],
    )  # fmt: skip


def sheet_name(kind: str, month: date | None, scope: Scope) -> str:
    """A file name without a person's name: ledger-2018-03."""
    part = rules.month_key(month) if month else "period"
    return f"{kind}-{part}" + (f"-{scope.organisation.uid.hex[:6]}" if scope.organisation else "")
