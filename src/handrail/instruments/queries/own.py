"""A person's own answers, and what was set aside, as their screens show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from handrail.instruments.models import Invitation, Round, Submission
from handrail.instruments.queries.answering import WRITTEN_FROM_THE_RIGHT
from handrail.instruments.queries.answers import invitations_visible_to, submissions_visible_to
from handrail.instruments.queries.rounds import open_rounds
from handrail.kit.models import SetAside
from handrail.people.models import Person
from handrail.people.queries import names_visible_to
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class OwnRow:
    """One set of answers that I sent."""

    submission: Submission
    about: str  # whom, where it was not oneself
    is_latest: bool


def whole_submissions(person: Person) -> QuerySet[Submission]:
    """Every whole set of answers that a person sent."""
    return submissions_visible_to(person).filter(is_complete=True).order_by("-id")


def own_rows(person: Person, submissions: Sequence[Submission]) -> list[OwnRow]:
    """Submissions with whom they are about, and which of them counts."""
    others = [one.invitation.about_id for one in submissions if one.invitation.about_id != person.pk]
    names = names_visible_to(person, others, also=others)
    latest = _latest_ids([one.invitation_id for one in submissions])
    return [
        OwnRow(one, "" if one.invitation.about_id == person.pk else str(names[one.invitation.about_id]), one.pk in latest)
        for one in submissions
    ]


def is_latest(submission: Submission) -> bool:
    """Whether this is the set that counts."""
    return submission.pk in _latest_ids([submission.invitation_id])


def asked_now(person: Person) -> QuerySet[Invitation]:
    """What a person is asked today and has not answered; one row a round, however many persons it is about."""
    rows = invitations_visible_to(person).filter(open_rounds(), completed_at=None)
    first: dict[int, int] = {}
    for pk, round_id in rows.order_by("-pk").values_list("pk", "round_id"):
        first[round_id] = pk
    return rows.filter(pk__in=first.values()).select_related("round__version", "round__programme").order_by("round__closes_on", "pk")


def direction_of(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language.split("-")[0] in WRITTEN_FROM_THE_RIGHT else "ltr"


@dataclass(frozen=True)
class AsideRow:
    """Something set aside: where and when, without what it says."""

    set_aside: SetAside
    round: Round | None
    where: str


def set_aside_rows(programme: Programme, rows: Sequence[SetAside]) -> list[AsideRow]:
    """What was set aside with its round and municipality; the owner sees neither person nor answer."""
    uids = {row.pk: UUID(hex=row.scope.partition(":")[2]) for row in rows}
    found = Invitation.objects.filter(uid__in=uids.values(), round__programme=programme).select_related("round", "organisation")
    by_uid = {one.uid: one for one in found}
    answered = []
    for row in rows:
        one = by_uid.get(uids[row.pk])
        answered.append(AsideRow(row, one.round if one else None, one.organisation.short_name if one else ""))
    return answered


def programme_of(set_aside: SetAside) -> Programme:
    """The programme in which something was set aside."""
    return Programme.objects.get(uid=set_aside.programme or UUID(int=0))


def _latest_ids(invitation_ids: Sequence[int]) -> set[int]:
    rows = Submission.objects.filter(invitation_id__in=invitation_ids, is_complete=True).order_by("id").values_list("invitation_id", "pk")
    return set(dict(rows).values())
