"""What happens to mentors, mentorships and calls: ids, days and counts, never words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class TermsSet(Event):
    """A programme agreed when calls are answered; the names of what changed."""

    programme: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class DraftLanguageSwitched(Event):
    """A language whose texts nobody has checked was switched on or off, knowingly."""

    programme: UUID
    language: str
    is_on: bool


@dataclass(frozen=True)
class MentorRecruited(Event):
    """Somebody became a mentor."""

    mentor: UUID
    programme: UUID
    person: UUID


@dataclass(frozen=True)
class MentorChanged(Event):
    """What is known of a mentor changed; the names of the fields."""

    mentor: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class MentorPrepared(Event):
    """A mentor was prepared."""

    mentor: UUID
    prepared_on: date


@dataclass(frozen=True)
class MentorLeft(Event):
    """Somebody is no longer a mentor."""

    mentor: UUID


@dataclass(frozen=True)
class MentorMatched(Event):
    """A person has a mentor."""

    mentorship: UUID
    case: UUID
    mentor: UUID
    backup: UUID | None


@dataclass(frozen=True)
class BackupNamed(Event):
    """Somebody else stands behind a mentor."""

    mentorship: UUID
    backup: UUID | None


@dataclass(frozen=True)
class MentorRelieved(Event):
    """A mentorship ended, and why."""

    mentorship: UUID
    reason: str


@dataclass(frozen=True)
class NextContactAgreed(Event):
    """A mentor and a person agreed when they speak next."""

    mentorship: UUID
    next_on: date | None


@dataclass(frozen=True)
class NoteKept(Event):
    """A mentor wrote something for themselves; nothing of what it says."""

    mentorship: UUID


@dataclass(frozen=True)
class ContactLogged(Event):
    """Minutes of contact were noted."""

    case: UUID
    contact: UUID
    minutes: int
    how: str


@dataclass(frozen=True)
class LifelineMade(Event):
    """A person got a link, and any earlier one ended."""

    lifeline: UUID
    case: UUID


@dataclass(frozen=True)
class LifelineEnded(Event):
    """A person's links no longer work."""

    lifeline: UUID


@dataclass(frozen=True)
class CallMade(Event):
    """Somebody asked for their mentor."""

    call: UUID
    lifeline: UUID


@dataclass(frozen=True)
class CallTold(Event):
    """Somebody was told of a call; `next_at` is when the next one will be."""

    call: UUID
    turn: str
    next_at: datetime | None


@dataclass(frozen=True)
class CallAnswered(Event):
    """Somebody saw the call and rings."""

    call: UUID
    person: UUID
    next_at: datetime | None


@dataclass(frozen=True)
class CallEnded(Event):
    """A call is over: reached, taken back, or closed."""

    call: UUID
    end: str
