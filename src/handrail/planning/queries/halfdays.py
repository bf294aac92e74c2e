"""Dates and sessions as the planner counts them: in half days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from handrail.delivery.models import Session

ZONE = ZoneInfo(settings.TIME_ZONE)
HALF_DAY_MINUTES = 270  # a session longer than four and a half hours takes the whole day
NOON = 12


def half_days(starts_at: datetime, ends_at: datetime, first: date) -> range:
    """The half days that a time takes, counted from a day: two a day, the second from noon; a long session takes its whole day."""
    there = starts_at.astimezone(ZONE)
    morning = (there.date() - first).days * 2
    if (ends_at - starts_at) > timedelta(minutes=HALF_DAY_MINUTES):
        return range(morning, morning + 2)
    slot = morning + int(there.hour >= NOON)
    return range(slot, slot + 1)


def slots_of(session: Session, first: date) -> range:
    """The half days that a session takes."""
    return half_days(session.starts_at, session.ends_at, first)


def days(first: date, last: date, start: date) -> range:
    """The half days of a stretch of whole days, counted from a day."""
    return range((first - start).days * 2, (last - start).days * 2 + 2)


def midnight(day: date) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), ZONE)
