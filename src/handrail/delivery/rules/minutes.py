"""How many whole minutes somebody was present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _


@dataclass(frozen=True)
class Present:
    """Minutes present, and how many were missed at either end."""

    minutes: int
    late_minutes: int = 0
    left_early_minutes: int = 0


@dataclass(frozen=True)
class Mark:
    """One line of an attendance list as it was sent: whose, the minutes (None: what late and early leave), why it is corrected.

    `seen` is the line that the list showed when it was opened ("" for none); None when the sender does not know.
    """

    person: UUID
    minutes: int | None = None
    late_minutes: int = 0
    left_early_minutes: int = 0
    reason: str = ""
    seen: str | None = None


def late_minutes(*, starts_at: datetime, arrived_at: datetime, grace: int) -> int:
    """Whole minutes late; within the session's minutes of grace nobody is late."""
    late = int((arrived_at - starts_at).total_seconds() // 60)
    return late if late > grace else 0


def present_minutes(*, planned: int, late: int = 0, early: int = 0) -> int:
    """The planned minutes (breaks are not counted) less those missed at either end; never under 0."""
    return max(0, planned - late - early)


def check_present(*, planned: int, minutes: int | None, late: int, early: int) -> Present:
    """The minutes to record. Left out, they follow from late and early; written, they must lie within the session.

    Raises RuleBroken with the remedy.
    """
    if late < 0 or early < 0:
        raise RuleBroken(_("Minutes late or early cannot be negative."), field="late_minutes" if late < 0 else "left_early_minutes")
    if late + early > planned and minutes is None:
        raise RuleBroken(
            _("The session was %(planned)d minutes. Late and early together must be %(planned)d or less.") % {"planned": planned},
            field="late_minutes" if late > planned else "left_early_minutes",
        )
    found = present_minutes(planned=planned, late=late, early=early) if minutes is None else minutes
    if not 0 <= found <= planned:
        raise RuleBroken(_("The session was %(planned)d minutes. Write %(planned)d or less.") % {"planned": planned}, field="minutes")
    return Present(found, late, early)
