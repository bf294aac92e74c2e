"""What months hear of."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.delivery.events import AttendanceRecorded
from handrail.evidence import actions, rules, tasks
from handrail.evidence.events import MonthOpened, MonthsCountersigned, MonthSubmitted
from handrail.kit import clock
from handrail.kit.events import Event, on, on_all
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words go; hours, signatures and money stay under the number."""
    actions.forget_in_months(person=person_named(event.person))
    later(tasks.keep_tallies)


@on(AttendanceRecorded)
def review_month_later(event: AttendanceRecorded) -> None:
    """Attendance commits with its own app alone: the month is renewed afterwards, so that no fault here can lose a record.

    A month that still runs is listed whole when it is over, and needs nothing now.
    """
    if rules.is_over(event.month, clock.today()):
        later(tasks.review_person_month, session=event.session, person=event.person, month=event.month.isoformat())


@on_all(MonthOpened, MonthsCountersigned, MonthSubmitted)
def keep_tallies_later(_events: Sequence[Event]) -> None:
    """Until sums are kept, whoever looks has the changed months added up."""
    later(tasks.keep_tallies)


@on(MonthOpened)
def tell_participants_later(event: MonthOpened) -> None:
    """Whoever has hours to confirm hears of it by mail, where that was asked for."""
    if event.tell:
        later(tasks.tell_participants, programme=event.programme, month=event.month.isoformat())
