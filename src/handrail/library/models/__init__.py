"""Good practices and what comes of them."""

from handrail.library.models.practices import (
    Practice,
    PracticeSource,
    PracticeStem,
    PracticeStep,
    PracticeTag,
    PracticeText,
    PracticeVersion,
    Review,
    Whole,
)
from handrail.library.models.use import Adoption, AdoptionTick, Barrier, BarrierRemedy, BarrierReport, ChecklistAnswer

__all__ = [
    "Adoption",
    "AdoptionTick",
    "Barrier",
    "BarrierRemedy",
    "BarrierReport",
    "ChecklistAnswer",
    "Practice",
    "PracticeSource",
    "PracticeStem",
    "PracticeStep",
    "PracticeTag",
    "PracticeText",
    "PracticeVersion",
    "Review",
    "Whole",
]  # fmt: skip
