"""What waits for a person because of a round, one query each: these are asked on every page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from handrail.instruments.models import Invitation, Round
from handrail.instruments.queries.rounds import due, open_rounds
from handrail.people.models import Person
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class Asked:
    """A round in which a person is asked: about how many, until when, and one of the invitations."""

    title: Any
    respondent: str
    closes_on: date
    left: int
    invitation_uid: UUID


def unanswered(person: Person) -> QuerySet[Invitation]:
    """What a person was asked and has not answered, in whichever round."""
    return Invitation.objects.filter(respondent=person, completed_at=None)


def rounds_that_run(programme: Programme | None) -> QuerySet[Round]:
    """The rounds of a programme in which answers are taken now."""
    return Round.objects.filter(open_rounds(""), programme=programme)


def asked_in_rounds(person: Person, programme: Programme) -> list[Asked]:
    """The open rounds of a programme in which a person has not answered, the first to end first."""
    rows = (
        Invitation.objects.filter(open_rounds(), respondent=person, round__programme=programme, completed_at=None)
        .select_related("round")
        .order_by("round__closes_on", "round_id", "pk")[:500]
    )
    found: dict[int, list[Invitation]] = {}
    for row in rows:
        found.setdefault(row.round_id, []).append(row)
    return [
        Asked(some[0].round.title, some[0].round.respondent, some[0].round.closes_on, len(some), some[0].uid) for some in found.values()
    ]


def rounds_to_remind(programme: Programme, organisation_ids: Collection[int]) -> list[tuple[Round, int]]:
    """Open rounds with how many people of some organisations may be reminded now."""
    missing = Q(
        invitations__completed_at=None, invitations__organisation_id__in=organisation_ids, invitations__respondent__erased_at=None
    ) & ~Q(invitations__respondent__identity__email="")
    rows = (
        Round.objects.filter(open_rounds(""), programme=programme)
        .annotate(due=Count("invitations__respondent", filter=missing & due("invitations__"), distinct=True))
        .filter(due__gt=0)
        .order_by("closes_on", "pk")
    )
    return [(row, row.due) for row in rows]

