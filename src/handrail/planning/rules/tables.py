"""The problem laid out for the search: who is in which session's list, which resource each pair uses, the value of every subset."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.jit import compiled

SIZE = 8  # places on a person's shortlist, padded with empty ones
# columns of `pair`
PERSON, SESSION, POSITION, MUNICIPALITY, PROFESSION, PINNED = range(6)
# columns of `meeting`; the last three are where the session's part of `lists` or `links` begins
SLOT, LENGTH, MINIMUM, MAXIMUM, PIN, PAIRS, CONFLICTS, NEAR = range(8)
# columns of `people`; NEEDS + position and NEEDED_BY + position
UNIT, PAIRS_OF, NEEDS, NEEDED_BY = 0, 1, 2, 2 + SIZE


class Data(NamedTuple):
    """Read-only tables of the search, few and wide, because handing many arrays from function to function is dear."""

    pair: Array  # who, which session, place on the shortlist, cells of group work (-1 none), pinned
    travel: Array
    meeting: Array  # one row per session and an end row; pin: 1 held, -1 not held, 0 free
    cost: Array
    people: Array  # one row per person and an end row: unit, first pair, missing prerequisite of each position, who needs it
    lists: Array  # row 0: pairs by person, row 1: pairs by session
    links: Array  # sessions sharing a trainer or room at the same time, then neighbours, closest first
    value: Array  # [person, subset of shortlist] weighted levels closed
    allowed: Array  # [person, subset] hours and prerequisites fit
    absence: Array  # [unit * slots + slot]
    need: Array  # of each unit
    parts: Array  # rows: worth and width of the parts of a unit's need
    cell_limit: Array
    budget: float
    slots: int


@compiled
def _subset_values(
    shortlist: Array, gap: Array, weight: Array, hours: Array, limit: Array, start: Array, what: Array, adds: Array, leads_to: Array,
    stands: Array, needs: Array, value: Array, allowed: Array,
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
                got, highest = 0, 0
                for k in range(top):
                    if rest >> k & 1 and shortlist[i, k] >= 0:
                        for b in range(start[shortlist[i, k]], start[shortlist[i, k] + 1]):
                            room = leads_to[b] - stands[i, c]
                            if what[b] == c and room > 0:
                                got += min(adds[b], room)
                                highest = max(highest, room)
                room = leads_to[a] - stands[i, c]
                if room > 0:
                    more = min(got + min(adds[a], room), max(highest, room), gap[i, c])
                    worth += weight[i, c] * (more - min(got, highest, gap[i, c]))
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


def _prerequisites(p: Problem, shortlist: Array) -> tuple[Array, Array]:
    needs = np.full(shortlist.shape, -1, np.int32)
    needed_by = np.zeros(shortlist.shape, np.int32)
    listed = shortlist >= 0
    before = np.where(listed, p.module_prerequisite[shortlist], -1)
    missing = listed & (before >= 0) & ~np.take_along_axis(p.prerequisite_met, np.maximum(shortlist, 0), 1)
    for k in range(SIZE):
        match = shortlist == before[:, k : k + 1]
        needs[:, k] = np.where(missing[:, k], np.where(match.any(1), match.argmax(1), -2), -1)
        rows = np.flatnonzero(needs[:, k] >= 0)
        needed_by[rows, needs[rows, k]] |= 1 << k
    return needs, needed_by


def cell_sessions(p: Problem) -> Array:
    """The session of each group-work cell."""
    return np.concatenate([_cells(p, label, 0)[1] for label in (p.person_municipality, p.person_profession)]).astype(np.int32)


def _values(p: Problem, shortlist: Array, needs: Array) -> tuple[Array, Array]:
    value, allowed = np.zeros((p.people, 1 << SIZE), np.float32), np.zeros((p.people, 1 << SIZE), np.bool_)
    start, what = _flat([[int(c) for c in np.flatnonzero(row)] for row in p.outcome])
    module = np.repeat(np.arange(p.modules), np.diff(start))
    adds, leads_to = p.outcome[module, what], p.leads_to[module, what]
    _subset_values(shortlist, p.gap, p.weight, p.module_hours, p.person_hours, start, what, adds, leads_to, p.level, needs, value, allowed)
    return value, allowed


def _near(p: Problem, people: Array, lists: Array, session_start: Array, neighbours: int) -> tuple[Array, Array]:
    near: list[list[int]] = []
    shared = np.zeros(p.sessions, np.int64)
    for s in range(p.sessions):
        shared[:] = 0
        _shared_people(session_start, lists[1], p.pair_person, people[:, PAIRS_OF].copy(), lists[0], p.pair_session, shared, s)
        shared[s] = 0
        closest = np.argsort(-shared, kind="stable")[:neighbours]
        near.append([int(x) for x in closest if shared[x] > 0])
    return _flat(near)


def lay_out(p: Problem, neighbours: int = 24) -> Data:
    """Build the search's tables; `neighbours` sessions are kept for each session."""
    shortlist = np.full((p.people, SIZE), -1, np.int32)
    shortlist[:, : p.shortlist.shape[1]] = p.shortlist
    pair, meeting = np.zeros((p.pairs, 6), np.int32), np.zeros((p.sessions + 1, 8), np.int32)
    people, lists = np.zeros((p.people + 1, 2 + 2 * SIZE), np.int32), np.zeros((2, p.pairs), np.int32)
    people[:, PAIRS_OF], lists[0] = _grouped(p.pair_person, p.people)
    meeting[:, PAIRS], lists[1] = _grouped(p.pair_session, p.sessions)
    pair[:, PERSON], pair[:, SESSION] = p.pair_person, p.pair_session
    pair[:, POSITION] = (shortlist[p.pair_person] == p.session_module[p.pair_session][:, None]).argmax(1)
    pair[:, MUNICIPALITY], first_cells = _cells(p, p.person_municipality, 0)
    pair[:, PROFESSION], _ = _cells(p, p.person_profession, len(first_cells))
    pair[p.pinned_pairs, PINNED] = 1
    people[:-1, UNIT] = p.person_unit
    needs, needed_by = _prerequisites(p, shortlist)
    people[:-1, NEEDS:NEEDED_BY], people[:-1, NEEDED_BY:] = needs, needed_by
    for column, values in ((SLOT, p.session_slot), (LENGTH, p.session_length), (MINIMUM, p.session_minimum), (MAXIMUM, p.session_maximum)):
        meeting[:-1, column] = values
    meeting[p.pinned_held, PIN] = 1
    meeting[p.pair_session[p.pinned_pairs], PIN] = 1
    meeting[p.pinned_not_held, PIN] = -1
    meeting[:, CONFLICTS], conflict = _conflicts(p)
    near_start, near = _near(p, people, lists, meeting[:, PAIRS].copy(), neighbours)
    meeting[:, NEAR] = near_start + len(conflict)
    value, allowed = _values(p, shortlist, needs)
    return Data(
        pair, p.pair_travel, meeting, p.session_cost, people, lists, np.concatenate([conflict, near]), value, allowed,
        p.absence_limit.reshape(-1).copy(), p.unit_need, np.stack([p.omega, p.width]), p.mixed_limit[cell_sessions(p)],
        float(p.budget), int(p.slots),
    )  # fmt: skip
