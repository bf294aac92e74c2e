"""When sessions may be, which ones clash, and local time on the two nights when clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_medium

LONGEST_HOURS = 14


@dataclass(frozen=True)
class Slot:
    """A time that something is taken: a room or a trainer, and by what."""

    starts_at: datetime
    ends_at: datetime
    title: str


def to_instant(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """The instant in UTC of a wall-clock time. Of an hour that comes twice, the first is meant."""
    return datetime.combine(day, clock_time, tzinfo=zone).astimezone(UTC)


def check_local_time(day: date, clock_time: time, zone: ZoneInfo, *, field: str) -> datetime:
    """The instant of a wall-clock time. Raises RuleBroken for a time that the clock jumps over in spring."""
    instant = to_instant(day, clock_time, zone)
    if instant.astimezone(zone).time() != clock_time:
        raise RuleBroken(_("That time does not exist: the clock is put forward that night. Choose another time."), field=field)
    return instant


def same_clock_on(moment: datetime, day: date, zone: ZoneInfo) -> datetime:
    """The same wall-clock time on another day, summer or winter."""
    return to_instant(day, moment.astimezone(zone).time(), zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date of an instant where the programme is."""
    return moment.astimezone(zone).date()


def month_of(moment: datetime, zone: ZoneInfo) -> date:
    """The first day of an instant's local month: months are named by it everywhere."""
    return local_day(moment, zone).replace(day=1)


def check_span(
    *, starts_at: datetime, ends_at: datetime, break_minutes: int, minimum: int, maximum: int,
    period: tuple[date, date], zone: ZoneInfo,
) -> None:  # fmt: skip
    """A session ends after it starts, is longer than its breaks, holds its smallest number, and lies within the programme's period.

    Raises RuleBroken naming the field and the remedy.
    """
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    minutes = int((ends_at - starts_at).total_seconds()) // 60
    if minutes <= 0:
        raise RuleBroken(_("The session ends before it starts. Choose a later end."), field="ends_at")
    if minutes > LONGEST_HOURS * 60:
        raise RuleBroken(_("A session lasts at most %(hours)d hours. Make one session for each day.") % {"hours": LONGEST_HOURS}, field="ends_at")
    if not 0 <= break_minutes < minutes:
        raise RuleBroken(_("The breaks must be shorter than the session, which is %(minutes)d minutes.") % {"minutes": minutes}, field="break_minutes")
    if minimum < 1:
        raise RuleBroken(_("At least one person must come. Write 1 or more."), field="minimum")
    if maximum < minimum:
        raise RuleBroken(
            _("There are fewer seats than the smallest number, %(minimum)d. Write %(minimum)d or more.") % {"minimum": minimum}, field="maximum"
        )
    first, last = period
    if not first <= local_day(starts_at, zone) <= last or local_day(ends_at, zone) > last:
        raise RuleBroken(
            _("The programme runs from %(first)s to %(last)s. Choose a day in between.") % {"first": date_medium(first), "last": date_medium(last)}, field="starts_at"
        )


def clash_between(starts_at: datetime, ends_at: datetime, taken: Iterable[Slot]) -> Slot | None:
    """The first of the taken times that overlaps this one; times that only touch do not."""
    return next((slot for slot in taken if slot.starts_at < ends_at and starts_at < slot.ends_at), None)
