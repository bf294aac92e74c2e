"""A person's own page: its texts in seven languages, how long a day usually is, and what a sent form means in minutes."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from functools import lru_cache
from pathlib import Path

from handrail.cases.rules import Dimension, dimensions
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _
from handrail.mentoring.rules import Language, read_languages

FILE = Path(__file__).parents[1] / "data" / "week.toml"
CODE_DIGITS = 4
MOST_TRIES = 10  # wrong codes in a row; then the plan stays shut until there is a new card
QUESTIONS = ("tasks", "help", "welcome")  # of a review, each answered from 1 to 4
STEPS = (1, 2, 3, 4)
AHEAD = timedelta(days=7)  # so long before a follow-up its questions are asked


def week_languages() -> dict[str, Language]:
    """Every language of `data/week.toml` by its code."""
    return read_languages(FILE)


@lru_cache
def _stars() -> dict[str, dict[str, list[str]]]:
    return {code: one["star"] for code, one in tomllib.loads(FILE.read_text(encoding="utf-8")).items() if "star" in one}


def star_points(language: str) -> list[Dimension]:
    """The points of the star in a language of the page."""
    own = _stars().get(language)
    return [Dimension(code, words[0], words[1], tuple(words[2:])) for code, words in own.items()] if own else dimensions(language)


def usual_minutes(hours: int) -> int:
    """The minutes of one of five days in a week of so many agreed hours: what one tap says."""
    return hours * 60 // 5


def minutes_told(*, start: time | None, end: time | None, minutes: int | None) -> int:
    """The minutes of a day: from and to, or how many.

    Raises RuleBroken naming the field where neither or only half is there, and where the end comes before the beginning.
    """
    if start is not None and end is not None:
        told = (end.hour - start.hour) * 60 + end.minute - start.minute
        if told <= 0:
            raise RuleBroken(_("The end comes after the beginning."), field="order")
        return told
    if start is not None or end is not None or not minutes:
        raise RuleBroken(_("Write from and to, or the hours."), field="time")
    return minutes


def check_code(code: str) -> str:
    """A code of four digits that is not the first one would try.

    Raises RuleBroken naming the field.
    """
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
        raise RuleBroken(_("The code has four digits."), field="code")
    if len(set(code)) == 1 or code in "0123456789876543210":
        raise RuleBroken(_("Choose a code that is not guessed at once."), field="code")
    return code
