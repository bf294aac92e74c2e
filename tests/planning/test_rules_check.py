"""The check of hard rules finds every violation that is planted, and only that one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from handrail.planning import rules

# Sessions: 0 lecture m0 slot 0 · 1 lecture m1 slot 2 · 2 group work m2 slots 4-5 · 3 lecture m0 slot 5 · 4 lecture m3 slot 0, same trainer
# as 0 · 5 lecture m3 slot 2, same room as 1. Module 1 needs module 0. Six people, units of three, everybody may attend everything.
PEOPLE, SESSIONS = 6, 6


def _problem(**changes: Any) -> rules.Problem:
    values: dict[str, Any] = {
        "slots": 6, "budget": 700.0, "person_unit": [0, 0, 0, 1, 1, 1], "person_municipality": [0, 0, 0, 1, 1, 1],
        "person_profession": [0, 1, 2, 0, 1, 2], "person_hours": [9] * PEOPLE, "gap": np.full((PEOPLE, 4), 2), "weight": np.ones((PEOPLE, 4)),
        "outcome": np.eye(4, dtype=int), "module_hours": [3, 3, 6, 3], "module_prerequisite": [-1, 0, -1, -1],
        "prerequisite_met": np.zeros((PEOPLE, 4), bool), "shortlist": [[0, 1, 2, 3]] * PEOPLE, "session_module": [0, 1, 2, 0, 3, 3],
        "session_slot": [0, 2, 4, 5, 0, 2], "session_length": [1, 1, 2, 1, 1, 1], "session_minimum": [2] * SESSIONS,
        "session_maximum": [4] * SESSIONS, "session_cost": [100.0] * SESSIONS, "session_trainer": [0, 1, 2, 3, 0, 4],
        "session_room": [0, 1, 2, 3, 4, 1], "session_mixed": [False, False, True, False, False, False],
        "pair_person": np.repeat(np.arange(PEOPLE), SESSIONS), "pair_session": np.tile(np.arange(SESSIONS), PEOPLE),
        "pair_travel": np.ones(PEOPLE * SESSIONS), "absence_limit": [2, 2], "mixed_share": 0.5,
    }  # fmt: skip
    values.update(changes)
    return rules.Problem(**values)


def _pairs(*seats: tuple[int, int]) -> list[int]:
    return [person * SESSIONS + session for person, session in seats]


GOOD = ([0, 1], _pairs((0, 0), (3, 0), (0, 1), (3, 1)))


def _codes(problem: rules.Problem, plan: tuple[list[int], list[int]]) -> set[str]:
    return {violation.code for violation in rules.check(problem, *plan)}


def test_check_finds_nothing_in_a_good_plan() -> None:
    assert rules.check(_problem(), *GOOD) == []


@pytest.mark.parametrize(
    ("code", "plan", "changes"),
    [
        ("below_minimum", ([0], _pairs((0, 0))), {}),
        ("above_maximum", ([0], _pairs((0, 0), (1, 0), (3, 0), (4, 0), (5, 0))), {"absence_limit": [3, 3]}),
        ("not_held", ([], _pairs((0, 0), (3, 0))), {}),
        ("unit_absence", ([0], _pairs((0, 0), (1, 0), (2, 0))), {}),
        ("mixed_municipality", ([2], _pairs((0, 2), (1, 2), (2, 2))), {"absence_limit": [3, 3]}),
        ("mixed_profession", ([2], _pairs((0, 2), (1, 2), (3, 2))), {"person_profession": [0] * PEOPLE}),
        ("trainer_twice", ([0, 4], _pairs((0, 0), (3, 0), (1, 4), (4, 4))), {}),
        ("room_twice", ([0, 1, 5], _pairs((0, 0), (3, 0), (0, 1), (3, 1), (1, 5), (4, 5))), {}),
        ("budget", GOOD, {"budget": 203.9}),
        ("module_twice", ([0, 3], _pairs((0, 0), (3, 0), (0, 3), (3, 3))), {}),
        ("hours", GOOD, {"person_hours": [5, 9, 9, 9, 9, 9]}),
        ("clash", ([2, 3], _pairs((0, 2), (3, 2), (0, 3), (3, 3))), {}),
        ("prerequisite", ([1], _pairs((0, 1), (3, 1))), {}),
        ("prerequisite", ([1, 3], _pairs((0, 1), (3, 1), (0, 3), (3, 3))), {}),
        ("pin_seat", GOOD, {"pinned_pairs": _pairs((1, 0))}),
        ("pin_held", GOOD, {"pinned_held": [2]}),
        ("pin_not_held", GOOD, {"pinned_not_held": [1]}),
        ("session_twice", ([0, 0, 1], GOOD[1]), {}),
        ("seat_twice", (GOOD[0], [*GOOD[1], GOOD[1][0]]), {"person_hours": [20] * PEOPLE}),
        ("unknown_session", ([6], []), {}),
        ("unknown_pair", ([], [PEOPLE * SESSIONS]), {}),
    ],
)
def test_check_finds_the_planted_violation(code: str, plan: tuple[list[int], list[int]], changes: dict[str, Any]) -> None:
    found = _codes(_problem(**changes), plan)
    assert code in found
    if code != "seat_twice":  # a seat given twice breaks other rules as well
        assert found == {code}


def test_check_accepts_the_prerequisite_that_is_already_met() -> None:
    met = np.ones((PEOPLE, 4), bool)
    assert rules.check(_problem(prerequisite_met=met), [1], _pairs((0, 1), (3, 1))) == []


def test_check_says_it_in_words_with_numbers() -> None:
    (violation,) = rules.check(_problem(), [0], _pairs((0, 0)))
    assert violation.words == "fewer people than the minimum (session 0): 1, allowed 2"
    assert (violation.found, violation.allowed, violation.where) == (1, 2, (("session", 0),))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pair_session", np.tile([0, 1, 2, 3, 4, 6], PEOPLE)),
        ("session_maximum", [1] * SESSIONS),
        ("session_length", [1, 1, 3, 1, 1, 1]),
        ("module_prerequisite", [0, 0, -1, -1]),
        ("shortlist", [[0, 0, 2, 3]] * PEOPLE),
        ("pair_person", np.zeros(PEOPLE * SESSIONS, int)),
        ("budget", -1.0),
        ("budget", float("nan")),
        ("person_hours", [9] * 5),
        ("weight", -np.ones((PEOPLE, 4))),
        ("omega", [0.5, 1.0, 2.0]),
        ("width", [0.5, 0.5, 0.5]),
        ("slots", 0),
    ],
)
def test_problem_names_the_field_that_cannot_be_used(field: str, value: Any) -> None:
    with pytest.raises(rules.ProblemError) as caught:
        _problem(**{field: value})
    assert caught.value.field == field


def test_problem_refuses_a_pair_outside_the_shortlist() -> None:
    with pytest.raises(rules.ProblemError, match="not on the person's shortlist"):
        _problem(shortlist=[[0, 1, 2, -1]] * PEOPLE)
