"""Every number of an explanation is counted again here, by other means: whole plans are valued or checked with and without the seat."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from handrail.planning import rules
from handrail.planning.rules import explain
from handrail.planning.rules.plan import closed_by_person
from tests.planning.instances import roomy, small

SEEDS = range(10)


def _planned(seed: int) -> tuple[rules.Problem, rules.Plan]:
    base = small(seed, people=36, sessions=12)
    rng = np.random.default_rng(seed)
    needed = (base.shortlist[:, :, None] == base.session_module[None, None]).any(1)
    needed[base.pair_person, base.pair_session] = False
    person, session = np.nonzero(needed)
    problem = dataclasses.replace(base, refused_person=person, refused_session=session, refused_code=rng.integers(1, 5, len(person)))
    return problem, rules.solve(problem, seed=seed, moves=150)


def _without(plan: rules.Plan, pair: int) -> np.ndarray:
    return plan.seats[plan.seats != pair]


@pytest.mark.parametrize("seed", SEEDS)
def test_seat_reasons_quote_what_the_plan_would_lose(seed: int) -> None:
    problem, plan = _planned(seed)
    reasons = rules.explain_seats(problem, plan)
    assert [r.pair for r in reasons] == plan.seats.tolist()
    whole = closed_by_person(problem, plan.seats)
    for r in reasons:
        less = _without(plan, r.pair)
        assert r.gain == pytest.approx(float((whole - closed_by_person(problem, less))[r.person]))
        assert r.points == pytest.approx(plan.value - rules.plan_value(problem, less))
        assert r.gain == pytest.approx(sum(weighted for _, _, weighted in r.levels))
        for competence, levels, weighted in r.levels:
            assert weighted == pytest.approx(levels * problem.weight[r.person, competence])
            assert 0 < levels <= problem.gap[r.person, competence]


def _roomy(seed: int) -> tuple[rules.Problem, rules.Plan]:
    problem = roomy(seed)
    return problem, rules.solve(problem, seed=seed, moves=60)


@pytest.mark.parametrize("seed", SEEDS)
def test_second_best_is_the_best_seat_that_the_rules_allow_instead(seed: int) -> None:
    problem, plan = _planned(seed) if seed < 4 else _roomy(seed)
    assert rules.check(problem, plan.held, plan.seats) == []
    reasons = rules.explain_seats(problem, plan)
    assert seed < 4 or sum(r.second_pair >= 0 for r in reasons) > 3
    for r in reasons:
        rest = _without(plan, r.pair)
        base = float(closed_by_person(problem, rest)[r.person])
        best = 0.0
        for other in np.flatnonzero(problem.pair_person == r.person):
            if other in plan.seats or problem.pair_session[other] not in plan.held:
                continue
            changed = np.append(rest, other)
            broken = {v.code for v in rules.check(problem, plan.held, changed)} - {"below_minimum"}
            if not broken:
                best = max(best, float(closed_by_person(problem, changed)[r.person]) - base)
        assert r.second_gain == pytest.approx(best)
        assert (r.second_pair >= 0) == (best > 1e-4)


BROKEN = {
    explain.HOURS: "hours", explain.CLASH: "clash", explain.PREREQUISITE: "prerequisite", explain.UNIT_LIMIT: "unit_absence",
    explain.FULL: "above_maximum", explain.TRAVEL_MONEY: "budget",
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_refusals_name_a_rule_that_the_seat_would_break(seed: int) -> None:
    problem, plan = _planned(seed)
    pair_at = {(int(i), int(s)): x for x, (i, s) in enumerate(zip(problem.pair_person, problem.pair_session, strict=True))}
    taken = {(int(problem.pair_person[x]), int(problem.session_module[problem.pair_session[x]])) for x in plan.seats}
    refusals = rules.explain_refusals(problem, plan)
    listed = {(i, int(m)) for i in range(problem.people) for m in problem.shortlist[i] if m >= 0}
    assert {(r.person, r.module) for r in refusals} == listed - taken
    for r in refusals:
        assert r.code != explain.POSSIBLE, "a free seat that somebody could use was left"
        if r.code in BROKEN:
            added = np.append(plan.seats, pair_at[r.person, r.session])
            held = np.union1d(plan.held, [r.session])
            assert BROKEN[r.code] in {v.code for v in rules.check(problem, held, added)}
        if r.code == explain.HOURS:
            mine = plan.seats[problem.pair_person[plan.seats] == r.person]
            used = problem.module_hours[problem.session_module[problem.pair_session[mine]]].sum()
            assert r.yours == pytest.approx(used + problem.module_hours[r.module])
            assert r.theirs == problem.person_hours[r.person]
        if r.code in (explain.FORBIDDEN, explain.NOT_AVAILABLE, explain.LANGUAGE, explain.TRAVEL):
            assert (r.person, r.session) not in pair_at


@pytest.mark.parametrize("seed", SEEDS)
def test_refusals_recount_full_sessions_and_sessions_not_held(seed: int) -> None:
    problem, plan = _planned(seed)
    spent = problem.session_cost[plan.held].sum() + problem.pair_travel[plan.seats].sum()
    pair_at = {(int(i), int(s)): x for x, (i, s) in enumerate(zip(problem.pair_person, problem.pair_session, strict=True))}
    for r in rules.explain_refusals(problem, plan):
        if r.code == explain.NOT_NEEDED:
            mine = plan.seats[problem.pair_person[plan.seats] == r.person]
            got = problem.outcome[problem.session_module[problem.pair_session[mine]]].sum(0)
            more = np.minimum(got + problem.outcome[r.module], problem.gap[r.person]) - np.minimum(got, problem.gap[r.person])
            assert r.yours == pytest.approx(float((more * problem.weight[r.person]).sum()))
            assert r.yours <= 1e-4
        if r.code == explain.FULL:
            inside = [x for x in plan.seats if problem.pair_session[x] == r.session]
            assert len(inside) == problem.session_maximum[r.session]
            assert r.theirs == pytest.approx(min(plan.value - rules.plan_value(problem, _without(plan, x)) for x in inside))
            added = np.append(plan.seats, pair_at[r.person, r.session])
            assert r.yours == pytest.approx(rules.plan_value(problem, added) - plan.value)
        if r.code == explain.NOT_HELD:
            assert r.session not in plan.held
            if r.cause == explain.ATTENDANCE:
                assert r.yours < r.theirs == problem.session_minimum[r.session]
            elif r.cause == explain.BUDGET:
                assert r.theirs == pytest.approx(problem.budget - spent)
                assert problem.session_cost[r.session] <= r.yours
                assert r.yours > r.theirs
            elif r.cause == explain.OCCUPIED:
                codes = {v.code for v in rules.check(problem, [r.session, r.other], [])}
                assert codes & {"trainer_twice", "room_twice"}
            else:
                pytest.fail(f"a session that could be held was left: {r}")


def test_refusal_of_a_session_that_people_excluded_says_so() -> None:
    problem, plan = _planned(1)
    out = problem.pair_session[plan.seats[0]]
    again = dataclasses.replace(problem, pinned_not_held=[s for s in range(problem.sessions) if problem.session_module[s] == problem.session_module[out]])
    replanned = rules.solve(again, seed=1, moves=150)
    causes = {r.cause for r in rules.explain_refusals(again, replanned) if r.module == problem.session_module[out] and r.code == explain.NOT_HELD}
    assert causes == {explain.PINNED_OUT}
