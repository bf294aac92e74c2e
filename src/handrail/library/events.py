"""What happens to practices, reviews, barriers and adoptions."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class PracticeBegun(Event):
    """Somebody began to write a practice, or was invited to by link."""

    practice: UUID
    by_link: bool


@fact
class PracticeWritten(Event):
    """What a practice is sorted by, or its words in one language, changed."""

    practice: UUID
    number: int
    language: str


@fact
class PracticeMoved(Event):
    """A practice was handed in, sent back, published, withdrawn or found out of date."""

    practice: UUID
    state: str


@fact
class ReviewAsked(Event):
    """Somebody is asked to review a practice."""

    review: UUID
    practice: UUID
    reviewer: UUID


@fact
class ReviewGiven(Event):
    """A review is finished."""

    review: UUID
    practice: UUID
    recommends: str


@fact
class BarrierNoted(Event):
    """A barrier stands in the register."""

    barrier: UUID


@fact
class BarrierReported(Event):
    """A barrier was reported somewhere."""

    barrier: UUID
    report: UUID


@fact
class BarrierLowered(Event):
    """A practice is said to lower a barrier."""

    barrier: UUID
    practice: UUID


@fact
class AdoptionBegun(Event):
    """An organisation began to do the same."""

    adoption: UUID
    practice: UUID
    organisation: UUID


@fact
class AdoptionStepTicked(Event):
    """A step of it is done, or is not after all."""

    adoption: UUID
    place: int
    is_done: bool


@fact
class AdoptionReported(Event):
    """An organisation told what came of it."""

    adoption: UUID
    practice: UUID


@fact
class AdoptionStopped(Event):
    """An organisation stopped before the end."""

    adoption: UUID
    practice: UUID


@fact
class ChecklistAnswered(Event):
    """An organisation answered the quality checklist."""

    answer: UUID
    organisation: UUID
