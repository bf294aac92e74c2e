"""What expressions compute with: texts, numbers, truths, days, moments, and lists of texts where a question stands in a repeat."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")
_DATE = re.compile(r"\s*\d{4}-\d{2}-\d{2}(?:T\S*)?\s*")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Day(float):
    """A day, as the number of days since the beginning of 1970, which reads as 2018-04-30."""


class Moment(float):
    """A point in time, in days since the beginning of 1970, which reads as 2018-04-30T14:30:00."""


Value = str | float | bool | Sequence[str]


def to_text(value: Value) -> str:
    """A value as text, as XPath writes it; of a list, its first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, float | int):
        return value[0] if value else ""
    if math.isnan(value):
        return "" if isinstance(value, Day | Moment) else "NaN"
    if isinstance(value, Day | Moment):
        return _moment_text(value)
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else repr(float(value))


def to_number(value: Value) -> float:
    """A value as a number; a day written as text counts as its number of days."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float | int):
        return float(value)
    text = to_text(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    return days_of(text) if _DATE.fullmatch(text) else math.nan


def to_boolean(value: Value) -> bool:
    """Whether a value holds: a text that is not empty, a number that is not zero, a list with something in it."""
    if isinstance(value, float | int):
        return bool(value) and not math.isnan(value)
    return bool(value)


def to_list(value: Value) -> list[str]:
    """A value as the list of texts that it is; a single text is a list of one."""
    return [to_text(value)] if isinstance(value, str | float | bool | int) else list(value)


def days_of(text: str) -> float:
    """The days from 1970 to a day or moment written as text; not a number where it is none.

    A moment counts as the clock on the wall showed it, wherever the wall was: so it is compared with what people see.
    """
    text = text.strip()
    try:
        if len(text) <= len("2018-04-30"):
            return float((date.fromisoformat(text) - EPOCH).days)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return math.nan
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)


def moment_of(days: float) -> datetime | None:
    """The point in time so many days after the beginning of 1970; None where no calendar has it."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def compare(mark: str, left: Value, right: Value) -> bool:
    """=, !=, <, <=, > and >= as XPath has them: of lists, whether any pair fits."""
    if mark in {"=", "!="} and (isinstance(left, bool) or isinstance(right, bool)):
        return (to_boolean(left) == to_boolean(right)) == (mark == "=")
    lefts: Sequence[str | float] = [left] if isinstance(left, str | float | int) else left
    rights: Sequence[str | float] = [right] if isinstance(right, str | float | int) else right
    return any(_compare_one(mark, a, b) for a in lefts for b in rights)


def clean(text: str) -> str:
    """A text without what XML cannot hold, which is no part of an answer."""
    return _NOT_XML.sub("", text)


def _compare_one(mark: str, left: str | float, right: str | float) -> bool:
    if mark in {"=", "!="} and isinstance(left, str) and isinstance(right, str):
        return (left == right) == (mark == "=")
    return _compare_numbers(mark, to_number(left), to_number(right))


def _compare_numbers(mark: str, a: float, b: float) -> bool:
    if mark == "=":
        return a == b
    if mark == "!=":
        return a != b
    return a < b if mark == "<" else a <= b if mark == "<=" else a > b if mark == ">" else a >= b


def _moment_text(value: Day | Moment) -> str:
    moment = moment_of(math.floor(value) if isinstance(value, Day) else value)
    if moment is None:
        return ""
    return moment.date().isoformat() if isinstance(value, Day) else moment.replace(microsecond=0, tzinfo=None).isoformat()
