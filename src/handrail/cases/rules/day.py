"""A caseworker's day: what waits, what is late, which clock runs, what is today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

KINDS = ("waits", "late", "clock", "today", "soon")


@dataclass(frozen=True)
class DayItem:
    """One line of somebody's day. `kind` is waits (somebody waits for an answer), late, clock (a term runs), today or soon."""

    kind: str
    title: Any
    why: Any
    url: str
    due: date | None = None
    days: int | None = None  # how long somebody has waited


def days_waiting(since: date, until: date | None, *, today: date) -> int:
    """Whole days from the day on which somebody asked to the answer, or to today."""
    return max(0, ((until or today) - since).days)
