"""What happens to sessions, seats, groups and attendance. Ids, months and counts: never a name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class PlaceAdded(Event):
    """A room was added where sessions can be held."""

    place: UUID
    programme: UUID


@fact
class SessionScheduled(Event):
    """A session was put on the calendar, or as a candidate before the planner."""

    session: UUID
    programme: UUID
    state: str


@fact
class SessionPlanned(Event):
    """A candidate became a session that will be held."""

    session: UUID
    programme: UUID


@fact
class SessionChanged(Event):
    """Time, room, trainer or number of seats of a session changed."""

    session: UUID
    fields: tuple[str, ...]


@fact
class SessionCancelled(Event):
    """A session will not be held; so many had a seat or waited for one."""

    session: UUID
    programme: UUID
    seats: int


@fact
class SessionHeld(Event):
    """A session was held."""

    session: UUID
    programme: UUID
    month: date


@fact
class SeatsOffered(Event):
    """People were invited to a session, put on its waiting list, or asked for at their manager's."""

    session: UUID
    seats: tuple[UUID, ...]


@fact
class SeatsFreed(Event):
    """Seats went to the first on the waiting list."""

    session: UUID
    seats: tuple[UUID, ...]


@fact
class SeatAnswered(Event):
    """Somebody said yes or no to a seat."""

    seat: UUID
    session: UUID
    state: str


@fact
class SeatDecided(Event):
    """A manager approved or refused a seat, or it was taken back."""

    seat: UUID
    session: UUID
    state: str


@fact
class SeatTold(Event):
    """Somebody without an address was told of a seat by whoever accompanies them."""

    seat: UUID
    session: UUID


@fact
class AttendanceRecorded(Event):
    """Minutes of a person in a session were recorded, or corrected (`replaces`). `month` is the first day of the session's local month."""

    attendance: UUID
    session: UUID
    person: UUID
    month: date
    replaces: UUID | None = None


@fact
class GroupsFormed(Event):
    """A session's people were parted into groups."""

    session: UUID
    groups: int


@fact
class GroupChanged(Event):
    """Somebody moved to another group."""

    group: UUID
    session: UUID
    seat: UUID


@fact
class GroupProductSaved(Event):
    """A group saved a version of what it made."""

    product: UUID
    group: UUID
    session: UUID


@fact
class CalendarSubscribed(Event):
    """Somebody made an address for their own calendar; earlier ones ended with it."""

    person: UUID


@fact
class CalendarEnded(Event):
    """Somebody ended the addresses of their own calendar."""

    person: UUID


@fact
class LateCheckInCame(Event):
    """Somebody who is not on the saved list had checked in without a line; whoever leads the session decides."""

    late: UUID
    session: UUID
    person: UUID


@fact
class LateCheckInSettled(Event):
    """Whoever leads the session said whether a late check-in counts."""

    late: UUID
    session: UUID
    counts: bool
