"""Work after the answer: mails about seats, reminders the day before, and lists that are called in."""

from __future__ import annotations

from uuid import UUID

from handrail.delivery import actions, queries
from handrail.kit.later import daily, task

AT_ONCE = 50  # mails that are written in one short transaction


@task()
def tell_seats(session: str) -> None:
    """Tell everybody whose seat in a session changed since they were last told. It fails, for the operators' page, only when all others are told."""
    seats, failed = queries.untold_seats(UUID(session)), list[UUID]()
    for start in range(0, len(seats), AT_ONCE):
        try:
            actions.tell_seats(seats=seats[start : start + AT_ONCE])
        except actions.Untold as untold:
            failed += untold.seats
    if failed:
        raise actions.Untold(failed)


@daily("delivery-reminders")
def remind() -> None:
    """Remind whoever has something booked tomorrow."""
    for seat in queries.seats_to_remind():
        actions.remind_seat(seat=seat)


@daily("delivery-lists")
def call_in_lists() -> None:
    """Call in the lists of sessions that ended more than a day ago."""
    for session in queries.lists_to_call_in():
        actions.call_in_list(session=session)
