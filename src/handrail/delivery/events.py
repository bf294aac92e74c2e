"""What happens to sessions, seats, groups and attendance. Ids, months and counts: never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class PlaceAdded(Event):
    """A room was added where sessions can be held."""

    place: UUID
    programme: UUID


@dataclass(frozen=True)
class SessionScheduled(Event):
    """A session was put on the calendar, or as a candidate before the planner."""

    session: UUID
    programme: UUID
    state: str


@dataclass(frozen=True)
class SessionPlanned(Event):
    """A candidate became a session that will be held."""

    session: UUID
    programme: UUID


@dataclass(frozen=True)
class SessionChanged(Event):
    """Time, room, trainer or number of seats of a session changed."""

    session: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class SessionCancelled(Event):
    """A session will not be held; so many had a seat or waited for one."""

    session: UUID
    programme: UUID
    seats: int


@dataclass(frozen=True)
class SessionHeld(Event):
    """A session was held."""

    session: UUID
    programme: UUID
    month: date


@dataclass(frozen=True)
class SeatsOffered(Event):
    """People were invited to a session, put on its waiting list, or asked for at their manager's."""

    session: UUID
    seats: tuple[UUID, ...]


@dataclass(frozen=True)
class SeatsFreed(Event):
    """Seats went to the first on the waiting list."""

    session: UUID
    seats: tuple[UUID, ...]


@dataclass(frozen=True)
class SeatAnswered(Event):
    """Somebody said yes or no to a seat."""

    seat: UUID
    session: UUID
    state: str


@dataclass(frozen=True)
class SeatDecided(Event):
    """A manager approved or refused a seat, or it was taken back."""

    seat: UUID
    session: UUID
    state: str


@dataclass(frozen=True)
class AttendanceRecorded(Event):
    """Minutes of a person in a session were recorded, or corrected (`replaces`). `month` is the first day of the session's local month."""

    attendance: UUID
    session: UUID
    person: UUID
    month: date
    replaces: UUID | None = None


@dataclass(frozen=True)
class GroupsFormed(Event):
    """A session's people were parted into groups."""

    session: UUID
    groups: int


@dataclass(frozen=True)
class GroupChanged(Event):
    """Somebody moved to another group."""

    group: UUID
    session: UUID
    seat: UUID


@dataclass(frozen=True)
class GroupProductSaved(Event):
    """A group saved a version of what it made."""

    product: UUID
    group: UUID
    session: UUID


@dataclass(frozen=True)
class CalendarSubscribed(Event):
    """Somebody made an address for their own calendar; earlier ones ended with it."""

    person: UUID


@dataclass(frozen=True)
class CalendarEnded(Event):
    """Somebody ended the addresses of their own calendar."""

    person: UUID


@dataclass(frozen=True)
class LateCheckInCame(Event):
    """Somebody who is not on the saved list had checked in without a line; whoever leads the session decides."""

    late: UUID
    session: UUID
    person: UUID


@dataclass(frozen=True)
class LateCheckInSettled(Event):
    """Whoever leads the session said whether a late check-in counts."""

    late: UUID
    session: UUID
    counts: bool
