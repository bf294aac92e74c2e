"""What may be told to whom, as it holds at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.kit import clock
from handrail.people.models import Consent, Person


def consents_of(person: Person) -> QuerySet[Consent]:
    """All that a person ever agreed to, the newest first."""
    return Consent.objects.filter(person=person).select_related("noted_by__identity")


def consented_fields(person_id: int, recipient: UUID) -> frozenset[str]:
    """What may be told about a person to a recipient now; nothing where there is no agreement, or no more."""
    return persons_consenting([person_id], recipient).get(person_id, frozenset())


def persons_consenting(person_ids: Iterable[int], recipient: UUID) -> dict[int, frozenset[str]]:
    """By person, what may be told about each to a recipient now, in one query."""
    rows = Consent.objects.filter(consent_holds(), person_id__in=list(person_ids), recipient=recipient)
    return {person_id: frozenset(fields) for person_id, fields in rows.order_by("id").values_list("person_id", "fields")}


def consent_holds() -> Q:
    """The condition of a consent that holds at this moment."""
    return Q(withdrawn_at=None, until__gte=clock.today(), person__erased_at=None)
