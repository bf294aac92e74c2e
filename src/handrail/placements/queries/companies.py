"""Finds companies and positions, starting from who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to
from handrail.kit.tables import Counted, Run, counted
from handrail.kit.text import language_name
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, persons_consenting
from handrail.placements import rules
from handrail.placements.models import Company, Contact, Placement, Position
from handrail.programmes.models import Programme

OPEN = (Placement.State.PREPARED, Placement.State.RUNNING)
WORKS_HERE = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR, Role.CASEWORKER)


def companies_visible_to(person: Person) -> QuerySet[Company]:
    """The companies of the programmes in which one is company consultant, caseworker or placement coordinator."""
    held = [one.programme for one in authority_of(person).held if one.role in WORKS_HERE]
    rows = Company.objects.select_related("programme", "consultant__identity")
    return rows if None in held else rows.filter(programme__uid__in=[uid for uid in held if uid])


def positions_visible_to(person: Person) -> QuerySet[Position]:
    """What those companies offer."""
    return Position.objects.filter(company__in=companies_visible_to(person)).select_related("company__programme", "supervisor")


def contacts_visible_to(person: Person) -> QuerySet[Contact]:
    """Whom to ring at those companies."""
    return Contact.objects.filter(company__in=companies_visible_to(person)).select_related("company__programme")


def companies_listed(person: Person, programme: Programme, *, words: str = "", region: str = "") -> list[Run]:
    """The companies of a programme by name."""
    rows = companies_visible_to(person).filter(programme=programme)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(registration__iexact=words) | Q(field__icontains=words))
    if region:
        rows = rows.filter(region=region)
    return [Run(rows, ("name", "id"))]


def companies_counted(runs: list[Run]) -> Counted:
    """How many companies a list holds."""
    return counted(runs)


def regions_of(programme: Programme) -> list[str]:
    """The regions in which a programme has companies."""
    return list(Company.objects.filter(programme=programme).order_by("region").values_list("region", flat=True).distinct()[:40])


@dataclass(frozen=True)
class CompanyRow:
    """One line of the list: how many people are there, of how many the company's size allows."""

    company: Company
    there: int
    allowed: int | None
    offered: int

    @property
    def is_full(self) -> bool:
        """Whether the next one would be beyond what the size allows."""
        return self.allowed is not None and self.there >= self.allowed


def company_rows(companies: Iterable[Company], day: Any) -> list[CompanyRow]:
    """The lines of one page, counted in two queries."""
    rows = list(companies)
    ids = [one.pk for one in rows]
    there = dict(Placement.objects.filter(position__company_id__in=ids, state__in=OPEN).values_list("position__company_id").annotate(n=Count("id")))
    offered = dict(Position.objects.filter(company_id__in=ids, closed_on=None).values_list("company_id").annotate(n=Count("id")))
    return [
        CompanyRow(one, there.get(one.pk, 0), rules.places_allowed(rules.rule_for(one.country, day), one.ordinary_staff), offered.get(one.pk, 0)) for one in rows
    ]


def open_places(position: Position) -> int:
    """How many people a position can still take."""
    return position.places - Placement.objects.filter(position=position, state__in=OPEN).count()


@dataclass(frozen=True)
class Offer:
    """A position with what is still free."""

    position: Position
    taken: int
    demands: list[str]
    language: str

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(0, self.position.places - self.taken)


def offers_of(companies: QuerySet[Company], *, only_free: bool = False, limit: int = 500) -> list[Offer]:
    """What companies offer, with places taken, in one query."""
    rows = Position.objects.filter(company__in=companies, closed_on=None, company__withdrawn_on=None).select_related("company", "supervisor")
    rows = rows.annotate(taken_now=Count("placements", filter=Q(placements__state__in=OPEN)))
    if only_free:
        rows = rows.filter(taken_now__lt=F("places"))
    words = dict(rules.demand_items())
    return [
        Offer(
            one, one.taken_now, [words.get(code, code) for code in one.demands],
            f"{language_name(one.language)} {one.language_level}".strip() if one.language else "",
        )
        for one in rows.order_by("company__name", "title", "id")[:limit]
    ]  # fmt: skip


def names_at_company(viewer: Person, company: Company, placements: Iterable[Placement]) -> dict[int, str]:
    """What people are called at a company to somebody on the programme's side: the whole name if their case is one's own to see, else the
    first name if they agreed to tell the company, else nothing. By case id."""
    rows = list(placements)
    seen = {case.pk: case for case in cases_visible_to(viewer).filter(pk__in=[one.case_id for one in rows])}
    agreed = persons_consenting([one.case.person_id for one in rows], company.uid)
    found: dict[int, str] = {}
    for one in rows:
        if one.case_id in seen:
            found[one.case_id] = one.case.person.called
        elif "first_name" in agreed.get(one.case.person_id, frozenset()):
            found[one.case_id] = one.case.person.identity.given_name if hasattr(one.case.person, "identity") else ""
    return found



def positions_offered(offers: Iterable[Offer]) -> QuerySet[Position]:
    """The positions of these offers, to choose from."""
    return Position.objects.filter(pk__in=[one.position.pk for one in offers]).select_related("company")


def companies_to_tell(case: Case, *, limit: int = 200) -> list[Company]:
    """The companies where a person is or was, and those of the programme that offer something now; so many at most, by name."""
    there = Q(positions__placements__case=case)
    offers = Q(positions__closed_on=None, withdrawn_on=None, positions__isnull=False)
    return list(Company.objects.filter(there | offers, programme=case.programme).distinct().order_by("name", "id")[:limit])
