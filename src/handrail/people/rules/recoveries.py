"""When a recovery may go on: two administrators, neither of them the person, in time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _


def recovery_may_be_opened(*, person: UUID, by: UUID, has_lost: bool, is_active: bool) -> None:
    """An administrator opens it for somebody else, who signs in here and has something to lose.

    Raises RuleBroken with what to do instead.
    """
    if by == person:
        raise RuleBroken(_("You cannot open a recovery for yourself. Ask another administrator."), field="email")
    if not is_active:
        raise RuleBroken(_("The account is closed. Whoever closed it can open it again; then come back."), field="email")
    if not has_lost:
        raise RuleBroken(_("The person has neither passkey nor app, so nothing is lost: a new password is enough. Ask them to choose one on the sign-in page."), field="email")


def recovery_may_be_confirmed(
    *, is_open: bool, expires_at: datetime, now: datetime, person: UUID, opened_by: UUID, by: UUID | None, opener_is_administrator: bool
) -> None:
    """A second administrator (or the operator: `by` None) agrees, while it is open and in time.

    Raises RuleBroken with what to do instead.
    """
    if not is_open:
        raise RuleBroken(_("This recovery is not open any more. Open a new one if it is still needed."))
    if now >= expires_at:
        raise RuleBroken(_("The time to agree has run out. Open a new recovery if it is still needed."))
    if by == person:
        raise RuleBroken(_("This is your own recovery. Another administrator has to agree."))
    if by == opened_by:
        raise RuleBroken(_("You opened this recovery yourself. Another administrator has to agree."))
    if not opener_is_administrator:
        raise RuleBroken(_("Whoever opened this is no longer an administrator. Open a new recovery if it is still needed."))
