"""What happens to mentors, mentorships and calls: ids, days and counts, never words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class TermsSet(Event):
    """A programme agreed when calls are answered; the names of what changed."""

    programme: UUID
    fields: tuple[str, ...]


@fact
class DraftLanguageSwitched(Event):
    """A language whose texts nobody has checked was switched on or off, knowingly."""

    programme: UUID
    language: str
    is_on: bool


@fact
class MentorRecruited(Event):
    """Somebody became a mentor."""

    mentor: UUID
    programme: UUID
    person: UUID


@fact
class MentorChanged(Event):
    """What is known of a mentor changed; the names of the fields."""

    mentor: UUID
    fields: tuple[str, ...]


@fact
class MentorPrepared(Event):
    """A mentor was prepared."""

    mentor: UUID
    prepared_on: date


@fact
class MentorLeft(Event):
    """Somebody is no longer a mentor."""

    mentor: UUID


@fact
class MentorMatched(Event):
    """A person has a mentor."""

    mentorship: UUID
    case: UUID
    mentor: UUID
    backup: UUID | None


@fact
class BackupNamed(Event):
    """Somebody else stands behind a mentor."""

    mentorship: UUID
    backup: UUID | None


@fact
class MentorRelieved(Event):
    """A mentorship ended, and why."""

    mentorship: UUID
    reason: str


@fact
class NextContactAgreed(Event):
    """A mentor and a person agreed when they speak next."""

    mentorship: UUID
    next_on: date | None


@fact
class NoteKept(Event):
    """A mentor wrote something for themselves; nothing of what it says."""

    mentorship: UUID


@fact
class ContactLogged(Event):
    """Minutes of contact were noted."""

    case: UUID
    contact: UUID
    minutes: int
    how: str


@fact
class LifelineMade(Event):
    """A person got a link, and any earlier one ended."""

    lifeline: UUID
    case: UUID


@fact
class LifelineEnded(Event):
    """A person's links no longer work."""

    lifeline: UUID


@fact
class CallMade(Event):
    """Somebody asked for their mentor."""

    call: UUID
    lifeline: UUID


@fact
class CallTold(Event):
    """Somebody was told of a call; `next_at` is when the next one will be."""

    call: UUID
    turn: str
    next_at: datetime | None


@fact
class CallAnswered(Event):
    """Somebody saw the call and rings."""

    call: UUID
    person: UUID
    next_at: datetime | None


@fact
class CallEnded(Event):
    """A call is over: reached, taken back, or closed."""

    call: UUID
    end: str
