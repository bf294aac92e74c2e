"""The only source of now and today; a demonstration can be set to a date, and the banner says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)
_cached: tuple[float, timedelta] = (0.0, timedelta())
KEEP_SECONDS = 2.0  # several processes share the clock through the database; two seconds late is soon enough


def real_now() -> datetime:
    """The machine's own time, for leases, sign-in and expiry of secrets: never for what a programme counts."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant that the programme lives in, in UTC."""
    pinned = _pinned.get()
    return pinned if pinned is not None else real_now() + _offset()


def today() -> date:
    """The date that the programme lives in, in its time zone."""
    return timezone.localtime(now()).date()


def midnight() -> datetime:
    """The instant at which today began: all that is kept of the time of what must not be told apart from others of the day."""
    return timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)


def is_turned() -> bool:
    """True when the demonstration's clock stands elsewhere than the machine's."""
    return bool(_offset())


def turn_to(moment: datetime) -> None:
    """Set the demonstration's clock for every process; refused outside local mode."""
    if not settings.LOCAL_MODE:
        raise PermissionError("The clock can only be turned in local mode.")
    from handrail.kit.models import DemonstrationClock

    global _cached
    offset = moment - real_now()
    DemonstrationClock.objects.update_or_create(pk=1, defaults={"offset": offset})
    _cached = (time.monotonic(), offset)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let time stand at an instant inside the block; the demonstration's history and tests are told this way."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)


def forget() -> None:
    """Read the offset anew at the next question."""
    global _cached
    _cached = (0.0, timedelta())


def _offset() -> timedelta:
    global _cached
    if not settings.LOCAL_MODE:
        return timedelta()
    read_at, offset = _cached
    if read_at and time.monotonic() - read_at < KEEP_SECONDS:
        return offset
    from handrail.kit.models import DemonstrationClock

    row = DemonstrationClock.objects.filter(pk=1).values_list("offset", flat=True).first()
    _cached = (time.monotonic(), row or timedelta())
    return _cached[1]
