"""Finds programmes, their partners and their money, starting from who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from handrail.kit.kept import once
from handrail.people.models import Person
from handrail.people.queries import authority_of, managed_person_ids
from handrail.programmes.models import FundingLine, Participation, Partner, Programme
from handrail.programmes.rules import participation_amount


@dataclass(frozen=True)
class Money:
    """One line of the budget with the amount that participation must bring."""

    name: str
    amount: Decimal
    share: Decimal
    brings: Decimal
    source: str


def programmes_visible_to(person: Person) -> QuerySet[Programme]:
    """The programmes in which a person holds a role, takes part, or manages somebody who does.

    Leading a municipality in one programme opens no other, though the same people take part in it.
    """
    authority = authority_of(person)
    everywhere = any(one.programme is None for one in authority.held)
    if everywhere:
        return Programme.objects.all()
    taking_part = Participation.objects.filter(Q(person=person) | Q(person__in=managed_person_ids(person)))
    return Programme.objects.filter(Q(uid__in=authority.programmes()) | Q(pk__in=taking_part.values("programme_id")))


def current_programme(person: Person, request: Any = None) -> Programme | None:
    """The programme on the screen, else the one last chosen, else the first; found once per request."""
    kept: Programme | None = getattr(request, "_programme", None)
    if kept is None:
        kept = programmes_visible_to(person).order_by("pk").first()
        if request is not None:
            request._programme = kept
    return kept


def numbers_of(programme: Programme, person_ids: Iterable[int]) -> dict[int, str]:
    """Participation numbers by person id: what stands where a name may not."""
    rows = Participation.objects.filter(programme=programme, person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "number"))


def partners_of(programme: Programme) -> list[Partner]:
    """Who takes part in a programme, the owner first; asked once a page."""
    rows = Partner.objects.filter(programme=programme).select_related("organisation", "contact_person__identity")
    return once("partners", [programme.pk], lambda: sorted(rows, key=lambda one: (one.part != Partner.Part.OWNER, one.order, one.pk)))


def municipalities_in(programme: Programme) -> list[Partner]:
    """The municipalities of a programme, its owner among them, in its own order."""
    found = [one for one in partners_of(programme) if one.part in (Partner.Part.OWNER, Partner.Part.PARTICIPANT)]
    return sorted(found, key=lambda one: (one.order, one.pk))


def money_of(programme: Programme) -> list[Money]:
    """The budget, line by line, with what participation must bring, to the öre."""
    return [
        Money(str(line.name), line.amount, line.participation_share, participation_amount(line.amount, line.participation_share), line.source)
        for line in FundingLine.objects.filter(programme=programme).order_by("pk")
    ]


def public_programme(slug: str) -> Programme | None:
    """The programme that visitors read about at this address, if it is public."""
    return Programme.objects.select_related("owner").filter(slug=slug, is_public=True).first()


def public_programmes() -> QuerySet[Programme]:
    """Programmes with a public page."""
    return Programme.objects.filter(is_public=True).select_related("owner").order_by("pk")


def is_empty() -> bool:
    """Whether this installation holds no programme yet."""
    return not Programme.objects.exists()


def numbers_of_one(person: Person) -> list[str]:
    """A person's participation numbers in all programmes, the oldest first."""
    return list(Participation.objects.filter(person=person).order_by("pk").values_list("number", flat=True))


def programmes_of_one(person: Person) -> list[str]:
    """The uids of the programmes that a person takes or took part in."""
    return [str(uid) for uid in Participation.objects.filter(person=person).values_list("programme__uid", flat=True)]


def persons_by_number(number: str) -> set[int]:
    """The persons who have a participation number."""
    return set(Participation.objects.filter(number__iexact=number).values_list("person_id", flat=True))
