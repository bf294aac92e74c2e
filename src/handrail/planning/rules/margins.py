"""What hangs on the money and on the weights: asked of a finished plan, without moving anybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from handrail.planning.rules.bound import Bounds
from handrail.planning.rules.cancelled import open_more
from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.plan import plan_value
from handrail.planning.rules.repair import take_up
from handrail.planning.rules.state import empty_state, held_of, seats_of
from handrail.planning.rules.tables import Data, lay_out


@dataclass(frozen=True, eq=False, kw_only=True)
class MoreMoney:
    """What so much more money would add to a plan as it is."""

    extra: float
    points: float
    opened: Array  # sessions
    added: Array  # pairs


def with_more_money(problem: Problem, *, held: Array, seats: Array, extras: Iterable[float]) -> list[MoreMoney]:
    """Open the sessions that more money would pay, where nobody loses a seat by it. A lower estimate: a plan made anew may do better."""
    data, found, before = lay_out(problem), [], plan_value(problem, seats)
    for extra in extras:
        richer: Data = data._replace(budget=data.budget + extra)
        state = empty_state(richer, problem.people, problem.units)
        take_up(richer, state, np.asarray(held, np.int64), np.asarray(seats, np.int64))
        open_more(problem, richer, state, np.ones(problem.people, np.int64), 0.0)
        now = seats_of(state)
        found.append(MoreMoney(
            extra=extra, points=plan_value(problem, now) - before, opened=np.setdiff1d(held_of(state), held), added=np.setdiff1d(now, seats),
        ))  # fmt: skip
    return found


def room_with_weights(problem: Problem, seats: Array, factor: Array) -> float:
    """By which share of its value some plan could be better than this one, at most, if competences counted `factor` times as much."""
    other = replace(problem, weight=problem.weight * factor[None, :])
    bounds = Bounds(other, lay_out(other))
    bounds.price_resources()
    bounds.price_pairs()
    value = plan_value(other, seats)
    return bounds.best / value - 1.0 if value > 0 else 0.0
