"""The planner on small instances: same seed same plan, never a broken rule, pins held, close to the proven optimum."""

from __future__ import annotations

import dataclasses
import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from handrail.planning import rules
from handrail.planning.rules.bound import Bounds
from handrail.planning.rules.construct import greedy, promise
from handrail.planning.rules.finish import repair
from handrail.planning.rules.search import DRAWS, Tuning, anneal
from handrail.planning.rules.state import SHORT, empty_state, held_of, seats_of
from handrail.planning.rules.tables import lay_out
from tests.planning.instances import roomy, small


def _with(problem: rules.Problem, **changes: object) -> rules.Problem:
    return dataclasses.replace(problem, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(12))
def test_solve_breaks_no_hard_rule(seed: int) -> None:
    problem = small(seed)
    plan = rules.solve(problem, seed=seed, moves=60)
    assert rules.check(problem, plan.held, plan.seats) == []
    assert plan.value == pytest.approx(rules.plan_value(problem, plan.seats))
    assert plan.value <= plan.bound + 1e-6


def test_solve_repeats_a_plan_from_seed_and_data() -> None:
    first, again = (rules.solve(small(3), seed=7, moves=200) for _ in range(2))
    assert first.seats.tolist() == again.seats.tolist()
    assert first.held.tolist() == again.held.tolist()
    assert (first.digest, first.value, first.bound, first.version) == (again.digest, again.value, again.bound, again.version)


def test_digest_changes_with_the_data() -> None:
    problem = small(3)
    assert problem.digest == small(3).digest
    assert problem.digest != _with(problem, budget=problem.budget + 1).digest
    gap = problem.gap.copy()
    gap[0, 0] += 1
    assert problem.digest != _with(problem, gap=gap).digest


def test_solve_reports_progress_and_stops_when_asked() -> None:
    seen: list[tuple[int, int, float]] = []

    def look(done: int, total: int, value: float) -> None:
        seen.append((done, total, value))

    problem = small(2)
    plan = rules.solve(problem, seed=1, moves=2000, on_progress=look, should_stop=lambda: len(seen) >= 2)
    assert [done for done, _, _ in seen] == [250, 500]
    assert (plan.moves, plan.stopped) == (500, True)
    assert rules.check(problem, plan.held, plan.seats) == []


@pytest.mark.parametrize("seed", range(5))
def test_solve_keeps_every_pin(seed: int) -> None:
    problem = small(seed)
    free = rules.solve(problem, seed=0, moves=60)
    out = np.setdiff1d(np.arange(problem.sessions), free.held)[:1]
    seat = free.seats[:1]
    pinned = _with(problem, pinned_pairs=seat, pinned_held=free.held[-1:], pinned_not_held=out)
    plan = rules.solve(pinned, seed=1, moves=150)
    assert rules.check(pinned, plan.held, plan.seats) == []
    assert seat[0] in plan.seats
    assert free.held[-1] in plan.held
    assert not set(out.tolist()) & set(plan.held.tolist())


def test_solve_holds_nothing_without_money() -> None:
    plan = rules.solve(small(1, budget=0.0), seed=0, moves=60)
    assert (len(plan.held), len(plan.seats), plan.value) == (0, 0, 0.0)


def test_solve_says_which_pinned_session_stays_too_small() -> None:
    problem = small(1)
    few = int(np.bincount(problem.pair_session, minlength=problem.sessions).argmin())
    minimum = problem.session_minimum.copy()
    maximum = problem.session_maximum.copy()
    minimum[few] = maximum[few] = problem.people
    stuck = _with(problem, session_minimum=minimum, session_maximum=maximum, pinned_held=[few])
    with pytest.raises(rules.PlanImpossible) as caught:
        rules.solve(stuck, seed=0, moves=60)
    assert caught.value.sessions == [few]


def test_absence_limit_is_the_share_rounded_down_but_at_least_one() -> None:
    assert rules.absence_limits(np.array([1, 4, 5, 9, 10, 30]), 0.2).tolist() == [1, 1, 1, 1, 2, 6]
    assert rules.absence_limits(np.array([10]), 0.3).tolist() == [3]


def test_shortlist_puts_most_gap_per_hour_first() -> None:
    gap, weight = np.array([[2, 1, 0]]), np.array([[1.0, 3.0, 5.0]])
    outcome = np.array([[2, 0, 0], [0, 1, 0], [0, 0, 2], [1, 1, 0]])
    assert rules.shortlist_by_gap_per_hour(gap, weight, outcome, np.array([1, 1, 1, 4]), size=4).tolist() == [[1, 0, 3, -1]]


def _optimum(problem: rules.Problem) -> float:
    """Best value over every set of sessions and every assignment, by brute force."""
    best = 0.0
    choices: list[list[tuple[int, ...]]] = []
    for person in range(problem.people):
        mine = np.flatnonzero(problem.pair_person == person).tolist()
        choices.append([c for size in range(len(mine) + 1) for c in itertools.combinations(mine, size)])
    for seats in itertools.product(*choices):
        chosen = [x for one in seats for x in one]
        value = rules.plan_value(problem, np.array(chosen, int))
        if value > best:
            held = sorted({int(problem.pair_session[x]) for x in chosen})
            if not rules.check(problem, held, chosen):
                best = value
    return best


@pytest.mark.parametrize("seed", range(6))
def test_solve_finds_the_optimum_of_a_tiny_problem(seed: int) -> None:
    problem = small(seed, people=5, sessions=4)
    few = [int(x) for i in range(5) for x in np.flatnonzero(problem.pair_person == i)[:3]]
    tiny = _with(
        problem, pair_person=problem.pair_person[few], pair_session=problem.pair_session[few], pair_travel=problem.pair_travel[few],
        session_minimum=np.minimum(2, problem.session_maximum),
    )  # fmt: skip
    plan = rules.solve(tiny, seed=0, moves=400)
    best = _optimum(tiny)
    assert plan.value == pytest.approx(best)
    assert plan.bound >= best - 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_solve_counts_no_level_beyond_where_a_module_leads(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    problem = small(seed, people=5, sessions=6)
    problem = _with(problem, level=rng.integers(0, 3, problem.gap.shape), leads_to=rng.integers(1, 4, problem.outcome.shape))
    useful = [x for x in range(problem.pairs) if rules.plan_value(problem, np.array([x])) > 0]
    few = [x for i in range(5) for x in useful if problem.pair_person[x] == i][:9]
    tiny = _with(
        problem, pair_person=problem.pair_person[few], pair_session=problem.pair_session[few], pair_travel=problem.pair_travel[few],
        session_minimum=np.minimum(1, problem.session_maximum),
    )  # fmt: skip
    plan = rules.solve(tiny, seed=0, moves=400)
    best = _optimum(tiny)
    assert plan.value == pytest.approx(best), "the search and the count of a finished plan agree on what is closed"
    assert plan.bound >= best - 1e-6
    assert sum(one.gain for one in rules.explain_seats(tiny, plan)) <= plan.closed_by_unit.sum() + 1e-6


def test_levels_closed_end_where_the_modules_lead() -> None:
    problem = _with(
        small(0, people=4), gap=np.full((4, 4), 3), level=np.array([[0] * 4, [1] * 4, [2] * 4, [3] * 4]),
        outcome=np.array([[2, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]), leads_to=np.array([[2] * 4, [3] * 4, [3] * 4, [3] * 4, [3] * 4]),
    )  # fmt: skip
    people = np.arange(4)

    def first(*modules: int) -> list[int]:
        return rules.levels_closed(problem, np.tile(people, len(modules)), np.repeat(modules, 4))[:, 0].tolist()

    assert first(0) == [2, 1, 0, 0], "two levels up to level 2: one from level 1, none from level 2"
    assert first(1, 2) == [2, 2, 1, 0], "two modules that lead to level 3 end there together"
    assert first(0, 1, 2) == [3, 2, 1, 0]


def test_solve_gives_the_same_plan_where_nothing_is_compiled() -> None:
    """The slow path: plain Python functions, in a process of its own."""
    script = (
        "from tests.planning.instances import small; from handrail.planning import rules;"
        "plan = rules.solve(small(4, people=10, sessions=5), seed=2, moves=10); print(plan.seats.tolist(), plan.held.tolist())"
    )
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join([str(root), str(root / "src")])
    slow = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths}, capture_output=True, text=True,
        check=True, cwd=root,
    )  # fmt: skip
    plan = rules.solve(small(4, people=10, sessions=5), seed=2, moves=10)
    assert slow.stdout.strip() == f"{plan.seats.tolist()} {plan.held.tolist()}"


@pytest.mark.parametrize("seed", range(4))
def test_solve_keeps_a_pinned_seat_that_brings_the_person_least(seed: int) -> None:
    problem = roomy(seed)
    worth = (problem.weight[problem.pair_person] * np.minimum(
        problem.gap[problem.pair_person], problem.outcome[problem.session_module[problem.pair_session]])).sum(1)  # fmt: skip
    worst = [int(min(mine, key=lambda x: worth[x])) for i in range(problem.people) if len(mine := np.flatnonzero(problem.pair_person == i))]
    pinned = _with(problem, pinned_pairs=worst, prerequisite_met=np.ones((problem.people, problem.modules), bool))
    assert rules.conflicts(pinned) == []
    plan = rules.solve(pinned, seed=seed, moves=150)
    assert set(worst) <= set(plan.seats.tolist())
    assert rules.check(pinned, plan.held, plan.seats) == []


def test_repair_fills_or_closes_every_session_that_a_careless_search_left_short() -> None:
    careless = Tuning(heat=5.0, last_heat=5.0, missing=0.0, last_missing=0.0, near=0.4, only_close=0.0, try_third=1.0, money=0.0)
    lacking = 0.0
    for seed in range(6):
        problem = small(seed, people=36, sessions=14)
        data = lay_out(problem)
        state = empty_state(data, problem.people, problem.units)
        greedy(problem, data, state, promise(problem, data), 0.0)
        anneal(data, state, np.random.default_rng(seed).random((80, DRAWS)), np.arange(1.0, 15.0), careless, 0, 80)
        lacking += float(state.total[SHORT])
        assert repair(data, state) == 0
        assert rules.check(problem, held_of(state), seats_of(state)) == []
    assert lacking > 0, "the search left nothing to repair"


def test_bound_of_the_prices_never_falls_below_a_plan() -> None:
    for seed in range(6):
        problem = small(seed, people=30, sessions=12)
        bounds = Bounds(problem, lay_out(problem))
        bounds.price_resources()
        weak = bounds.weak
        bounds.price_pairs()
        assert rules.solve(problem, seed=0, moves=200).value <= bounds.best + 1e-6 <= weak + 2e-6
