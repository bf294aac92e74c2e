"""Work after the answer: mails about seats, reminders the day before, and lists that are called in."""

from __future__ import annotations

from uuid import UUID

from handrail.delivery import actions, queries
from handrail.kit.later import daily, task

AT_ONCE = 50  # mails that are written in one short transaction


@task()
def tell_seats(session: str) -> None:
    """Tell everybody whose seat in a session changed since they were last told."""
    seats = queries.untold_seats(UUID(session))
    for start in range(0, len(seats), AT_ONCE):
        actions.tell_seats(seats=seats[start : start + AT_ONCE])


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
