"""The planner on small instances: same seed same plan, and never a broken rule."""

from __future__ import annotations

import pytest

from handrail.planning import rules
from tests.planning.instances import small


@pytest.mark.parametrize("seed", range(6))
def test_solve_breaks_no_hard_rule(seed: int) -> None:
    problem = small(seed)
    plan = rules.solve(problem, seed=seed, moves=60)
    assert rules.check(problem, plan.held, plan.seats) == []
