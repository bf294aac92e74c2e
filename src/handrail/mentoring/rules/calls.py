"""When somebody must have answered, and who is told next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta

MENTOR, BACKUP, COORDINATOR = "mentor", "backup", "coordinator"


def next_turn(told: Collection[str], *, has_mentor: bool, has_backup: bool) -> str | None:
    """Who is told next: the mentor, then the back-up, then the coordinator; None once all were told. Whoever is missing is passed over."""
    order = [MENTOR] * has_mentor + [BACKUP] * (has_mentor and has_backup) + [COORDINATOR]
    return next((one for one in order if one not in told), None)


def is_quiet(moment: datetime, *, quiet_from: time, quiet_until: time) -> bool:
    """Whether it is night at a moment on the programme's wall clock; the same hour twice means that there is no night."""
    at = moment.time().replace(tzinfo=None)
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


def wakes_at(moment: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """The end of the night that a moment lies in; the moment itself by day."""
    if not is_quiet(moment, quiet_from=quiet_from, quiet_until=quiet_until):
        return moment
    return _next(moment, quiet_until)


def awake_after(moment: datetime, minutes: int, *, quiet_from: time, quiet_until: time) -> datetime:
    """The instant (UTC) that lies so many minutes ahead, hours of the night not counted.

    `moment` carries the programme's time zone, so that the night is the night of that place, also when clocks are put back or forward.
    """
    night = {"quiet_from": quiet_from, "quiet_until": quiet_until}
    at, left = wakes_at(moment, **night), timedelta(minutes=minutes)
    while quiet_from != quiet_until:
        dusk = _next(at, quiet_from)
        light = dusk.astimezone(UTC) - at.astimezone(UTC)
        if left <= light:
            break
        left -= light
        at = wakes_at(dusk, **night)
    return at.astimezone(UTC) + left


def _next(moment: datetime, at: time) -> datetime:
    """The next time that the wall clock shows an hour, after a moment."""
    found = moment.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0)
    return found if found > moment else found + timedelta(days=1)
