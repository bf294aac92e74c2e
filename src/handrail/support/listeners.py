"""Hears of questions, and of erasures."""

from __future__ import annotations

from handrail.kit import clock
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.support import actions, events, queries, tasks


@on(events.QuestionAsked)
def start_clock(event: events.QuestionAsked) -> None:
    """The owner is told, and what happens when the time has passed is put into the queue with the question itself."""
    later(tasks.tell_owner, question=event.question)
    found = queries.question_by_uid(event.question)
    if found is not None:
        later(tasks.escalate, after=found.due_at - clock.now(), question=event.question)


@on(events.QuestionGiven)
def tell_new_owner(event: events.QuestionGiven) -> None:
    """The new owner is told."""
    later(tasks.tell_owner, question=event.question)


@on(events.QuestionAnswered)
def tell_company(event: events.QuestionAnswered) -> None:
    """Whoever asked is told that an answer is there."""
    later(tasks.tell_company, question=event.question)


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words about placements of the person go."""
    actions.forget_in_questions(person=person_named(event.person))
