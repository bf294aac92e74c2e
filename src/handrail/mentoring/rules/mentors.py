"""How many people a mentor may stand beside, what a contact looks like, and when somebody has been quiet too long."""

from __future__ import annotations

from datetime import date, timedelta

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

LONGEST = 600  # minutes of contact on one day


def check_capacity(*, has: int, capacity: int, name: str) -> None:
    """A mentor stands beside as many people as agreed, and no more.

    Raises RuleBroken saying how many of how many, and what to do instead.
    """
    if has >= capacity:
        raise RuleBroken(
            _("%(name)s already stands beside %(has)s of at most %(capacity)s. Choose somebody else, or agree on a higher number first.")
            % {"name": name, "has": has, "capacity": capacity}, field="mentor",
        )  # fmt: skip


def check_place(capacity: int) -> None:
    """A mentor stands beside one to twenty people."""
    if not 1 <= capacity <= 20:
        raise RuleBroken(_("Write a number from 1 to 20."), field="capacity")


def check_contact(*, day: date, minutes: int, today: date, starts_on: date) -> None:
    """A contact took place within the mentorship, not in the future, and took one minute to ten hours."""
    if day > today:
        raise RuleBroken(_("The day lies in the future."), field="day")
    if day < starts_on:
        raise RuleBroken(_("The day lies before the mentorship began."), field="day")
    if not 1 <= minutes <= LONGEST:
        raise RuleBroken(_("Write the minutes, from 1 to 600."), field="minutes")


def is_too_quiet(*, last: date | None, since: date, today: date, days: int) -> bool:
    """Whether more days than agreed have passed without contact, counted from the beginning where there was none yet."""
    return today - (last or since) > timedelta(days=days)
