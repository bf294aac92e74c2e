"""When a round takes answers, and when somebody may be reminded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE = timedelta(days=3)  # an answer sent over the weekend after the last day still counts
BETWEEN_REMINDERS = timedelta(days=3)


def round_state(*, opens_on: date, closes_on: date, closed_at: datetime | None, today: date) -> str:
    """Where a round stands: `ahead`, `open`, `grace` (past its last day, still taking answers) or `closed`."""
    if closed_at is not None or today > closes_on + GRACE:
        return "closed"
    if today < opens_on:
        return "ahead"
    return "open" if today <= closes_on else "grace"


def takes_answers(state: str) -> bool:
    """Whether a round in this state still takes answers."""
    return state in {"open", "grace"}


def link_expiry(closes_on: date, zone: str) -> datetime:
    """The instant at which a personal link ends: the end of the last day of grace, in the programme's time zone."""
    return datetime.combine(closes_on + GRACE + timedelta(days=1), time(0), ZoneInfo(zone))


def last_mail_before(now: datetime) -> datetime:
    """Whoever had a mail after this instant is left in peace: at most one every three days."""
    return now - BETWEEN_REMINDERS
