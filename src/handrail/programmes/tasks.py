"""What programmes do once a day."""

from __future__ import annotations

from handrail.kit.later import daily
from handrail.programmes import actions


@daily("programmes.forget_messages")
def forget_messages() -> None:
    """Erase visitors' messages whose time has passed."""
    actions.forget_messages()
