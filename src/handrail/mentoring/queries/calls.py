"""Finds calls: those that one was told of and may answer, those that are due, and who is to be told next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.cases.models import Case
from handrail.cases.queries import coordinated, kept_away, out_of_conflict
from handrail.kit import clock
from handrail.kit.text import language_name
from handrail.mentoring.models import Call, CallStep, Contact, Lifeline, Mentor
from handrail.mentoring.queries.mentors import given_name
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import current_grants
from handrail.programmes.models import Programme

JOINED = ("lifeline__case__programme", "lifeline__case__person", "mentorship__mentor__person", "mentorship__backup__person", "answered_by__identity")


def calls_visible_to(person: Person) -> QuerySet[Call]:
    """The open calls that a person was told of: as mentor, as back-up in the mentor's place, as the placement coordinator."""
    return Call.objects.filter(_told(person), out_of_conflict(person, "lifeline__case"), ended_at=None).select_related(*JOINED)


def _told(person: Person) -> Q:
    def told(turn: str) -> Exists:
        return Exists(CallStep.objects.filter(call=OuterRef("pk"), turn=turn))

    mentor = Q(mentorship__mentor__person=person, mentorship__mentor__ended_on=None, mentorship__ended_on=None) & Q(told("mentor"))
    backup = Q(mentorship__backup__person=person, mentorship__backup__ended_on=None, mentorship__ended_on=None) & Q(told("backup"))
    where = coordinated(person, programme="lifeline__case__programme__uid", organisation="lifeline__case__organisation_id")
    return mentor | backup | (where & Q(told("coordinator")))


def takes_part_in(person: Person, call: Call) -> bool:
    """Whether somebody was told of a call that is still open."""
    return calls_visible_to(person).filter(pk=call.pk).exists()


def backs_up_now(person: Person, call: Call) -> Mentor | None:
    """As which mentor somebody answers a call: the person's own or the one who stands behind; None for the coordinator."""
    it = call.mentorship
    return next((one for one in (it.mentor, it.backup) if one is not None and one.person_id == person.pk), None) if it else None


def call_by_uid(uid: UUID) -> Call | None:
    """One call, open or over."""
    return Call.objects.filter(uid=uid).select_related(*JOINED).first()


def open_call_of(lifeline: Lifeline) -> Call | None:
    """The call of a lifeline that is not over; there is one at most."""
    return Call.objects.filter(lifeline=lifeline, ended_at=None).first()


def calls_due() -> list[Call]:
    """Open calls in which somebody else must be told by now."""
    return list(Call.objects.filter(ended_at=None, next_at__lte=clock.now()).order_by("next_at")[:200])


def calls_waiting_for(person: Person, programme: Programme) -> QuerySet[Call]:
    """The calls of a programme that wait for a person: nobody has said that they ring, or one has said so oneself."""
    return calls_visible_to(person).filter(lifeline__case__programme=programme).order_by("asked_at")


def coordinators_of(case: Case) -> list[Person]:
    """The placement coordinators of a case's programme and organisation."""
    grants = current_grants().filter(
        Q(programme=None) | Q(programme=case.programme.uid), Q(organisation=None) | Q(organisation=case.organisation_id), role=Role.PLACEMENT_COORDINATOR
    )
    rows = Person.objects.filter(pk__in=grants.values("person_id"), erased_at=None).exclude(pk__in=kept_away(case)).select_related("identity")
    return list(rows.order_by("pk"))


def to_tell(call: Call, turn: str) -> list[Person]:
    """Whom one turn of a call tells: those of them who have an address."""
    case = call.lifeline.case
    people: list[Person] = []
    if turn == "coordinator":
        people = coordinators_of(case)
    elif call.mentorship is not None:
        mentor = call.mentorship.mentor if turn == "mentor" else call.mentorship.backup
        people = list(Person.objects.filter(pk=mentor.person_id, erased_at=None).select_related("identity")) if mentor else []
    return [one for one in people if getattr(one, "identity", None) is not None and one.identity.email]


@dataclass(frozen=True)
class CallPage:
    """What whoever was told sees of a call: a given name, the language, and how to reach; nothing of the case."""

    call: Call
    name: str
    language: str
    reach: str
    answered_by: str
    is_mine: bool  # one has said oneself that one rings
    is_late: bool


def call_page(call: Call, viewer: Person) -> CallPage:
    """One call as somebody who was told of it sees it."""
    identity = Identity.objects.filter(person_id=call.lifeline.case.person_id).first()
    return CallPage(
        call, given_name(viewer, call.lifeline.case), language_name(identity.language) if identity else "", call.mentorship.reach if call.mentorship else "",
        call.answered_by.called if call.answered_by else "", call.answered_by_id == viewer.pk, call.next_at is None or call.next_at <= clock.now(),
    )  # fmt: skip


@dataclass(frozen=True)
class CallRow:
    """One call on a person's page: when, who answered, after how many minutes, and how it ended."""

    asked_at: datetime
    answered_by: str
    minutes: int | None  # until somebody said that they ring
    end: str
    is_open: bool
    spoke: int | None  # minutes of contact


def calls_of_case(case: Case, *, most: int = 5) -> list[CallRow]:
    """The latest calls of a person."""
    rows = list(Call.objects.filter(lifeline__case=case).select_related("answered_by__identity")[:most])
    spoke = {one.call_id: one.minutes for one in Contact.objects.filter(call__in=rows)}
    return [
        CallRow(
            one.asked_at, one.answered_by.called if one.answered_by else "", int((one.answered_at - one.asked_at).total_seconds() // 60) if one.answered_at else None,
            one.get_end_display(), one.ended_at is None, spoke.get(one.pk),
        )
        for one in rows
    ]  # fmt: skip

