"""From minutes to the whole hours that a funder counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BY_MONTH, BY_SESSION = "month", "session"


def hours_by_month(minutes: Iterable[int]) -> int:
    """A person's minutes of one month added up, in whole hours, rounded down: 90 + 95 minutes are 3 h (domain.md 2.1)."""
    return sum(minutes) // 60


def hours_by_session(minutes: Iterable[int]) -> int:
    """Each session's minutes in whole hours, rounded down, then added up: 90 + 95 minutes are 1 + 1 = 2 h."""
    return sum(one // 60 for one in minutes)


def certified_hours(minutes: Iterable[int], rounding: str) -> int:
    """The whole hours of one person and month by the funder's rounding (`month` or `session`)."""
    if rounding == BY_MONTH:
        return hours_by_month(minutes)
    if rounding == BY_SESSION:
        return hours_by_session(minutes)
    raise ValueError(f"unknown rounding {rounding!r}")


def other_rounding(rounding: str) -> str:
    """The way of rounding that is not in force, for "rounded per session it would have been 2 h"."""
    return BY_SESSION if rounding == BY_MONTH else BY_MONTH


def minutes_not_counted(minutes: Sequence[int], rounding: str) -> int:
    """Minutes of the month that fall away by rounding down: 185 minutes counted as 3 h leave 5."""
    return sum(minutes) - 60 * certified_hours(minutes, rounding)


def equation_of(minutes: Sequence[int], rounding: str) -> tuple[int, ...]:
    """The hours that are added up: (3,) by month, (1, 1) by session."""
    return (hours_by_month(minutes),) if rounding == BY_MONTH else tuple(one // 60 for one in minutes)


@dataclass(frozen=True)
class ByCap:
    """Hours of a month as the annual cap divides them."""

    counted: int
    not_counted: int


def under_cap(hours: int, *, already: int, cap: int | None) -> ByCap:
    """How many of a month's hours still fit under the cap of the calendar year; the rest is listed as not counted.

    `already` are the person's hours of the same calendar year in the ledger, this month left out. Source: domain.md 2.1 [V35].
    """
    if cap is None:
        return ByCap(hours, 0)
    counted = max(0, min(hours, cap - already))
    return ByCap(counted, hours - counted)


def recounted(over: Sequence[int], *, counted: int, cap: int | None) -> list[int]:
    """How many of the hours that the cap cut from each month fit under it now, the earliest month first.

    `over` are one calendar year's hours not counted, month by month; `counted` are the hours that count in that year. A correction
    below the cap frees hours, and what was cut only because they stood there counts again: hours *above* the cap are not
    eligible, all others are. Source: domain.md 2.1 [V35].
    """
    room = 0 if cap is None else max(0, cap - counted)
    found = []
    for one in over:
        found.append(min(one, room))
        room -= found[-1]
    return found
