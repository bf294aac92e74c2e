"""Decisions that cannot hold together are found, and nothing is named that is not needed for the contradiction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from handrail.planning import rules
from handrail.planning.rules import Part
from tests.planning.test_rules_check import _pairs, _problem


def test_conflicts_finds_nothing_where_the_pins_can_stand() -> None:
    assert rules.conflicts(_problem()) == []
    assert rules.conflicts(_problem(pinned_pairs=_pairs((0, 1)), pinned_held=[2], pinned_not_held=[4])) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pinned_held": [0], "pinned_not_held": [0]}, {Part("pin_held", 0), Part("pin_not_held", 0)}),
        ({"pinned_held": [0, 2, 4]}, {Part("pin_held", 0), Part("pin_held", 4), Part("trainer")}),
        ({"pinned_held": [0, 1, 2, 5]}, {Part("pin_held", 1), Part("pin_held", 5), Part("room")}),
        ({"pinned_held": [0, 2], "budget": 150.0}, {Part("pin_held", 0), Part("pin_held", 2), Part("budget")}),
        (
            {"pinned_pairs": _pairs((0, 2), (0, 3), (4, 0))},
            {Part("pin_seat", 2), Part("pin_seat", 3), Part("clash")},
        ),
        ({"pinned_pairs": _pairs((0, 1)), "pinned_not_held": [0, 3]}, {Part("pin_seat", 1), Part("pin_not_held", 0), Part("prerequisite")}),
        ({"pinned_pairs": _pairs((0, 2)), "person_hours": [5] * 6}, {Part("pin_seat", 2), Part("hours")}),
        ({"pinned_pairs": _pairs((0, 0), (0, 3))}, {Part("pin_seat", 0), Part("pin_seat", 3), Part("module_twice")}),
    ],
)
def test_conflicts_names_the_smallest_set(changes: dict[str, Any], expected: set[Part]) -> None:
    assert set(rules.conflicts(_problem(**changes))) == expected


def test_conflicts_finds_a_session_that_nobody_can_fill() -> None:
    alone = _problem(session_minimum=[2, 2, 2, 2, 2, 4], absence_limit=[1, 1], pinned_held=[5, 0])
    assert set(rules.conflicts(alone)) == {Part("pin_held", 5), Part("minimum"), Part("unit_absence")}


def test_conflicts_stay_a_conflict_only_as_a_whole() -> None:
    problem = _problem(pinned_pairs=_pairs((0, 2), (0, 3), (1, 2)), pinned_held=[1])
    found = rules.conflicts(problem)
    pins = [part.what for part in found if part.kind == "pin_seat"]
    assert pins
    for left_out in pins:
        kept = np.setdiff1d(problem.pinned_pairs, [left_out])
        assert rules.conflicts(_problem(pinned_pairs=kept, pinned_held=[1])) == []
