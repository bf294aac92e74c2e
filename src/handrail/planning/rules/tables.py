"""The problem laid out for the search: who is in which session's list, which resource each pair uses, the value of every subset."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.jit import compiled


class Data(NamedTuple):
    """Read-only arrays of the search; everything is an index."""

    person: Array  # of each pair
    session: Array
    position: Array  # place of the pair's module on the person's shortlist
    travel: Array
    person_start: Array  # pairs of a person: person_pairs[person_start[i]:person_start[i+1]]
    person_pairs: Array
    session_start: Array
    session_pairs: Array
    municipality_cell: Array  # of each pair in group work, else -1
    profession_cell: Array
    cell_limit: Array
    cell_session: Array
    unit: Array
    slot: Array
    length: Array
    minimum: Array
    maximum: Array
    cost: Array
    conflict_start: Array  # sessions that share a trainer or a room at the same time
    conflict: Array
    near_start: Array  # sessions that compete for the same people, closest first
    near: Array
    value: Array  # [person, subset of shortlist] weighted levels closed
    allowed: Array  # [person, subset] hours and prerequisites fit
    needs: Array  # [person, position] position of the missing prerequisite, -1 none
    needed_by: Array  # [person, position] subset of positions that need this one
    absence: Array  # [unit * slots + slot]
    need: Array  # of each unit
    omega: Array
    width: Array
    pair_pinned: Array
    session_pin: Array  # 1 held, -1 not held, 0 free
    budget: float
    slots: int


@compiled
def _subset_values(
    shortlist: Array, gap: Array, weight: Array, hours: Array, limit: Array, start: Array, what: Array, level: Array, needs: Array,
    value: Array, allowed: Array,
) -> None:  # fmt: skip
    people, size = shortlist.shape
    for i in range(people):
        allowed[i, 0] = True
        for subset in range(1, 1 << size):
            top = 0
            while subset >> (top + 1):
                top += 1
            rest = subset & ~(1 << top)
            m = shortlist[i, top]
            if m < 0:
                continue
            worth = value[i, rest]
            for a in range(start[m], start[m + 1]):
                c = what[a]
                got = 0
                for k in range(top):
                    if rest >> k & 1 and shortlist[i, k] >= 0:
                        for b in range(start[shortlist[i, k]], start[shortlist[i, k] + 1]):
                            if what[b] == c:
                                got += level[b]
                worth += weight[i, c] * (min(got + level[a], gap[i, c]) - min(got, gap[i, c]))
            value[i, subset] = worth
            spent = 0.0
            fits = True
            for k in range(size):
                if subset >> k & 1:
                    if shortlist[i, k] < 0:
                        fits = False
                    else:
                        spent += hours[shortlist[i, k]]
                        if needs[i, k] == -2 or (needs[i, k] >= 0 and not subset >> needs[i, k] & 1):
                            fits = False
            allowed[i, subset] = fits and spent <= limit[i] + 1e-9


@compiled
def _shared_people(
    session_start: Array, session_pairs: Array, person: Array, person_start: Array, person_pairs: Array, session: Array, shared: Array,
    row: int,
) -> None:  # fmt: skip
    for a in range(session_start[row], session_start[row + 1]):
        i = person[session_pairs[a]]
        for b in range(person_start[i], person_start[i + 1]):
            shared[session[person_pairs[b]]] += 1


def _grouped(keys: Array, groups: int) -> tuple[Array, Array]:
    order = np.argsort(keys, kind="stable").astype(np.int32)
    start = np.zeros(groups + 1, np.int32)
    np.cumsum(np.bincount(keys, minlength=groups), out=start[1:])
    return start, order


def _flat(lists: list[list[int]]) -> tuple[Array, Array]:
    start = np.zeros(len(lists) + 1, np.int32)
    start[1:] = np.cumsum([len(x) for x in lists]) if lists else 0
    return start, np.array([x for one in lists for x in one], np.int32)


def _cells(p: Problem, label: Array, offset: int) -> tuple[Array, Array]:
    """Number the (group-work session, municipality or profession) cells that pairs use; -1 elsewhere."""
    cell = np.full(p.pairs, -1, np.int32)
    mixed = p.session_mixed[p.pair_session]
    key = p.pair_session[mixed].astype(np.int64) * (int(label.max(initial=0)) + 1) + label[p.pair_person[mixed]]
    unique, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    cell[mixed] = inverse.astype(np.int32) + offset
    return cell, p.pair_session[mixed][first] if len(unique) else np.zeros(0, np.int32)


def _conflicts(p: Problem) -> tuple[Array, Array]:
    at: dict[tuple[int, int, int], list[int]] = {}
    for s in range(p.sessions):
        for kind, whose in ((0, p.session_trainer[s]), (1, p.session_room[s])):
            if whose >= 0:
                for slot in range(p.session_slot[s], p.session_slot[s] + p.session_length[s]):
                    at.setdefault((kind, int(whose), slot), []).append(s)
    rivals: list[set[int]] = [set() for _ in range(p.sessions)]
    for together in at.values():
        for s in together:
            rivals[s].update(together)
    return _flat([sorted(rivals[s] - {s}) for s in range(p.sessions)])


def _prerequisites(p: Problem) -> tuple[Array, Array]:
    size = p.shortlist.shape[1]
    needs = np.full((p.people, size), -1, np.int8)
    needed_by = np.zeros((p.people, size), np.int32)
    listed = p.shortlist >= 0
    before = np.where(listed, p.module_prerequisite[p.shortlist], -1)
    missing = listed & (before >= 0) & ~np.take_along_axis(p.prerequisite_met, np.maximum(p.shortlist, 0), 1)
    for k in range(size):
        match = p.shortlist == before[:, k : k + 1]
        needs[:, k] = np.where(missing[:, k], np.where(match.any(1), match.argmax(1), -2), -1)
        rows = np.flatnonzero(needs[:, k] >= 0)
        needed_by[rows, needs[rows, k]] |= 1 << k
    return needs, needed_by


def lay_out(p: Problem, neighbours: int = 24) -> Data:
    """Build the search's arrays; `neighbours` sessions are kept for each session."""
    person_start, person_pairs = _grouped(p.pair_person, p.people)
    session_start, session_pairs = _grouped(p.pair_session, p.sessions)
    position = (p.shortlist[p.pair_person] == p.session_module[p.pair_session][:, None]).argmax(1).astype(np.int32)
    municipality, owner_a = _cells(p, p.person_municipality, 0)
    profession, owner_b = _cells(p, p.person_profession, len(owner_a))
    cell_session = np.concatenate([owner_a, owner_b]).astype(np.int32)
    needs, needed_by = _prerequisites(p)
    subsets = 1 << p.shortlist.shape[1]
    value, allowed = np.zeros((p.people, subsets), np.float32), np.zeros((p.people, subsets), np.bool_)
    outcome_start, outcome_what = _flat([[int(c) for c in np.flatnonzero(row)] for row in p.outcome])
    level = p.outcome[np.repeat(np.arange(p.modules), np.diff(outcome_start)), outcome_what]
    _subset_values(p.shortlist, p.gap, p.weight, p.module_hours, p.person_hours, outcome_start, outcome_what, level, needs, value, allowed)
    near: list[list[int]] = []
    shared = np.zeros(p.sessions, np.int64)
    for s in range(p.sessions):
        shared[:] = 0
        _shared_people(session_start, session_pairs, p.pair_person, person_start, person_pairs, p.pair_session, shared, s)
        shared[s] = 0
        closest = np.argsort(-shared, kind="stable")[:neighbours]
        near.append([int(x) for x in closest if shared[x] > 0])
    conflict_start, conflict = _conflicts(p)
    near_start, near_list = _flat(near)
    pair_pinned, pin = np.zeros(p.pairs, np.bool_), np.zeros(p.sessions, np.int8)
    pair_pinned[p.pinned_pairs] = True
    pin[p.pinned_held] = 1
    pin[p.pair_session[p.pinned_pairs]] = 1
    pin[p.pinned_not_held] = -1
    return Data(
        p.pair_person, p.pair_session, position, p.pair_travel, person_start, person_pairs, session_start, session_pairs, municipality,
        profession, p.mixed_limit[cell_session], cell_session, p.person_unit, p.session_slot, p.session_length, p.session_minimum,
        p.session_maximum, p.session_cost, conflict_start, conflict, near_start, near_list, value, allowed, needs, needed_by,
        p.absence_limit.reshape(-1).copy(), p.unit_need, p.omega, p.width, pair_pinned, pin, float(p.budget), int(p.slots),
    )  # fmt: skip
