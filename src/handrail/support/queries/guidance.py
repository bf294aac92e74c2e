"""Finds guidance: what was kept of answers, and what fits a question; and the names that must not stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from handrail.cases.queries import cases_visible_to
from handrail.kit.text import plain_language
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import authority_of, current_grants
from handrail.placements.models import Company, Contact, Placement
from handrail.programmes.models import Programme
from handrail.support.models import Guidance
from handrail.support.rules import score, telling_words

READS = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR, Role.CASEWORKER, Role.MENTOR)
LOOKED_THROUGH = 500


def guidance_visible_to(person: Person) -> QuerySet[Guidance]:
    """The guidance of the programmes in which a person serves companies or accompanies people."""
    held = [one for one in authority_of(person).held if one.role in READS]
    rows = Guidance.objects.select_related("programme", "written_by__identity")
    return rows if any(one.programme is None for one in held) else rows.filter(programme__uid__in=[one.programme for one in held])


def guidance_of(programme: Programme) -> QuerySet[Any]:
    """The guidance that is used, with how many answers came from each."""
    return Guidance.objects.filter(programme=programme, withdrawn_at=None).annotate(used=Count("uses"))


def guidance_by_uid(programme: Programme, uid: str) -> Guidance | None:
    """Guidance of a programme by its uid as text; nonsense is none."""
    try:
        return guidance_of(programme).filter(uid=UUID(uid)).first() if uid else None
    except ValueError:
        return None


def guidance_found(programme: Programme, words: str, *, offered: bool = False, most: int = 8) -> list[Guidance]:
    """What fits some words best, in the reader's language first; without words what is used most."""
    rows = guidance_of(programme).filter(is_offered=True) if offered else guidance_of(programme)
    telling, language = telling_words(words), plain_language()
    found = [(score(telling, one.title, one.text, list(one.tags)), one) for one in rows.order_by("-used", "title", "id")[:LOOKED_THROUGH]]
    if telling:
        found = [pair for pair in found if pair[0]]
    found.sort(key=lambda pair: (-pair[0], pair[1].language != language))
    return [one for _score, one in found[:most]]


def guidance_offered(programme: Programme, *, most: int = 6) -> list[Guidance]:
    """What companies read on their own page under "Often asked": what is used most, in the reader's language first."""
    return guidance_found(programme, "", offered=True, most=most)


def known_names(writer: Person, programme: Programme, words: Iterable[str], company: Company | None = None) -> set[str]:
    """Which of these words name somebody whom the writer knows: people of cases that they may see, of placements at a company they answer,
    staff with a role here, contacts of companies. Nobody else's: otherwise the warning itself would tell who takes part."""
    asked = {stem: word for word in words for stem in (word, word.removesuffix("s"), word.removesuffix("'s"), word.removesuffix("’s"))}
    if not asked:
        return set()
    staff = current_grants().filter(Q(programme=None) | Q(programme=programme.uid)).values("person_id")
    known = Q(person__in=staff) | Q(person__in=cases_visible_to(writer).filter(programme=programme).values("person_id"))
    if company is not None:
        known |= Q(person__in=Placement.objects.filter(position__company=company).values("case__person_id"))
    rows = Identity.objects.filter(known).filter(Q(given_name__in=asked) | Q(family_name__in=asked)).values_list("given_name", "family_name")
    found = {name for pair in rows for name in pair}
    contacts = Contact.objects.filter(company__programme=programme)
    near = Q(pk__in=[])
    for stem in asked:
        near |= Q(name__icontains=stem)
    found |= {part for name in contacts.filter(near).values_list("name", flat=True) for part in name.split()}
    return {word for stem, word in asked.items() if stem in found}
