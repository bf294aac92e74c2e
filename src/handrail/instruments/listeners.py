"""Hears what was promised, and has it written after the answer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from handrail.instruments import actions, queries, tasks
from handrail.instruments.events import InvitationsSent, PeopleReminded, ScaleTakenUp
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named

AT_ONCE = 50  # mails that one task writes in one short transaction


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Answers go, running invitations and devices end."""
    person = person_named(event.person)
    actions.forget_in_rounds(person=person)
    actions.end_devices_of(person=person)


@on(InvitationsSent)
def promise_invitations(event: InvitationsSent) -> None:
    """Every promised invitation gets its mail, some at a time."""
    for some in _some(queries.respondents_marked(event.round, sent_at=event.at)):
        later(tasks.write_invitations, round=event.round, respondents=some, at=event.at.isoformat())


@on(PeopleReminded)
def promise_reminders(event: PeopleReminded) -> None:
    """Every promised reminder gets its mail, some at a time."""
    for some in _some(queries.respondents_marked(event.round, reminded_at=event.at)):
        later(tasks.write_reminders, round=event.round, respondents=some, at=event.at.isoformat())


@on(ScaleTakenUp)
def score_earlier_answers(event: ScaleTakenUp) -> None:
    """Answers from before are scored too."""
    later(tasks.recount_questionnaire, questionnaire=event.questionnaire)


def _some(uids: Iterable[UUID]) -> Iterable[list[str]]:
    rows = [str(uid) for uid in uids]
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
