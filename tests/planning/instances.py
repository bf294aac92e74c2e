"""Small random planning problems that know every rule: travel, group work, prerequisites, tight units and a tight budget."""

from __future__ import annotations

from typing import Any

import numpy as np

from handrail.planning import rules


def small(seed: int, people: int = 24, sessions: int = 9, **changes: Any) -> rules.Problem:
    """A consortium of a few dozen people; the same seed gives the same problem."""
    rng = np.random.default_rng(seed)
    competences, modules, slots, units = 4, 5, 12, 4
    unit = np.sort(rng.integers(0, units, people))
    gap = rng.integers(0, 3, (people, competences))
    weight = rng.integers(1, 4, (people, competences)) * (gap > 0)
    outcome = np.zeros((modules, competences), int)
    outcome[np.arange(modules), np.arange(modules) % competences] = rng.integers(1, 3, modules)
    outcome[rng.integers(0, modules), rng.integers(0, competences)] = 1
    hours = np.array([3, 3, 6, 3, 2])
    shortlist = rules.shortlist_by_gap_per_hour(gap, weight, outcome, hours, size=4)
    module = rng.integers(0, modules, sessions)
    length = np.where(module == 2, 2, 1)
    maximum = rng.integers(4, 9, sessions)
    needed = (shortlist[:, :, None] == module[None, None]).any(1)
    person, session = np.nonzero(needed & (rng.random((people, sessions)) < 0.8))
    cost = rng.uniform(80, 120, sessions)
    values: dict[str, Any] = {
        "slots": slots, "budget": 0.6 * cost.sum(), "person_unit": unit, "person_municipality": unit // 2,
        "person_profession": rng.integers(0, 3, people), "person_hours": rng.choice([3, 6, 9, 12], people), "gap": gap, "weight": weight,
        "outcome": outcome, "module_hours": hours, "module_prerequisite": np.array([-1, 0, -1, -1, -1]),
        "prerequisite_met": rng.random((people, modules)) < 0.3, "shortlist": shortlist, "session_module": module,
        "session_slot": rng.integers(0, slots - 1, sessions), "session_length": length, "session_minimum": np.minimum(3, maximum),
        "session_maximum": maximum, "session_cost": cost, "session_trainer": rng.integers(0, 3, sessions),
        "session_room": rng.integers(-1, 3, sessions), "session_mixed": module == 2, "pair_person": person, "pair_session": session,
        "pair_travel": rng.uniform(0, 5, len(person)),
        "absence_limit": rules.absence_limits(np.bincount(unit, minlength=units), 0.4),
    }  # fmt: skip
    values.update(changes)
    return rules.Problem(**values)


def roomy(seed: int, **changes: Any) -> rules.Problem:
    """Many sessions, money and free seats for few people: almost everybody could sit somewhere else as well."""
    sessions = 16
    wide = {"budget": 1e6, "absence_limit": np.full(4, 8), "session_trainer": np.full(sessions, -1), "session_room": np.full(sessions, -1),
            "session_minimum": np.ones(sessions, int), "session_maximum": np.full(sessions, 12), "person_hours": np.full(14, 9)}  # fmt: skip
    return small(seed, people=14, sessions=sessions, **(wide | changes))
