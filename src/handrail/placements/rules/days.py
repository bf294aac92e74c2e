"""Minutes at a company: which days may be written down, and how many minutes a day has."""

from __future__ import annotations

from datetime import date, timedelta

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_medium

MINUTES_A_DAY = 24 * 60


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
