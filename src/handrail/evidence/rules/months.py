"""Months: named by their first day, bounded in the programme's time zone."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID


def month_of(moment: datetime, zone: tzinfo) -> date:
    """The local month in which something happened: 31 March 23.30 in Osby is March, whatever UTC says."""
    return moment.astimezone(zone).date().replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_bounds(month: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The instants between which a local month lies, the end left out."""
    first = month.replace(day=1)
    return datetime.combine(first, time(), zone), datetime.combine(next_month(first), time(), zone)


def lock_date(month: date, day: int) -> date:
    """When a month should be handed in: this day of the month after it, or that month's last day if it is shorter."""
    after = next_month(month)
    return after.replace(day=min(max(day, 1), calendar.monthrange(after.year, after.month)[1]))


def is_over(month: date, today: date) -> bool:
    """Whether a month lies behind us; only then is it opened for signing."""
    return next_month(month) <= today


def month_key(month: date) -> str:
    """2018-03, as a month stands in an address or a file name."""
    return f"{month:%Y-%m}"


def month_of_key(key: str) -> date | None:
    """The month behind 2018-03; None for anything else."""
    year, _sep, month = key.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(key) == 7 and 1 <= int(month) <= 12 and int(year) >= 1900):
        return None
    return date(int(year), int(month), 1)


def uid_or_none(text: str) -> UUID | None:
    """The uid that stands in an address, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def kept_until(programme_ends: date) -> date:
    """Until when supporting documents are kept at the least: five years from 31 December of the year of the funder's last payment.

    The payment comes after the programme's end, so this day is the earliest (Regulation (EU) 2021/1060 art. 82; earlier periods ask less).
    """
    return date(programme_ends.year + 5, 12, 31)
