"""A plan while it is being searched: seats, loads and money, with every change kept so that it can be taken back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array
from handrail.planning.rules.jit import compiled
from handrail.planning.rules.tables import Data

SPENT, WORTH, SHORT = 0, 1, 2  # entries of `total`: money, points, people missing to the minimum of held sessions
NOTHING = -1e18
TINY = 1e-4  # values of subsets are kept in single precision; less than this is no gain


class State(NamedTuple):
    """Mutable arrays of one plan."""

    seat: Array  # [person, position] pair or -1
    subset: Array  # of each person's shortlist
    busy: Array  # [person, slot] position + 1, 0 free
    closed: Array  # weighted levels of each unit
    away: Array  # [unit * slots + slot]
    people: Array  # in each session
    held: Array
    cell: Array  # people in each municipality or profession cell of group work
    total: Array
    log: Array  # changes since the last accepted plan
    logged: Array
    seen_person: Array  # number of the round in which a person, a session was last looked at
    seen_session: Array
    clock: Array


def empty_state(data: Data, people: int, units: int) -> State:
    """The plan in which nothing is held."""
    sessions, size = len(data.cost), data.needs.shape[1]
    return State(
        np.full((people, size), -1, np.int32), np.zeros(people, np.int32), np.zeros((people, data.slots), np.int8), np.zeros(units),
        np.zeros(units * data.slots, np.int32), np.zeros(sessions, np.int32), np.zeros(sessions, np.int8),
        np.zeros(len(data.cell_limit), np.int32), np.zeros(3), np.zeros(1 << 17, np.int64), np.zeros(1, np.int64),
        np.zeros(people, np.int64), np.zeros(sessions, np.int64), np.zeros(1, np.int64),
    )  # fmt: skip


@compiled
def worth(d: Data, unit: int, closed: float) -> float:
    """Points of one unit that has closed so many weighted levels."""
    left, points, need = closed, 0.0, d.need[unit]
    for part in range(len(d.omega)):
        step = min(left, need * d.width[part])
        if step <= 0.0:
            break
        points += d.omega[part] * step
        left -= step
    return points


@compiled
def _record(st: State, change: int) -> None:
    n = st.logged[0]
    if n < len(st.log):
        st.log[n] = change
    st.logged[0] = n + 1


@compiled
def log_full(st: State) -> bool:
    """No move may begin another step once its changes might not be taken back."""
    return st.logged[0] > len(st.log) // 2


@compiled
def set_seat(d: Data, st: State, pair: int, on: bool) -> None:
    """Give or take a seat, without asking whether it is allowed."""
    i, s, k = d.person[pair], d.session[pair], d.position[pair]
    sign = 1 if on else -1
    unit, before, after = d.unit[i], st.subset[i], st.subset[i] ^ (1 << k)
    was = st.closed[unit]
    now = was + d.value[i, after] - d.value[i, before]
    st.total[1] += worth(d, unit, now) - worth(d, unit, was)
    st.closed[unit] = now
    st.subset[i] = after
    st.seat[i, k] = pair if on else -1
    for t in range(d.slot[s], d.slot[s] + d.length[s]):
        st.busy[i, t] = k + 1 if on else 0
        st.away[unit * d.slots + t] += sign
    if d.municipality_cell[pair] >= 0:
        st.cell[d.municipality_cell[pair]] += sign
        st.cell[d.profession_cell[pair]] += sign
    if st.held[s]:
        full = d.minimum[s]
        if on and st.people[s] < full:
            st.total[2] -= 1.0
        elif not on and st.people[s] <= full:
            st.total[2] += 1.0
    st.people[s] += sign
    st.total[0] += sign * d.travel[pair]
    _record(st, pair + 1 if on else -(pair + 1))


@compiled
def set_held(d: Data, st: State, s: int, on: bool) -> None:
    """Hold a session or not, without asking; its seats stay as they are."""
    st.held[s] = 1 if on else 0
    missing = max(0, d.minimum[s] - st.people[s])
    st.total[2] += missing if on else -missing
    st.total[0] += d.cost[s] if on else -d.cost[s]
    base = len(d.person)
    _record(st, base + s + 1 if on else -(base + s + 1))


@compiled
def undo(d: Data, st: State, mark: int) -> None:
    """Take back every change after the mark."""
    base = len(d.person)
    for a in range(st.logged[0] - 1, mark - 1, -1):
        change = st.log[a]
        code = abs(change) - 1
        if code >= base:
            set_held(d, st, code - base, change < 0)
        else:
            set_seat(d, st, code, change < 0)
    st.logged[0] = mark


@compiled
def offer(d: Data, st: State, pair: int, may_leave: bool, missing_price: float, money_price: float) -> tuple[float, int]:
    """What a seat would bring, and which of the person's other seats must be left for it; NOTHING when a hard rule forbids it."""
    i, s, k = d.person[pair], d.session[pair], d.position[pair]
    have = st.subset[i]
    leave = 0
    if st.seat[i, k] >= 0:
        leave = 1 << k
    first, last = d.slot[s], d.slot[s] + d.length[s]
    for t in range(first, last):
        if st.busy[i, t] > 0:
            leave |= 1 << (st.busy[i, t] - 1)
    if leave != 0 and not may_leave:
        return NOTHING, 0
    after = (have & ~leave) | (1 << k)
    if not d.allowed[i, after]:
        if not may_leave:
            return NOTHING, 0
        best, drop = -1.0, -1
        for j in range(d.needs.shape[1]):
            if j != k and after >> j & 1:
                fewer = after & ~(1 << j)
                if d.allowed[i, fewer] and d.value[i, fewer] > best:
                    best, drop = d.value[i, fewer], j
        if drop < 0:
            return NOTHING, 0
        after &= ~(1 << drop)
        leave |= 1 << drop
    gain = d.value[i, after] - d.value[i, have]
    if d.value[i, after] - d.value[i, after ^ (1 << k)] <= TINY:
        return NOTHING, 0  # nobody sits in a session that closes nothing
    before = d.needs[i, k]
    if before >= 0:
        earlier = d.session[st.seat[i, before]]
        if d.slot[earlier] + d.length[earlier] > first:
            return NOTHING, 0
    dependants = d.needed_by[i, k] & after
    j = 0
    while dependants >> j:
        if dependants >> j & 1 and d.slot[d.session[st.seat[i, j]]] < last:
            return NOTHING, 0
        j += 1
    unit = d.unit[i]
    for t in range(first, last):
        cell = unit * d.slots + t
        if st.busy[i, t] == 0 and st.away[cell] >= d.absence[cell]:
            return NOTHING, 0
    a = d.municipality_cell[pair]
    if a >= 0:
        b = d.profession_cell[pair]
        if st.cell[a] >= d.cell_limit[a] or st.cell[b] >= d.cell_limit[b]:
            return NOTHING, 0
    money = d.travel[pair]
    points = 0.0
    if st.people[s] < d.minimum[s]:
        points += missing_price
    j = 0
    while leave >> j:
        if leave >> j & 1:
            other = st.seat[i, j]
            if d.pair_pinned[other]:
                return NOTHING, 0
            money -= d.travel[other]
            q = d.session[other]
            if st.held[q] and st.people[q] <= d.minimum[q]:
                points -= missing_price
        j += 1
    if money > 0.0 and st.total[0] + money > d.budget:
        return NOTHING, 0
    now = st.closed[unit]
    return points + worth(d, unit, now + gain) - worth(d, unit, now) - money_price * money, leave


@compiled
def take(d: Data, st: State, pair: int, leave: int) -> None:
    """Give the seat after leaving the others."""
    i = d.person[pair]
    j = 0
    while leave >> j:
        if leave >> j & 1:
            set_seat(d, st, st.seat[i, j], False)
        j += 1
    set_seat(d, st, pair, True)
