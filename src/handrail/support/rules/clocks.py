"""The clock of a question: it runs in the working hours that were agreed, and stands still at night, at weekends and on holidays."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.kit.text import told

LONGEST_LOOK = 400  # days: nobody closes for longer than a year


@dataclass(frozen=True)
class Agreed:
    """What was agreed about answering in one country from a day on, with its source."""

    country: str
    valid_from: date
    sources: tuple[str, ...]  # in English, Swedish, Danish
    weekdays: frozenset[int]  # 1 is Monday
    opens: time
    closes: time
    hours: int
    fixed: tuple[tuple[str, date | None], ...]
    easter: tuple[tuple[int, date | None], ...]
    weekday_between: tuple[tuple[int, str, str], ...]

    @property
    def source(self) -> str:
        """Where it comes from, in the reader's language."""
        return told(self.sources)

    @property
    def minutes(self) -> int:
        """The agreed time in working minutes."""
        return 60 * self.hours


@lru_cache
def _agreed() -> tuple[Agreed, ...]:
    content = tomllib.loads((Path(__file__).parents[1] / "data" / "answer_times.toml").read_text())
    return tuple(_read(one) for one in content["agreed"])


def _read(one: dict[str, Any]) -> Agreed:
    return Agreed(
        country=one["country"], valid_from=one["valid_from"], sources=tuple(one["source"]), weekdays=frozenset(one["weekdays"]), opens=one["opens"], closes=one["closes"],
        hours=one["hours"], fixed=tuple((day["day"], day.get("until")) for day in one["fixed"]),
        easter=tuple((day["days"], day.get("until")) for day in one["easter"]),
        weekday_between=tuple((day["weekday"], day["first"], day["last"]) for day in one["weekday_between"]),
    )  # fmt: skip


def agreed_for(country: str, day: date) -> Agreed:
    """What is agreed about answering in a country on a day, as `data/answer_times.toml` has it; the platform's own where there is nothing."""
    found = [one for one in _agreed() if one.country == country and one.valid_from <= day]
    return max(found or [one for one in _agreed() if not one.country], key=lambda one: one.valid_from)


def is_working_day(agreed: Agreed, day: date) -> bool:
    """Whether questions are answered on a day: a weekday of those agreed, and no holiday."""
    return day.isoweekday() in agreed.weekdays and not is_holiday(agreed, day)


def is_holiday(agreed: Agreed, day: date) -> bool:
    """Whether a day is off in the country."""
    key = f"{day:%m-%d}"
    if any(one == key and _holds(until, day) for one, until in agreed.fixed):
        return True
    if any(weekday == day.isoweekday() and first <= key <= last for weekday, first, last in agreed.weekday_between):
        return True
    return any(easter_sunday(day.year) + timedelta(days=days) == day and _holds(until, day) for days, until in agreed.easter)


def _holds(until: date | None, day: date) -> bool:
    return until is None or day <= until


@lru_cache(maxsize=128)
def easter_sunday(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def answer_due(agreed: Agreed, asked_at: datetime) -> datetime:
    """Until when a question is to be answered: the agreed working time after it was asked. `asked_at` is in the programme's time zone.

    Asked at 15.40 with four hours agreed and hours from 8 to 16: twenty minutes count today, the rest on the next working day, until 11.40.
    """
    left = timedelta(minutes=agreed.minutes)
    for opens, closes in _windows(agreed, asked_at):
        here = closes - opens
        if left <= here:
            return opens + left
        left -= here
    raise ValueError("the agreed weekdays leave no day to answer on")  # a mistake in our own data, found by its test


def working_minutes(agreed: Agreed, first: datetime, last: datetime) -> int:
    """How many working minutes lie between two instants of the programme's time zone; none where the second comes first."""
    found = timedelta()
    for opens, closes in _windows(agreed, first):
        if opens >= last:
            break
        found += min(closes, last) - opens
    return int(found.total_seconds()) // 60


def _windows(agreed: Agreed, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time from an instant on, one a working day."""
    day = start.date()
    for number in range(LONGEST_LOOK):
        here = day + timedelta(days=number)
        if not is_working_day(agreed, here):
            continue
        opens, closes = (datetime.combine(here, one, tzinfo=start.tzinfo) for one in (agreed.opens, agreed.closes))
        if closes > start:
            yield max(opens, start), closes
