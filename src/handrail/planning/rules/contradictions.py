"""When decisions of people cannot hold together: the smallest set of pins and rules that contradict each other.

The set is found by a deletion filter: everything is taken away that can be taken away with the rest still contradictory. Whether a set
can hold is decided exactly, by a small integer program over the pinned sessions and what their people would need first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from handrail.planning.rules.instance import Problem

PIN_SEAT, PIN_HELD, PIN_NOT_HELD = "pin_seat", "pin_held", "pin_not_held"
RULES = ("minimum", "maximum", "unit_absence", "mixed_group", "trainer", "room", "budget", "module_twice", "hours", "clash", "prerequisite")


@dataclass(frozen=True, order=True)
class Part:
    """One part of a contradiction: a pin (with its pair or session) or a rule (with -1)."""

    kind: str
    what: int = -1


Row = tuple[list[tuple[int, float]], float, float]


class _Program:
    """Rows of a small integer program, each with the part that demands it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = p = problem
        pinned = {int(x) for x in p.pinned_pairs}
        sessions = {int(s) for s in p.pinned_held} | {int(s) for s in p.pinned_not_held} | {int(p.pair_session[x]) for x in pinned}
        wanted = {int(p.module_prerequisite[p.session_module[s]]) for s in sessions} - {-1}
        while True:  # what the people of these sessions may have to take first
            more = {int(p.module_prerequisite[m]) for m in wanted} - {-1} - wanted
            if not more:
                break
            wanted |= more
        sessions |= {int(s) for s in np.flatnonzero(np.isin(p.session_module, sorted(wanted)))}
        self.sessions = sorted(sessions)
        self.pairs = [int(x) for x in np.flatnonzero(np.isin(p.pair_session, self.sessions))]
        self.y = {s: len(self.pairs) + a for a, s in enumerate(self.sessions)}
        self.x = {pair: a for a, pair in enumerate(self.pairs)}
        self.rows: list[tuple[Part | None, Row]] = []
        for build in (self._sessions, self._packing, self._persons):
            self.rows.extend(build())
        for pair in sorted(pinned):
            self.rows.append((Part(PIN_SEAT, pair), ([(self.x[pair], 1.0)], 1.0, 1.0)))
        for s in sorted({int(s) for s in p.pinned_held}):
            self.rows.append((Part(PIN_HELD, s), ([(self.y[s], 1.0)], 1.0, 1.0)))
        for s in sorted({int(s) for s in p.pinned_not_held}):
            self.rows.append((Part(PIN_NOT_HELD, s), ([(self.y[s], 1.0)], 0.0, 0.0)))

    def _sessions(self) -> Iterator[tuple[Part | None, Row]]:
        p = self.problem
        members: dict[int, list[int]] = defaultdict(list)
        for pair in self.pairs:
            members[int(p.pair_session[pair])].append(self.x[pair])
        for s in self.sessions:
            seats = [(x, 1.0) for x in members[s]]
            for x, _ in seats:
                yield None, ([(x, 1.0), (self.y[s], -1.0)], -np.inf, 0.0)
            yield Part("minimum"), ([*seats, (self.y[s], -float(p.session_minimum[s]))], 0.0, np.inf)
            yield Part("maximum"), ([*seats, (self.y[s], -float(p.session_maximum[s]))], -np.inf, 0.0)
        for rule, whose in (("trainer", p.session_trainer), ("room", p.session_room)):
            at: dict[tuple[int, int], list[int]] = defaultdict(list)
            for s in self.sessions:
                if whose[s] >= 0:
                    for t in self._slots(s):
                        at[int(whose[s]), t].append(self.y[s])
            for together in at.values():
                if len(together) > 1:
                    yield Part(rule), ([(y, 1.0) for y in together], -np.inf, 1.0)

    def _slots(self, s: int) -> range:
        return range(int(self.problem.session_slot[s]), int(self.problem.session_slot[s] + self.problem.session_length[s]))

    def _packing(self) -> Iterator[tuple[Part | None, Row]]:
        p = self.problem
        groups: dict[tuple[str, int, int, int], list[int]] = defaultdict(list)
        for pair in self.pairs:
            i, s, x = int(p.pair_person[pair]), int(p.pair_session[pair]), self.x[pair]
            groups["module_twice", i, int(p.session_module[s]), 1].append(x)
            for t in self._slots(s):
                groups["clash", i, t, 1].append(x)
                unit = int(p.person_unit[i])
                groups["unit_absence", unit, t, int(p.absence_limit[unit, t])].append(x)
            if p.session_mixed[s]:
                for label in (int(p.person_municipality[i]), -1 - int(p.person_profession[i])):
                    groups["mixed_group", s, label, int(p.mixed_limit[s])].append(x)
        for (rule, _, _, limit), members in groups.items():
            if len(members) > limit:
                yield Part(rule), ([(x, 1.0) for x in members], -np.inf, float(limit))
        money = [(self.x[pair], float(p.pair_travel[pair])) for pair in self.pairs]
        yield Part("budget"), ([*money, *((self.y[s], float(p.session_cost[s])) for s in self.sessions)], -np.inf, float(p.budget))

    def _persons(self) -> Iterator[tuple[Part | None, Row]]:
        p = self.problem
        mine: dict[int, list[int]] = defaultdict(list)
        for pair in self.pairs:
            mine[int(p.pair_person[pair])].append(pair)
        for i, pairs in mine.items():
            module = {pair: int(p.session_module[p.pair_session[pair]]) for pair in pairs}
            hours = [(self.x[pair], float(p.module_hours[module[pair]])) for pair in pairs]
            yield Part("hours"), (hours, -np.inf, float(p.person_hours[i]))
            for pair in pairs:
                before = int(p.module_prerequisite[module[pair]])
                if before >= 0 and not p.prerequisite_met[i, module[pair]]:
                    start = int(p.session_slot[p.pair_session[pair]])
                    earlier = [(self.x[q], -1.0) for q in pairs if module[q] == before and self._slots(int(p.pair_session[q])).stop <= start]
                    yield Part("prerequisite"), ([(self.x[pair], 1.0), *earlier], -np.inf, 0.0)

    def parts(self) -> list[Part]:
        return sorted({part for part, _ in self.rows if part is not None}, key=lambda part: (part.kind in RULES, part))

    def can_hold(self, parts: Iterable[Part]) -> bool:
        """Some plan satisfies these pins and rules together."""
        kept = set(parts)
        rows = [row for part, row in self.rows if part is None or part in kept]
        width = len(self.pairs) + len(self.sessions)
        if not rows or width == 0:
            return True
        place = np.repeat(np.arange(len(rows)), [len(cells) for cells, _, _ in rows])
        column = np.array([c for cells, _, _ in rows for c, _ in cells], int)
        factor = np.array([f for cells, _, _ in rows for _, f in cells], float)
        matrix = csr_matrix((factor, (place, column)), (len(rows), width))
        limits = LinearConstraint(matrix, np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows]))
        answer = milp(np.zeros(width), constraints=limits, integrality=np.ones(width), bounds=Bounds(0, 1), options={"node_limit": 5000})
        return bool(answer.status != 2)  # 2: proven impossible; anything else is not called a contradiction


def conflicts(problem: Problem) -> list[Part]:
    """Find the smallest set of pins and rules that cannot hold together; an empty list means that the pins can be planned with."""
    program = _Program(problem)
    parts = program.parts()
    if program.can_hold(parts):
        return []
    return sorted(_delete([], parts, program.can_hold), key=lambda part: (part.kind in RULES, part))


def _delete(kept: list[Part], parts: Sequence[Part], can_hold: Callable[[Iterable[Part]], bool]) -> list[Part]:
    """What of `parts` is needed, beside `kept`, for the contradiction: halves are dropped while the rest still contradicts itself."""
    if not can_hold(kept):
        return []
    if len(parts) == 1:
        return list(parts)
    half = len(parts) // 2
    first, second = parts[:half], parts[half:]
    right = _delete([*kept, *first], second, can_hold)
    left = _delete([*kept, *right], first, can_hold)
    return [*left, *right]


__all__ = ["PIN_HELD", "PIN_NOT_HELD", "PIN_SEAT", "RULES", "Part", "conflicts"]
