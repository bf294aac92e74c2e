"""What happens to companies' questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class QuestionAsked(Event):
    """A company asked something; it has an owner from the first moment."""

    question: UUID
    company: UUID
    owner: UUID
    by_phone: bool


@dataclass(frozen=True)
class QuestionGiven(Event):
    """A question has another owner."""

    question: UUID
    owner: UUID


@dataclass(frozen=True)
class QuestionAnswered(Event):
    """A question was answered, or an answer corrected."""

    question: UUID
    is_first: bool


@dataclass(frozen=True)
class QuestionClosed(Event):
    """Nothing is left to do about a question."""

    question: UUID


@dataclass(frozen=True)
class QuestionEscalated(Event):
    """The agreed time passed without an answer; the placement coordinators were told."""

    question: UUID


@dataclass(frozen=True)
class GuidanceKept(Event):
    """An answer was kept so that others can use it, or written anew."""

    guidance: UUID
    programme: UUID


@dataclass(frozen=True)
class GuidanceWithdrawn(Event):
    """Guidance is no longer offered."""

    guidance: UUID


@dataclass(frozen=True)
class DutyTaken(Event):
    """Somebody answers what has no consultant of its own, from a day on."""

    duty: UUID
    person: UUID
    starts_on: date


@dataclass(frozen=True)
class DutyEnded(Event):
    """Somebody's duty ended."""

    duty: UUID
