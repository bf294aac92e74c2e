"""The two clocks: the programme's own end with six months after it, and each person's exit with six months after that."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

EXIT_WITHIN = timedelta(weeks=4)  # ESF: status on leaving is asked within four weeks (Regulation (EU) 2021/1057, annex I; 1304/2013 alike)


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that month is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def clock_days(programme_ends: date, exit_on: date | None) -> dict[str, date]:
    """The days that are asked about, by clock: a programme ending on 31 December 2020 asks again on 30 June 2021."""
    found = {"project": programme_ends, "project_six": months_later(programme_ends, 6)}
    if exit_on is not None:
        found |= {"exit": exit_on, "exit_six": months_later(exit_on, 6)}
    return found


def exit_due(day: date) -> date:
    """Until when somebody's status on leaving is to be asked."""
    return day + EXIT_WITHIN
