"""What a plan's screen says in figures, counted from the finished plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from handrail.planning import rules
from handrail.planning.queries.basis import Basis

# What is asked of more money: 500, 2,000 and 10,000 euro (issue 3: "what 500 EUR more would close"), in round sums of the currency.
AMOUNTS = {"EUR": (500.0, 2000.0, 10000.0), "SEK": (5000.0, 20000.0, 100000.0)}


def facts_of(basis: Basis, answer: rules.Plan) -> dict[str, Any]:
    """Steps closed of the steps missing (one step: one level of one competence of one person), people, time, money; by municipality.

    Minutes count the sessions' modules once for each seat. Money is in the programme's currency.
    """
    problem, seats = basis.problem, answer.seats
    session, closed = problem.pair_session[seats], _steps(problem, seats)
    missing = problem.gap.sum(1)
    places: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for index, unit in enumerate(problem.person_unit):
        row = places[basis.units[int(unit)][0]]
        row[0] += int(closed[index])
        row[1] += int(missing[index])
        row[2] += int(missing[index] > 0)
    groups = {"by_profession": _groups(problem.person_profession, closed, missing, basis.professions), "by_unit": _groups(problem.person_unit, closed, missing, basis.units)}
    need = problem.unit_need
    shares = answer.closed_by_unit[need > 0] / need[need > 0]
    hours = float(problem.module_hours[problem.session_module[session]].sum()) if len(seats) else 0.0
    return {
        "closed": int(closed.sum()), "need": int(missing.sum()), "people": len(np.unique(problem.pair_person[seats])), "people_in_need": problem.people,
        "units": len(np.unique(problem.person_unit[problem.pair_person[seats]])), "seats": len(seats), "minutes": round(hours * 60),
        "cost": round(float(problem.session_cost[answer.held].sum() + problem.pair_travel[seats].sum()), 2), "budget": problem.budget,
        "sessions": len(answer.held), "candidates": problem.sessions,
        "room_for_better": answer.room_for_better if answer.bound else None,  # no bound is worked out for what starts from what stands
        "units_mean": float(shares.mean()) if len(shares) else 0.0, "units_tenth": float(np.quantile(shares, 0.1)) if len(shares) else 0.0,
        "organisations": {str(key): row for key, row in sorted(places.items())}, **groups,
    }  # fmt: skip


def _steps(problem: rules.Problem, seats: Any) -> Any:
    """Steps that each person closes with these seats."""
    return rules.levels_closed(problem, problem.pair_person[seats], problem.session_module[problem.pair_session[seats]]).sum(1)


def _groups(codes: Any, closed: Any, missing: Any, names: Sequence[Any]) -> list[list[Any]]:
    """Name, steps closed, steps missing and people in need of each group, in the order of its code."""
    return [
        [names[code], int(closed[codes == code].sum()), int(missing[codes == code].sum()), int((missing[codes == code] > 0).sum())]
        for code in range(len(names))
    ]


def as_today(basis: Basis) -> rules.Plan:
    """What is planned today (a session called off since then among it), as if a plan had proposed it."""
    return rules.Plan(
        held=basis.held, seats=basis.seats, value=rules.plan_value(basis.problem, basis.seats), closed_by_unit=rules.closed_by_unit(basis.problem, basis.seats),
        bound=0.0, seed=0, moves=0, cpu_seconds=0.0, digest="",
    )  # fmt: skip


def more_money(basis: Basis, answer: rules.Plan, currency: str) -> list[dict[str, Any]]:
    """What more money would add to a plan as it is: amount, steps, people, sessions, and the municipalities of those people."""
    problem, found = basis.problem, []
    before = _steps(problem, answer.seats)
    for one in rules.with_more_money(problem, held=answer.held, seats=answer.seats, extras=AMOUNTS.get(currency, AMOUNTS["EUR"])):
        persons = problem.pair_person[one.added]
        found.append({
            "extra": one.extra, "steps": int((_steps(problem, np.union1d(answer.seats, one.added)) - before).sum()), "people": len(np.unique(persons)), "sessions": len(one.opened),
            "organisations": sorted({basis.units[int(problem.person_unit[i])][0] for i in persons}),
        })  # fmt: skip
    return found
