"""How far the planner is, told at most twice a second: writing at every step would cost more than the steps."""

from __future__ import annotations

import time
from uuid import UUID

from handrail.kit import later

EVERY_SECONDS = 0.5


class Reporter:
    """Tells a long task's progress and hears its stop button; without a task it does neither."""

    def __init__(self, task: UUID | None) -> None:
        self.task = task
        self.told_at = self.heard_at = 0.0

    def tell(self, done: int, total: int, best: float) -> None:
        """Say how far the search is, unless it was said just now."""
        if self.task is not None and time.monotonic() - self.told_at >= EVERY_SECONDS:
            later.progress(self.task, done=done, total=total, best=round(best, 1))
            self.told_at = time.monotonic()

    def should_stop(self) -> bool:
        """Whether somebody has pressed stop."""
        if self.task is None or time.monotonic() - self.heard_at < EVERY_SECONDS:
            return False
        self.heard_at = time.monotonic()
        return later.should_stop(self.task)
