"""What happens to companies' questions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class QuestionAsked(Event):
    """A company asked something; it has an owner from the first moment."""

    question: UUID
    company: UUID
    owner: UUID
    by_phone: bool


@fact
class QuestionGiven(Event):
    """A question has another owner."""

    question: UUID
    owner: UUID


@fact
class QuestionAnswered(Event):
    """A question was answered, or an answer corrected."""

    question: UUID
    is_first: bool


@fact
class QuestionClosed(Event):
    """Nothing is left to do about a question."""

    question: UUID


@fact
class QuestionEscalated(Event):
    """The agreed time passed without an answer; the placement coordinators were told."""

    question: UUID


@fact
class GuidanceKept(Event):
    """An answer was kept so that others can use it, or written anew."""

    guidance: UUID
    programme: UUID


@fact
class GuidanceWithdrawn(Event):
    """Guidance is no longer offered."""

    guidance: UUID


@fact
class DutyTaken(Event):
    """Somebody answers what has no consultant of its own, from a day on."""

    duty: UUID
    person: UUID
    starts_on: date


@fact
class DutyEnded(Event):
    """Somebody's duty ended."""

    duty: UUID
