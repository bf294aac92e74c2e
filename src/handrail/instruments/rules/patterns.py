"""Regular expressions of forms: only those that cannot keep the server busy."""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any

LONGEST_PATTERN = 200
LONGEST_TEXT = 200  # of an answer that a pattern looks at
WORK = 10_000_000  # ways in which an answer of that length may be tried at most

_parser: Any = importlib.import_module("re._parser")  # the standard library's own reading of a pattern
_SINGLE = {"LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY", "RANGE"}
_AMBIGUOUS = re.compile(r"--|&&|~~|\|\||\[\^?\[")  # Python warns that these may come to mean something else in sets
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


class BadPattern(ValueError):
    """The regular expression cannot be read, or could take too long; the argument says which: "syntax" or "slow"."""


@lru_cache(maxsize=500)
def compile_pattern(text: str) -> re.Pattern[str]:
    """The pattern, ready to use. Raises BadPattern."""
    if len(text) > LONGEST_PATTERN:
        raise BadPattern("slow")
    if _AMBIGUOUS.search(text):
        raise BadPattern("syntax")
    try:
        parsed = _parser.parse(text)
        pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError, ValueError):
        raise BadPattern("syntax") from None
    if _ways(parsed) > WORK:
        raise BadPattern("slow")
    return pattern


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text is of the pattern, as ODK Collect reads `regex()`; a text too long to look at is not."""
    try:
        return len(text) <= LONGEST_TEXT and compile_pattern(pattern).fullmatch(text) is not None
    except BadPattern:
        return False


def _ways(parsed: Any) -> float:
    """How many ways a backtracking reader may try at most: products along a sequence, sums over branches, powers over repeats."""
    ways = 1.0
    for code, argument in parsed:
        ways *= _ways_of(str(code), argument)
        if ways > WORK:
            break
    return ways


def _ways_of(code: str, argument: Any) -> float:
    if code in _SINGLE or code == "AT":
        return 1.0
    if code == "BRANCH":
        return float(sum(_ways(branch) for branch in argument[1]))
    if code in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _ways(argument[-1] if code == "SUBPATTERN" else argument)
    if code in _REPEATS:
        low, high, inner = argument
        most = min(int(high), LONGEST_TEXT)
        once = _ways(inner)
        if len(inner) == 1 and str(inner[0][0]) in _SINGLE:
            return max(most - int(low) + 1, 1)
        if once <= 1 and most == low:
            return 1.0
        base = min(max(once, 2.0), WORK)  # 2 to the 40th is beyond any bound already, and must not be beyond a float
        return float(sum(min(base ** min(times, 40), WORK * 10.0) for times in range(int(low), most + 1)))
    return WORK * 10.0  # references back, looking around, conditions: not needed in a form
