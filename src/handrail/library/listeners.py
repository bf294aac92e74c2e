"""Hears of practices, reviews and erasures."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.events import on
from handrail.kit.later import later
from handrail.library import actions, events, queries, tasks
from handrail.people.events import PersonErased
from handrail.people.queries import person_named


@on(events.PracticeMoved)
def find_anew(event: events.PracticeMoved) -> None:
    """What is shown, or withdrawn, is found by other words and stands in another file."""
    _find_again(event.practice)


@on(events.PracticeWritten)
def find_by_new_words(event: events.PracticeWritten) -> None:
    """So is what everybody reads already, in a new language or in a corrected one; a draft is found by nobody."""
    _find_again(event.practice)


@on(events.ReviewAsked)
def tell_reviewer(event: events.ReviewAsked) -> None:
    """Whoever is asked to review is told by mail."""
    later(tasks.tell_reviewer, review=event.review)


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Contact persons of practices, and reviews that were not finished, go."""
    actions.forget_in_library(person=person_named(event.person))


def _find_again(practice: UUID) -> None:
    found = queries.practice_by_uid(practice)
    if found is not None and found.shown_number is not None:
        later(tasks.index, practice=practice)
