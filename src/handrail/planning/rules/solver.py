"""From a problem to a plan: prices, first plan, search, repair, bound. Same seed, data and moves: same plan."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from handrail.planning.rules.construct import greedy, promise
from handrail.planning.rules.instance import Problem
from handrail.planning.rules.plan import Plan, closed_by_unit, plan_value
from handrail.planning.rules.state import empty_state
from handrail.planning.rules.tables import lay_out

Progress = Callable[[int, int, float], None]


def default_moves(problem: Problem) -> int:
    """Moves in proportion to the candidate sessions."""
    return 200 * problem.sessions


def solve(
    problem: Problem,
    *,
    seed: int,
    moves: int | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Propose which sessions to hold and who attends so that the most weighted gap closes, fairly between units."""
    started = time.process_time()
    data = lay_out(problem)
    state = empty_state(data, problem.people, problem.units)
    greedy(problem, data, state, promise(problem, data), 0.0)
    seats = np.sort(state.seat[state.seat >= 0])
    return Plan(
        held=np.flatnonzero(state.held), seats=seats, value=plan_value(problem, seats), closed_by_unit=closed_by_unit(problem, seats),
        bound=float("inf"), seed=seed, moves=0, cpu_seconds=time.process_time() - started, digest=problem.digest,
    )  # fmt: skip
