"""One participant-hour is pledged once: to one programme and one funder (domain.md 2.1, double-funding guard)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Interval:
    """A span of a person's time; `what` names the record behind it."""

    starts_at: datetime
    ends_at: datetime
    what: Any = None

    def meets(self, other: Interval) -> bool:
        """Whether two spans share any time; one that begins when the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def pledged_interval(
    starts_at: datetime, ends_at: datetime, *, late_minutes: int = 0, left_early_minutes: int = 0, what: Any = None
) -> Interval:
    """The time a person gave to a session: its hours without what was missed at either end (breaks belong to it)."""
    begin = starts_at + timedelta(minutes=late_minutes)
    end = ends_at - timedelta(minutes=left_early_minutes)
    return Interval(begin, max(begin, end), what)


def first_overlap(new: Iterable[Interval], pledged: Iterable[Interval]) -> tuple[Interval, Interval] | None:
    """The first pair of spans that share time: a new one with another new one, or with one pledged before."""
    taken = sorted(pledged, key=lambda one: one.starts_at)
    for one in sorted(new, key=lambda span: span.starts_at):
        for other in taken:
            if one.meets(other):
                return one, other
        taken.append(one)
    return None
