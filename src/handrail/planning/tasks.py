"""Work of planning that is done after the answer."""

from __future__ import annotations

from handrail.kit.later import task
from handrail.planning import actions, queries


@task()
def compute_plan(uid: str) -> None:
    """Compute a plan that was asked for."""
    if plan := queries.plan_to_compute(uid):
        actions.compute(plan)


@task()
def weigh_plan(uid: str) -> None:
    """Find out how much of a proposal hangs on how much each area counts."""
    if plan := queries.plan_to_weigh(uid):
        actions.weigh(plan)
