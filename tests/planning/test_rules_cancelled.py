"""Answers to cancellations on generated problems: every rule holds, few people move, and nothing within the notice period."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from handrail.planning import rules
from tests.planning.instances import roomy, small


def planned(seed: int) -> tuple[rules.Problem, rules.Plan, Any]:
    """A problem, its plan, and two held sessions to call off."""
    problem = small(seed, people=60, sessions=18)
    plan = rules.solve(problem, seed=seed, moves=400)
    return problem, plan, np.sort(np.random.default_rng(seed).choice(plan.held, min(2, len(plan.held)), replace=False))


@pytest.mark.parametrize("seed", range(6))
def test_every_answer_keeps_the_rules_and_says_whom_it_touches(seed: int) -> None:
    problem, plan, cancelled = planned(seed)
    frozen = np.flatnonzero(problem.session_slot < problem.slots // 4)
    cancelled = np.setdiff1d(cancelled, frozen)
    if not len(cancelled):
        cancelled = np.setdiff1d(plan.held, frozen)[:1]
    found = rules.replan(problem, held=plan.held, seats=plan.seats, cancelled=cancelled, frozen=frozen, seed=seed)
    lost = set(problem.pair_person[plan.seats[np.isin(problem.pair_session[plan.seats], cancelled)]].tolist())
    assert set(found.lost_people.tolist()) == lost
    assert found.old_value == pytest.approx(plan.value)
    for one in found.answers:
        assert not rules.check(replace(problem, pinned_not_held=cancelled), one.held, one.seats)
        moved = np.setxor1d(one.seats, plan.seats)
        assert set(one.touched.tolist()) == set(problem.pair_person[moved].tolist()) >= lost
        assert not np.isin(problem.pair_session[moved], frozen).any(), "nobody is moved within the notice period"
        assert one.value == pytest.approx(rules.plan_value(problem, one.seats))


@pytest.mark.parametrize("seed", range(6))
def test_free_seats_within_the_notice_period_are_given_to_nobody(seed: int) -> None:
    """Almost everybody could sit somewhere else as well: in the later half they may, in the earlier half nothing changes."""
    problem = roomy(seed)
    plan = rules.solve(problem, seed=seed, moves=200)
    # the plan leaves a third of its seats empty, so that there is room for those who lose theirs
    seats = plan.seats[np.random.default_rng(seed).random(len(plan.seats)) < 0.66]
    frozen = np.flatnonzero(problem.session_slot < problem.slots // 2)
    cancelled = np.setdiff1d(plan.held, frozen)[:2]
    found = rules.replan(problem, held=plan.held, seats=seats, cancelled=cancelled, frozen=frozen, seed=seed)
    for one in found.answers:
        assert not np.isin(problem.pair_session[np.setxor1d(one.seats, seats)], frozen).any()
        assert not np.isin(np.setxor1d(one.held, plan.held), frozen).any()


@pytest.mark.parametrize("seed", range(3))
def test_answers_come_from_the_fewest_touched_to_the_most_closed_and_the_same_again(seed: int) -> None:
    problem, plan, cancelled = planned(seed)
    asked = {"held": plan.held, "seats": plan.seats, "cancelled": cancelled, "frozen": plan.held[:0], "seed": seed}
    first, again = rules.replan(problem, **asked), rules.replan(problem, **asked)
    assert [len(one.touched) for one in first.answers] == sorted(len(one.touched) for one in first.answers)
    assert [one.value for one in first.answers] == sorted(one.value for one in first.answers)
    assert [one.seats.tolist() for one in first.answers] == [one.seats.tolist() for one in again.answers]


def test_the_first_answer_moves_only_those_who_lost_a_seat() -> None:
    for seed in range(4):
        problem, plan, cancelled = planned(seed)
        first = rules.replan(problem, held=plan.held, seats=plan.seats, cancelled=cancelled, frozen=plan.held[:0], seed=seed, moves=0).answers[0]
        lost = problem.pair_person[plan.seats[np.isin(problem.pair_session[plan.seats], cancelled)]]
        attending = np.bincount(problem.pair_session[plan.seats], minlength=problem.sessions)
        emptied = (attending[plan.held] - np.bincount(problem.pair_session[first.seats], minlength=problem.sessions)[plan.held]) > 0
        if not emptied[~np.isin(plan.held, cancelled)].any():
            assert set(first.touched.tolist()) <= set(lost.tolist())


def test_what_people_agreed_on_beyond_the_limits_stands() -> None:
    """A unit lets more people go than its limit says: the plan as it stands is no fault of an answer."""
    problem, plan, cancelled = planned(1)
    tight = replace(problem, absence_limit=np.zeros_like(problem.absence_limit), person_hours=np.zeros(problem.people))
    relaxed = rules.as_it_stands(tight, plan.held, plan.seats)
    assert not rules.check(relaxed, plan.held, plan.seats) and rules.check(tight, plan.held, plan.seats)
    for one in rules.replan(tight, held=plan.held, seats=plan.seats, cancelled=cancelled, frozen=plan.held[:0]).answers:
        assert not np.setdiff1d(one.seats, plan.seats).size or not rules.check(relaxed, one.held, one.seats)


def test_more_money_never_closes_less_and_keeps_every_seat() -> None:
    problem, plan, _cancelled = planned(2)
    found = rules.with_more_money(problem, held=plan.held, seats=plan.seats, extras=(0.0, 1000.0, 50_000.0))
    assert [one.points for one in found] == sorted(one.points for one in found)
    for one in found:
        richer = replace(problem, budget=problem.budget + one.extra)
        assert not rules.check(richer, np.union1d(plan.held, one.opened), np.union1d(plan.seats, one.added))


def test_other_weights_leave_more_room_than_the_plans_own() -> None:
    problem, plan, _cancelled = planned(3)
    same = rules.room_with_weights(problem, plan.seats, np.ones(problem.competences))
    assert same >= -1e-9
    factor = np.ones(problem.competences)
    factor[0] = 3.0
    assert rules.room_with_weights(problem, plan.seats, factor) >= 0
