"""Where everybody stands in a finished plan: seats, hours, absence and money, counted once for the explanations."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.plan import Plan

NO_GAIN = 1e-4  # less than this closes nothing; the search rounds the same way


class Standing:
    """A plan with the counts that its explanations quote."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        p = problem
        self.is_held = np.zeros(p.sessions, bool)
        self.is_held[plan.held] = True
        self.seats_of: dict[int, list[int]] = defaultdict(list)
        self.pairs_of: dict[int, list[int]] = defaultdict(list)
        self.pairs_in: dict[int, list[int]] = defaultdict(list)
        self.seated_in: dict[int, list[int]] = defaultdict(list)
        self.pair_at: dict[tuple[int, int], int] = {}
        for pair, (i, s) in enumerate(zip(p.pair_person.tolist(), p.pair_session.tolist(), strict=True)):
            self.pairs_of[i].append(pair)
            self.pairs_in[s].append(pair)
            self.pair_at[i, s] = pair
        self.hours: dict[int, float] = defaultdict(float)
        self.away = np.zeros((p.units, p.slots), np.int64)
        self.group: Counter[tuple[int, str, int]] = Counter()
        for pair in plan.seats.tolist():
            i, s = int(p.pair_person[pair]), int(p.pair_session[pair])
            self.seats_of[i].append(pair)
            self.seated_in[s].append(pair)
            self.hours[i] += float(p.module_hours[p.session_module[s]])
            self.away[p.person_unit[i], p.session_slot[s] : p.session_slot[s] + p.session_length[s]] += 1
            self.group[s, "municipality", int(p.person_municipality[i])] += 1
            self.group[s, "profession", int(p.person_profession[i])] += 1
        self.attendance = np.bincount(p.pair_session[plan.seats], minlength=p.sessions)
        self.spent = float(p.session_cost[plan.held].sum() + p.pair_travel[plan.seats].sum())
        self._least: dict[int, float] = {}
        self._reach: dict[int, tuple[int, float]] = {}
        self._need = p.unit_need

    def slots(self, session: int) -> range:
        start = int(self.problem.session_slot[session])
        return range(start, start + int(self.problem.session_length[session]))

    def overlap(self, one: int, other: int) -> bool:
        a, b = self.slots(one), self.slots(other)
        return a.start < b.stop and b.start < a.stop

    def levels(self, person: int, module: int, beside: list[int]) -> tuple[tuple[int, int, float], ...]:
        """Competence, levels and weighted levels that a module closes beside other seats."""
        p = self.problem
        other = [int(p.session_module[p.pair_session[pair]]) for pair in beside]
        more = self._closed(person, [*other, module]) - self._closed(person, other)
        return tuple((int(c), int(more[c]), float(more[c] * p.weight[person, c])) for c in np.flatnonzero(more))

    def _closed(self, person: int, modules: list[int]) -> Array:
        """Levels that modules close together: up to where they lead, and never more than the gap."""
        p = self.problem
        outcome, room = p.outcome[modules], np.maximum(0, p.leads_to[modules] - p.level[person])
        together = np.minimum(outcome, room).sum(0), np.where(outcome > 0, room, 0).max(0, initial=0)
        return np.asarray(np.minimum(np.minimum(*together), p.gap[person]))

    def gain(self, person: int, module: int, beside: list[int]) -> float:
        """Weighted levels a module closes beside other seats."""
        return sum(weighted for _, _, weighted in self.levels(person, module, beside))

    def _unit_points(self, unit: int, closed: float) -> float:
        left, worth = closed, 0.0
        for omega, width in zip(self.problem.omega, self.problem.width, strict=True):
            step = min(max(left, 0.0), float(self._need[unit] * width))
            worth += float(omega) * step
            left -= step
        return worth

    def points_lost(self, person: int, gain: float) -> float:
        """Points the plan would lose without so much of a person's gain."""
        unit = int(self.problem.person_unit[person])
        closed = float(self.plan.closed_by_unit[unit])
        return self._unit_points(unit, closed) - self._unit_points(unit, closed - gain)

    def points_won(self, person: int, gain: float) -> float:
        """Points the plan would win with so much more for a person."""
        unit = int(self.problem.person_unit[person])
        closed = float(self.plan.closed_by_unit[unit])
        return self._unit_points(unit, closed + gain) - self._unit_points(unit, closed)

    def least_points(self, session: int) -> float:
        """Points of the person admitted last: whose seat in this session the plan would miss least."""
        if session not in self._least:
            p = self.problem
            lost = []
            for pair in self.seated_in[session]:
                i = int(p.pair_person[pair])
                rest = [x for x in self.seats_of[i] if x != pair]
                lost.append(self.points_lost(i, self.gain(i, int(p.session_module[session]), rest)))
            self._least[session] = min(lost, default=0.0)
        return self._least[session]

    def prerequisite_done(self, person: int, session: int, seats: list[int]) -> bool:
        """The module's prerequisite is met already, or one of the seats ends before this session starts."""
        p = self.problem
        module = int(p.session_module[session])
        before = int(p.module_prerequisite[module])
        if before < 0 or p.prerequisite_met[person, module]:
            return True
        return any(
            p.session_module[p.pair_session[x]] == before and self.slots(int(p.pair_session[x])).stop <= p.session_slot[session] for x in seats
        )

    def mixed(self, person: int, session: int) -> bool:
        """Group work has room for one more of this municipality and this profession."""
        p = self.problem
        limit = int(p.mixed_limit[session])
        labels = (("municipality", int(p.person_municipality[person])), ("profession", int(p.person_profession[person])))
        return all(self.group[session, name, label] < limit for name, label in labels)

    def fits_instead(self, pair: int, given_up: int) -> bool:
        """Every rule would allow this seat if the person gave up the other one."""
        p = self.problem
        i, s, old = int(p.pair_person[pair]), int(p.pair_session[pair]), int(p.pair_session[given_up])
        rest = [x for x in self.seats_of[i] if x != given_up]
        module = p.session_module[s]
        if any(p.session_module[p.pair_session[x]] == module or self.overlap(s, int(p.pair_session[x])) for x in rest):
            return False
        hours = self.hours[i] - float(p.module_hours[p.session_module[old]]) + float(p.module_hours[module])
        if hours > float(p.person_hours[i]) + 1e-9 or not self.prerequisite_done(i, s, rest):
            return False
        later = [*rest, pair]
        if not all(self.prerequisite_done(i, int(p.pair_session[x]), later) for x in rest):
            return False
        free = set(self.slots(old))
        unit = int(p.person_unit[i])
        if any(self.away[unit, t] - (t in free) + 1 > p.absence_limit[unit, t] for t in self.slots(s)):
            return False
        if self.attendance[s] >= p.session_maximum[s] or (p.session_mixed[s] and not self.mixed(i, s)):
            return False
        return bool(self.spent - p.pair_travel[given_up] + p.pair_travel[pair] <= p.budget + 1e-9)

    def reachable(self, session: int) -> tuple[int, float]:
        """How many people a session not held could seat beside their seats in the plan, those who gain most first; and their travel."""
        if session in self._reach:
            return self._reach[session]
        p = self.problem
        module = int(p.session_module[session])
        hopeful = [(self.gain(int(p.pair_person[x]), module, self.seats_of[int(p.pair_person[x])]), x) for x in self.pairs_in[session]]
        away: Counter[int] = Counter()
        group: Counter[tuple[str, int]] = Counter()
        people, travel = 0, 0.0
        for gain, pair in sorted(hopeful, key=lambda item: (-item[0], item[1])):
            i = int(p.pair_person[pair])
            unit, seats = int(p.person_unit[i]), self.seats_of[i]
            if gain <= NO_GAIN or people >= p.session_maximum[session]:
                break
            if any(p.session_module[p.pair_session[x]] == module or self.overlap(session, int(p.pair_session[x])) for x in seats):
                continue
            if self.hours[i] + float(p.module_hours[module]) > float(p.person_hours[i]) + 1e-9 or not self.prerequisite_done(i, session, seats):
                continue
            if any(self.away[unit, t] + away[unit] + 1 > p.absence_limit[unit, t] for t in self.slots(session)):
                continue
            labels = (("municipality", int(p.person_municipality[i])), ("profession", int(p.person_profession[i])))
            if p.session_mixed[session] and any(group[label] >= p.mixed_limit[session] for label in labels):
                continue
            away[unit] += 1
            group.update(labels)
            people += 1
            travel += float(p.pair_travel[pair])
        self._reach[session] = people, travel
        return self._reach[session]
