"""Answers of any channel before anything of them reaches a database: of the kinds that a question takes, and not too many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST, MOST, DEEPEST = 5_000, 5_000, 4  # signs of a text, answers of a set, repeats in repeats


def is_text(value: Any, longest: int) -> bool:
    """Text that both databases can keep: no NUL, no half of a character."""
    return isinstance(value, str) and len(value) <= longest and "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def unfit_answer(answers: Mapping[str, Any]) -> str | None:
    """The name of an answer that no question takes; "" where there are too many of them, None where all will do."""
    left = [MOST]
    return _unfit(answers, left, DEEPEST)


def _unfit(answers: Mapping[str, Any], left: list[int], depth: int) -> str | None:
    for name, value in answers.items():
        left[0] -= 1
        if left[0] < 0:
            return ""
        if not is_text(name, 100):
            return str(name)[:60].encode("utf-8", "replace").decode()
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            for one in value:
                if depth == 0 or not isinstance(one, Mapping):
                    return name[:60]
                if (wrong := _unfit(one, left, depth - 1)) is not None:
                    return wrong
        elif not _fits(value):
            return name[:60]
    return None


def _fits(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= LONGEST and all(is_text(one, 100) for one in value)
    if isinstance(value, bool):
        return False
    return value is None or is_text(value, LONGEST) or (isinstance(value, int | float) and abs(value) < 10**15)
