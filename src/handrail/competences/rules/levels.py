"""Levels, targets and the distance between."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

LOWEST, HIGHEST = 0, 4
LOW_END, HIGH_END = 0.5, 3.5  # means beyond are shown as these: an exact 0.0 or 4.0 would tell what everybody said


def gap_of(level: int | None, target: int) -> int:
    """How many levels a person is missing to the target; none where nobody has rated: a need is never invented."""
    return 0 if level is None else max(0, target - level)


def check_level(level: int) -> None:
    """A level lies between 0 and 4. Raises RuleBroken (field `level`)."""
    if isinstance(level, bool) or not isinstance(level, int) or not LOWEST <= level <= HIGHEST:
        raise RuleBroken(_("A level is a whole number from 0 to 4. Choose one of the five."), field="level")


def level_from_several(levels: Sequence[int]) -> int:
    """The level where several questions of one answer concern the same competence: their mean, halves downwards."""
    return -(-(2 * sum(levels) - len(levels)) // (2 * len(levels))) if levels else 0


def shown_mean(level_sum: int, people: int) -> tuple[float, str]:
    """The mean level as it may be shown, with "" or the end beyond which it lies ("low", "high").

    At the ends of the scale a mean tells what every single person said, so below 0.5 and above 3.5 only the end is told.
    """
    mean = level_sum / people
    if mean < LOW_END:
        return LOW_END, "low"
    if mean > HIGH_END:
        return HIGH_END, "high"
    return mean, ""
