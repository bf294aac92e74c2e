"""The star of progress towards work: its points in words, from data, and what a reading may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, plain_language

LOWEST, HIGHEST = 1, 10
SIDES = ("citizen", "caseworker")


@dataclass(frozen=True)
class Dimension:
    """One point of the star: its name, the question, and five steps of two points each in words."""

    code: str
    name: str
    question: str
    steps: tuple[str, ...]

    def step_of(self, value: int) -> str:
        """The words of a value from 1 to 10."""
        return self.steps[(value - 1) // 2]


@lru_cache
def _content() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent.parent / "data" / "star.toml").read_text())["dimensions"]  # type: ignore[no-any-return]


def dimensions(language: str = "") -> list[Dimension]:
    """The points of the star in a language (the reader's, unless one is asked for), as `data/star.toml` has them."""
    language = language or plain_language()
    found = []
    for code, words in _content().items():
        here = words.get(language) or words["en"]
        found.append(Dimension(code, here[0], here[1], tuple(here[2:])))
    return found


def check_reading(values: Mapping[str, int | None], *, side: str) -> dict[str, int]:
    """The points of one side that were given: whole numbers from 1 to 10, nothing else.

    Raises RuleBroken naming the field.
    """
    known = {one.code for one in dimensions()}
    given = {code: value for code, value in values.items() if value is not None}
    for code, value in given.items():
        if code not in known or not LOWEST <= value <= HIGHEST:
            raise RuleBroken(_("Choose a step from 1 to 10."), field=f"{side}_{code}")
    return given
