"""The ledger's lists of people and municipalities, as the viewer may read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest

from handrail.delivery.queries import current_attendance
from handrail.evidence.models import Certificate, CertificateLine, FunderRule, LedgerLine, MonthObjection, UnitCost
from handrail.evidence.queries.claims import ClaimCheck, claim_checks, lines_to_claim
from handrail.evidence.queries.finding import organisations_of, participations_visible_to
from handrail.evidence.queries.ledger import PartRow, ledger_parts, people_with_hours
from handrail.evidence.queries.lines import period_bounds
from handrail.evidence.queries.opened import called
from handrail.evidence.queries.signers import valid_certificates
from handrail.kit import clock, tables
from handrail.kit.text import _, local, number, time_short
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, names_visible_to
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import municipalities_in

NOTHING = PartRow(0, 0, 0, 0, 0, Decimal(0), 0)


def all_words(programme: Programme) -> str:
    """"All five": everybody who takes part, by the number of municipalities."""
    count = len(municipalities_in(programme))
    words = {2: _("Both"), 3: _("All three"), 4: _("All four"), 5: _("All five"), 6: _("All six")}
    return str(words.get(count, _("All")))


@dataclass(frozen=True)
class PersonRow:
    """One participant in a list: how they are called here, and their hours."""

    participation: Participation
    who: str
    organisation: str
    part: PartRow
    certificate: Certificate | None = None


def _listed(viewer: Person, rows: QuerySet[Participation], programme: Programme) -> QuerySet[Participation]:
    """Sorted by name where names may be read, by number else: an order by name would tell the auditor too much."""
    rows = rows.filter(pk__in=participations_visible_to(viewer).values("pk")).select_related("organisation")
    if authority_of(viewer).has(Role.AUDITOR, programme=programme.uid):
        return rows.order_by("number")
    return rows.order_by("person__identity__search_name", "number")


def people_rows(programme: Programme, viewer: Person, request: HttpRequest) -> tables.Paged:
    """Who has hours, one page of them, with their sums; the same number of queries however many there are."""
    paged = tables.paged(request, _listed(viewer, people_with_hours(programme), programme))
    return _with_parts(programme, viewer, paged, None)


def month_people(programme: Programme, month: date, viewer: Person, request: HttpRequest) -> tables.Paged:
    """Who has hours in a month, one page of them."""
    paged = tables.paged(request, _listed(viewer, people_with_hours(programme, month=month), programme))
    return _with_parts(programme, viewer, paged, month)


def _with_parts(programme: Programme, viewer: Person, paged: tables.Paged, month: date | None) -> tables.Paged:
    people: list[Participation] = list(paged.rows)
    ids = [one.person_id for one in people]
    names, parts = called(viewer, programme, people), ledger_parts(programme, "person", month=month, ids=ids)
    months: dict[int, Certificate] = {}
    if month is not None:
        months = {one.person_id: one for one in valid_certificates(programme).filter(month=month, person_id__in=ids)}
    return replace(paged, rows=[
        PersonRow(one, names[one.person_id], str(one.organisation), parts.get(one.person_id, NOTHING), months.get(one.person_id))
        for one in people
    ])  # fmt: skip


def month_organisations(programme: Programme, month: date) -> list[tuple[Organisation, PartRow]]:
    """A month's hours by municipality: totals, never names."""
    parts = ledger_parts(programme, "organisation", month=month)
    return [(one, parts[one.pk]) for one in organisations_of(programme) if one.pk in parts]


def claim_check(programme: Programme, month: date) -> ClaimCheck | None:
    """What was handed in with a month, if it was."""
    return next((one for one in claim_checks(programme) if one.claim.month == month), None)


@dataclass(frozen=True)
class Going:
    """What goes with a month when it is handed in."""

    people: int
    hours: int
    corrected: int
    amount: Decimal


def going_with(programme: Programme, month: date) -> Going:
    """What would be handed in now with a month."""
    lines = list(lines_to_claim(programme, month))
    return Going(
        people=len({one.person_id for one in lines if one.month == month}), hours=sum(one.hours for one in lines if one.month == month),
        corrected=sum(one.hours for one in lines if one.month != month), amount=sum((one.amount for one in lines), Decimal(0)),
    )  # fmt: skip


def people_not_enrolled(programme: Programme, month: date) -> int:
    """People with minutes in a month who do not take part in the programme: their hours cannot be counted."""
    first, end = period_bounds(programme, month)
    taking_part = Participation.objects.filter(programme=programme, person=OuterRef("person"))
    rows = current_attendance(programme).filter(session__starts_at__gte=first, session__starts_at__lt=end, minutes__gt=0)
    return rows.filter(~Exists(taking_part)).order_by().values("person").distinct().count()


def illustrative_sources(programme: Programme) -> list[str]:
    """Sources of rules and unit costs that are invented for demonstration; the screens say so."""
    found = list(FunderRule.objects.filter(programme=programme, is_illustrative=True).values_list("source", flat=True))
    found += UnitCost.objects.filter(programme=programme, is_illustrative=True).values_list("source", flat=True)
    return sorted(set(found))


def used_rules(programme: Programme) -> set[int]:
    """Rules that the ledger has counted by."""
    return set(LedgerLine.objects.filter(programme=programme).order_by().values_list("rule_id", flat=True).distinct())


def used_costs(programme: Programme) -> set[int]:
    """Unit costs that the ledger has counted with."""
    return set(LedgerLine.objects.filter(programme=programme).order_by().values_list("unit_cost_id", flat=True).distinct())


def this_month() -> date:
    """The first day of the month that runs."""
    return clock.today().replace(day=1)


@dataclass(frozen=True)
class CountersignRow:
    """A month that waits for the manager: who, which sessions, how many minutes and hours."""

    certificate: Certificate
    who: str
    lines: list[tuple[str, str]]
    objections: int


def countersign_rows(programme: Programme, certificates: list[Certificate], viewer: Person) -> list[CountersignRow]:
    """The manager's list with each month's sessions; in a fixed number of queries."""
    names = called(viewer, programme, [one.participation for one in certificates])
    covered: dict[int, list[tuple[str, str]]] = {one.pk: [] for one in certificates}
    lines = CertificateLine.objects.filter(certificate_id__in=covered).select_related("attendance__session")
    for line in lines.order_by("attendance__session__starts_at"):
        session = line.attendance.session
        day = local(session.starts_at)
        covered[line.certificate_id].append((f"{day.day}/{day.month} {time_short(session.starts_at)} {session}", number(line.minutes)))
    objected = dict(
        MonthObjection.objects.filter(certificate_id__in=covered, settled_at=None).order_by().values_list("certificate_id")
        .annotate(Count("pk"))
    )  # fmt: skip
    return [CountersignRow(one, names[one.person_id], covered[one.pk], objected.get(one.pk, 0)) for one in certificates]


def participation_by_uid(uid: UUID) -> Participation | None:
    """A participation by its uid, with its programme."""
    return Participation.objects.select_related("programme").filter(uid=uid).first()


def called_in_session(viewer: Person, objection: MonthObjection) -> str:
    """The name of who objects, as the process leader or the session's trainer reads it."""
    person = objection.certificate.person_id
    also = [person] if objection.attendance_id else []
    name = names_visible_to(viewer, [person], also=also)[person]
    return objection.certificate.participation.number if name.is_hidden else str(name)


