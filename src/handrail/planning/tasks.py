"""Work of planning that is done after the answer."""

from __future__ import annotations

from handrail.kit.later import task
from handrail.planning import actions
from handrail.planning.queries.plans import plan_to_compute


@task()
def compute_plan(uid: str) -> None:
    """Compute a plan that was asked for."""
    if plan := plan_to_compute(uid):
        actions.compute(plan)
