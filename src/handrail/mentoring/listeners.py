"""Hears of calls and sees to it that somebody else is told in time; hears of stays that end and of erasures."""

from __future__ import annotations

from datetime import datetime

from handrail.cases.events import CaseEnded, ConflictNoted
from handrail.kit import clock
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.mentoring import actions, events, queries, tasks
from handrail.people.events import PersonErased
from handrail.people.queries import person_named


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Mentee or mentor: what was between them ends."""
    actions.forget_in_mentoring(person=person_named(event.person))


@on(CaseEnded)
def end_with_stay(event: CaseEnded) -> None:
    """The mentor's sight ends with the stay."""
    actions.end_with_stay(case=queries.case_by_uid(event.case))


@on(ConflictNoted)
def keep_away(event: ConflictNoted) -> None:
    """Whoever must not see a case is neither its mentor nor the back-up."""
    actions.keep_mentor_away(case=queries.case_by_uid(event.case), person=person_named(event.person))


@on(events.CallTold)
def tell_next_of_untold(event: events.CallTold) -> None:
    """Whoever comes next, unless somebody is reached before."""
    _then(event.call, event.next_at)


@on(events.CallAnswered)
def tell_next_of_unreached(event: events.CallAnswered) -> None:
    """Whoever comes next, unless the one who rings reaches the person."""
    _then(event.call, event.next_at)


def _then(call: object, at: datetime | None) -> None:
    if at is not None:
        later(tasks.tell_next, after=at - clock.now(), call=call)
