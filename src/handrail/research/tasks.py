"""What is done by itself: words as they were said are not kept for ever."""

from __future__ import annotations

from handrail.kit.later import daily
from handrail.research import actions


@daily("research: forget words as they were said")
def drop_raw_texts() -> None:
    """Delete texts that nobody finished to redact in time."""
    actions.drop_raw_texts()


@daily("research: count what findings stand on")
def count_findings() -> None:
    """Count again where enough more have answered."""
    actions.count_all_anew()
