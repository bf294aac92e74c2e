"""What planning hears."""

from __future__ import annotations

from handrail.kit.events import on
from handrail.kit.later import later
from handrail.planning.events import PlanAsked
from handrail.planning.tasks import compute_plan


@on(PlanAsked)
def compute_soon(event: PlanAsked) -> None:
    """A plan was asked for: a worker computes it."""
    later(compute_plan, uid=event.plan)
