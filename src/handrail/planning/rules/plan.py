"""A finished plan, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handrail.planning.rules.instance import Array, Problem

VERSION = "handrail-planner 1.0"  # raise it when the same seed and data no longer give the same plan


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan:
    """Which sessions to hold and who takes a seat, with its value, what it leaves open and how it can be computed again."""

    held: Array  # session codes, ascending
    seats: Array  # pair indices, ascending
    value: float  # points: weighted levels, a unit's first ones counting most
    closed_by_unit: Array  # weighted levels closed in each unit
    bound: float  # no plan at all can be worth more
    seed: int
    moves: int  # moves made; fewer than asked for when stopped
    cpu_seconds: float
    digest: str  # of the data
    version: str = VERSION
    stopped: bool = False

    @property
    def gap(self) -> float:
        """How far the value lies below the bound, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    @property
    def room_for_better(self) -> float:
        """No plan can be better than this one by more than this share of its value."""
        return self.bound / self.value - 1.0 if self.value > 0 else 0.0


def levels_closed(problem: Problem, persons: Array, modules: Array) -> Array:
    """Levels closed by [person, competence] when these persons take these modules, pair by pair.

    A module adds its levels up to where it leads, several add up to the highest of them, and none closes more than the gap.
    """
    outcome, leads_to = problem.outcome[modules], problem.leads_to[modules]
    room = np.maximum(0, leads_to - problem.level[persons])
    gained, highest = np.zeros(problem.gap.shape, np.int64), np.zeros(problem.gap.shape, np.int64)
    np.add.at(gained, persons, np.minimum(outcome, room))
    np.maximum.at(highest, persons, np.where(outcome > 0, room, 0))
    return np.asarray(np.minimum(np.minimum(gained, highest), problem.gap))


def closed_by_person(problem: Problem, seats: Array) -> Array:
    """Weighted levels each person closes: per competence never more than the gap, and never beyond where the modules lead."""
    closed = levels_closed(problem, problem.pair_person[seats], problem.session_module[problem.pair_session[seats]])
    return np.asarray((closed * problem.weight).sum(axis=1))


def closed_by_unit(problem: Problem, seats: Array) -> Array:
    """Weighted levels closed in each unit."""
    return np.bincount(problem.person_unit, closed_by_person(problem, seats), minlength=problem.units)


def points(problem: Problem, closed: Array) -> Array:
    """Worth of the closed levels of each unit: its first part of need counts most, the last part least."""
    need = problem.unit_need
    share = closed / np.maximum(need, 1e-9)
    worth, start = np.zeros(problem.units), 0.0
    for omega, width in zip(problem.omega, problem.width, strict=True):
        worth += omega * np.clip(share - start, 0.0, width)
        start += width
    return worth * need


def plan_value(problem: Problem, seats: Array) -> float:
    """Points of all units together."""
    return float(points(problem, closed_by_unit(problem, seats)).sum())
