"""Finds programmes and who takes part, starting from who asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from handrail.people.models import Organisation, Person
from handrail.people.queries import authority_of, persons_visible_to
from handrail.programmes.models import Participation, Partner, Programme


def programmes_visible_to(person: Person) -> QuerySet[Programme]:
    """The programmes in which a person holds a role, takes part, or leads somebody who does."""
    authority = authority_of(person)
    everywhere = any(one.programme is None for one in authority.held)
    if everywhere:
        return Programme.objects.all()
    taking_part = Participation.objects.filter(Q(person=person) | Q(person__in=persons_visible_to(person)))
    return Programme.objects.filter(Q(uid__in=authority.programmes()) | Q(pk__in=taking_part.values("programme_id")))


def current_programme(person: Person, request: Any = None) -> Programme | None:
    """The programme on the screen, else the one last chosen, else the first; found once per request."""
    kept: Programme | None = getattr(request, "_programme", None)
    if kept is None:
        kept = programmes_visible_to(person).order_by("pk").first()
        if request is not None:
            request._programme = kept
    return kept


def participations_visible_to(person: Person) -> QuerySet[Participation]:
    """Participations whose name and hours this person may open."""
    return Participation.objects.filter(person__in=persons_visible_to(person))


def numbers_of(programme: Programme, person_ids: Iterable[int]) -> dict[int, str]:
    """Participation numbers by person id: what stands where a name may not."""
    rows = Participation.objects.filter(programme=programme, person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "number"))


def is_empty() -> bool:
    """Whether this installation holds no programme yet."""
    return not Programme.objects.exists()


def public_programmes() -> QuerySet[Programme]:
    """Programmes with a public page."""
    return Programme.objects.filter(is_public=True).select_related("owner").order_by("pk")


def contact_person_of(programme: Programme, organisation: Organisation) -> Person | None:
    """Who gets what visitors write to a partner: its contact person, else the project owner's; None when there is neither."""
    rows = Partner.objects.filter(programme=programme, organisation_id__in=[organisation.pk, programme.owner_id])
    people = {row.organisation_id: row.contact_person for row in rows.select_related("contact_person__identity")}
    if organisation.pk not in people:
        return None
    for person in (people[organisation.pk], people.get(programme.owner_id)):
        if person is not None and person.erased_at is None and person.identity.email:
            return person
    return None
