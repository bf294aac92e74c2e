"""From a problem to a plan: prices, first plan, search, repair, bound. Same seed, data and moves: same plan."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from handrail.planning.rules.bound import Bounds
from handrail.planning.rules.construct import greedy, promise
from handrail.planning.rules.finish import polish, repair
from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.plan import Plan, closed_by_unit, plan_value
from handrail.planning.rules.search import DRAWS, Tuning, anneal
from handrail.planning.rules.state import HELD, PEOPLE, State, empty_state, held_of, seats_of
from handrail.planning.rules.tables import Data, lay_out

Progress = Callable[[int, int, float], None]
CHUNK = 250  # moves between two looks at the stop button
# in units of a typical weight, and of the price the bound gives to money; found on the generator's instances, see the decision record
TUNING = Tuning(heat=2.8, last_heat=0.1, missing=0.25, last_missing=2.6, near=0.4, only_close=0.02, try_third=0.75, money=1.3)


class PlanImpossible(ValueError):
    """Pinned sessions stay below their minimum whatever is tried; `conflicts` says what stands against what."""

    def __init__(self, sessions: list[int]) -> None:
        super().__init__(f"Pinned sessions below their minimum: {sessions}. Release a pin or lower the minimum.")
        self.sessions = sessions


def default_moves(problem: Problem) -> int:
    """Moves in proportion to the candidate sessions, with a floor that costs a small problem a second or two."""
    return max(5000, 40 * problem.sessions)


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
    wanted = default_moves(problem) if moves is None else moves
    data = lay_out(problem)
    bounds = Bounds(problem, data)
    bounds.price_resources()
    state = empty_state(data, problem.people, problem.units)
    favour = bounds.favour + 1e-3 * promise(problem, data)
    greedy(problem, data, state, favour, 0.0)
    done = search(data, state, favour, bounds, seed, wanted, on_progress, should_stop)
    if repair(data, state):
        short = (state.attend[:, HELD] == 1) & (state.attend[:, PEOPLE] < problem.session_minimum)
        raise PlanImpossible([int(s) for s in np.flatnonzero(short)])
    polish(data, state, 8)
    bounds.price_pairs()
    seats = seats_of(state)
    return Plan(
        held=held_of(state), seats=seats, value=plan_value(problem, seats), closed_by_unit=closed_by_unit(problem, seats),
        bound=bounds.best, seed=seed, moves=done, cpu_seconds=time.process_time() - started, digest=problem.digest, stopped=done < wanted,
    )  # fmt: skip


def search(
    data: Data, state: State, favour: Array, bounds: Bounds, seed: int, moves: int, on_progress: Progress | None,
    should_stop: Callable[[], bool] | None,
) -> int:  # fmt: skip
    """Make the moves in chunks, from random numbers drawn outside the compiled part; returns how many were made."""
    random = np.random.default_rng(seed)
    chances = np.cumsum(0.1 + np.minimum(1.0, bounds.favour))
    money = float(bounds.best_prices.money[0])
    in_points = {name: getattr(TUNING, name) * bounds.scale for name in ("heat", "last_heat", "missing", "last_missing")}
    tuning = TUNING._replace(**in_points, money=TUNING.money * money)
    done = 0
    while done < moves:
        if should_stop is not None and should_stop():
            break
        step = min(CHUNK, moves - done)
        anneal(data, state, random.random((step, DRAWS)), chances, tuning, done, moves)
        done += step
        if on_progress is not None:
            on_progress(done, moves, float(state.total[1]))
    return done
