"""What a plan's screen says in figures, counted from the finished plan."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from handrail.planning import rules
from handrail.planning.queries.basis import Basis


def facts_of(basis: Basis, answer: rules.Plan) -> dict[str, Any]:
    """Steps closed of the steps missing (one step: one level of one competence of one person), people, time, money; by municipality.

    Minutes count the sessions' modules once for each seat. Money is in the programme's currency.
    """
    problem, seats = basis.problem, answer.seats
    session = problem.pair_session[seats]
    closed = rules.levels_closed(problem, problem.pair_person[seats], problem.session_module[session]).sum(1)
    missing = problem.gap.sum(1)
    places: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for index, unit in enumerate(problem.person_unit):
        row = places[basis.units[int(unit)][0]]
        row[0] += int(closed[index])
        row[1] += int(missing[index])
        row[2] += int(missing[index] > 0)
    need = problem.unit_need
    shares = answer.closed_by_unit[need > 0] / need[need > 0]
    hours = float(problem.module_hours[problem.session_module[session]].sum()) if len(seats) else 0.0
    return {
        "closed": int(closed.sum()), "need": int(missing.sum()), "people": len(np.unique(problem.pair_person[seats])), "people_in_need": problem.people,
        "units": len(np.unique(problem.person_unit[problem.pair_person[seats]])), "seats": len(seats), "minutes": round(hours * 60),
        "cost": round(float(problem.session_cost[answer.held].sum() + problem.pair_travel[seats].sum()), 2), "budget": problem.budget,
        "sessions": len(answer.held), "candidates": problem.sessions, "room_for_better": answer.room_for_better,
        "units_mean": float(shares.mean()) if len(shares) else 0.0, "units_tenth": float(np.quantile(shares, 0.1)) if len(shares) else 0.0,
        "organisations": {str(key): row for key, row in sorted(places.items())},
    }  # fmt: skip
