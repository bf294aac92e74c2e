"""Minutes at a company: which days may be written down, and how many minutes a day has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_medium

MINUTES_A_DAY = 24 * 60
SETTLES = "staff"  # whose word ends a contradiction


@dataclass(frozen=True)
class Word:
    """One line about a day: who said it, and how many minutes."""

    said_by: str
    minutes: int


def weigh_words(words: Sequence[Word]) -> tuple[int, list[int]]:
    """Which line of a day holds, and which contradict it: their places, in the order in which the lines were written.

    The caseworker's word holds. Without one it is that of whoever spoke first, as last corrected by them; the other side's word stands
    beside it, and where its minutes differ somebody has to settle it. Raises ValueError where nothing was said.
    """
    if not words:
        raise ValueError("A day without a word.")
    latest = {word.said_by: place for place, word in enumerate(words)}
    if SETTLES in latest:
        holds = latest[SETTLES]
        return holds, sorted(place for place in latest.values() if place > holds and words[place].minutes != words[holds].minutes)
    holds = latest[words[0].said_by]
    return holds, sorted(place for place in latest.values() if place != holds and words[place].minutes != words[holds].minutes)


def check_day(*, day: date, minutes: int, absence: str, starts_on: date, last_day: date, today: date) -> None:
    """A day of a placement lies within it and not in the future, has 0 to 1,440 minutes, and none where somebody was not there.

    Raises RuleBroken naming the field.
    """
    if day > today:
        raise RuleBroken(_("This day has not come yet. Write it down when it has been."), field="day")
    if not starts_on <= day <= last_day:
        raise RuleBroken(
            _("The placement lasts from %(first)s to %(last)s. Choose a day in between.") % {"first": date_medium(starts_on), "last": date_medium(last_day)},
            field="day",
        )
    if not 0 <= minutes <= MINUTES_A_DAY:
        raise RuleBroken(_("A day has 24 hours at most."), field="hours")
    if absence and minutes:
        raise RuleBroken(_("Write either hours or that nobody was there, not both."), field="hours")


def days_to_write(starts_on: date, last_day: date, today: date) -> list[date]:
    """The days of this week and the one before that a company may write down, the latest first."""
    monday = today - timedelta(days=today.weekday())
    first, last = max(starts_on, monday - timedelta(days=7)), min(last_day, today)
    return [last - timedelta(days=back) for back in range((last - first).days + 1)]


def days_of_week(starts_on: date, last_day: date, today: date) -> list[date]:
    """The days of this week that belong to a placement, also those to come."""
    monday = today - timedelta(days=today.weekday())
    return [day for day in (monday + timedelta(days=number) for number in range(7)) if starts_on <= day <= last_day]


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, the latest first."""
    return [last - timedelta(days=back) for back in range((last - first).days + 1)]
