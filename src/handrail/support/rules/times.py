"""How soon questions were answered, by month: how many, the middle one, how many in time. No person stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Asked:
    """One question as the figures need it: its month, the working minutes until its first answer, whether that was in time (None: still to come)."""

    month: date
    minutes: int | None
    in_time: bool | None


@dataclass(frozen=True)
class Month:
    """One month's figures. The share is of the questions whose time is over: answered, or overdue."""

    month: date
    questions: int
    answered: int
    median_minutes: int | None
    in_time: int
    over: int

    @property
    def share(self) -> float | None:
        """The share answered in time; None while no question's time is over."""
        return self.in_time / self.over if self.over else None


def by_month(rows: Iterable[Asked]) -> list[Month]:
    """The figures of each month in which something was asked, the earliest first. The median of an even number is rounded to whole minutes."""
    months: dict[date, list[Asked]] = {}
    for row in rows:
        months.setdefault(row.month, []).append(row)
    return [_month(month, found) for month, found in sorted(months.items())]


def _month(month: date, rows: list[Asked]) -> Month:
    minutes = [row.minutes for row in rows if row.minutes is not None]
    over = [row for row in rows if row.in_time is not None]
    return Month(month, len(rows), len(minutes), round(median(minutes)) if minutes else None, sum(1 for row in over if row.in_time), len(over))
