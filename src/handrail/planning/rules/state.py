"""A plan while it is being searched: seats, loads and money, with every change kept so that it can be taken back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array
from handrail.planning.rules.jit import inner
from handrail.planning.rules.tables import (
    LENGTH,
    MINIMUM,
    MUNICIPALITY,
    NEEDED_BY,
    NEEDS,
    PAIRS,
    PERSON,
    PINNED,
    POSITION,
    PROFESSION,
    SESSION,
    SIZE,
    SLOT,
    UNIT,
    Data,
)

SPENT, WORTH, SHORT = 0, 1, 2  # entries of `total`: money, points, people missing to the minimum of held sessions
NOTHING = -1e18
TINY = 1e-4  # values of subsets are kept in single precision; less than this is no gain


# columns of `attend` and, after the positions, of `seat`
PEOPLE, HELD, SEEN = range(3)
SUBSET, LOOKED = SIZE, SIZE + 1


class State(NamedTuple):
    """Mutable tables of one plan."""

    seat: Array  # per person the pair of each position or -1, then the subset taken, then when last looked at
    busy: Array  # [person, slot] position + 1, 0 free
    closed: Array  # weighted levels of each unit
    away: Array  # [unit * slots + slot]
    attend: Array  # per session: people, held, when last looked at
    cell: Array  # people in each municipality or profession cell of group work
    total: Array
    log: Array  # changes since the last accepted plan
    changes: Array  # how many in the log, rounds of looking
    gains: Array  # scratch for sorting the candidates of one session
    who: Array


def empty_state(data: Data, people: int, units: int) -> State:
    """The plan in which nothing is held."""
    most = int(np.diff(data.meeting[:, PAIRS]).max(initial=0))
    seat = np.full((people, SIZE + 2), -1, np.int32)
    seat[:, SIZE:] = 0
    return State(
        seat, np.zeros((people, data.slots), np.int8), np.zeros(units), np.zeros(units * data.slots, np.int32),
        np.zeros((len(data.cost), 3), np.int32), np.zeros(len(data.cell_limit), np.int32), np.zeros(3), np.zeros(1 << 17, np.int64),
        np.zeros(2, np.int64), np.zeros(most), np.zeros(most, np.int64),
    )  # fmt: skip


def seats_of(state: State) -> Array:
    """The pairs seated, ascending."""
    seats = state.seat[:, :SIZE]
    return np.sort(seats[seats >= 0])


def held_of(state: State) -> Array:
    """The sessions held, ascending."""
    return np.flatnonzero(state.attend[:, HELD])


@inner
def worth(d: Data, unit: int, closed: float) -> float:
    """Points of one unit that has closed so many weighted levels."""
    left, points, need = closed, 0.0, d.need[unit]
    for part in range(d.parts.shape[1]):
        step = min(left, need * d.parts[1, part])
        if step <= 0.0:
            break
        points += d.parts[0, part] * step
        left -= step
    return points


@inner
def _record(st: State, change: int) -> None:
    n = st.changes[0]
    if n < len(st.log):
        st.log[n] = change
    st.changes[0] = n + 1


@inner
def log_full(st: State) -> bool:
    """No move may begin another step once its changes might not be taken back."""
    return bool(st.changes[0] > len(st.log) // 2)


@inner
def set_seat(d: Data, st: State, pair: int, on: bool) -> None:
    """Give or take a seat, without asking whether it is allowed."""
    i, s, k = d.pair[pair, PERSON], d.pair[pair, SESSION], d.pair[pair, POSITION]
    sign = 1 if on else -1
    unit, before, after = d.people[i, UNIT], st.seat[i, SUBSET], st.seat[i, SUBSET] ^ (1 << k)
    was = st.closed[unit]
    now = was + d.value[i, after] - d.value[i, before]
    st.total[1] += worth(d, unit, now) - worth(d, unit, was)
    st.closed[unit] = now
    st.seat[i, SUBSET] = after
    st.seat[i, k] = pair if on else -1
    for t in range(d.meeting[s, SLOT], d.meeting[s, SLOT] + d.meeting[s, LENGTH]):
        st.busy[i, t] = k + 1 if on else 0
        st.away[unit * d.slots + t] += sign
    if d.pair[pair, MUNICIPALITY] >= 0:
        st.cell[d.pair[pair, MUNICIPALITY]] += sign
        st.cell[d.pair[pair, PROFESSION]] += sign
    if st.attend[s, HELD]:
        full = d.meeting[s, MINIMUM]
        if on and st.attend[s, PEOPLE] < full:
            st.total[2] -= 1.0
        elif not on and st.attend[s, PEOPLE] <= full:
            st.total[2] += 1.0
    st.attend[s, PEOPLE] += sign
    st.total[0] += sign * d.travel[pair]
    _record(st, pair + 1 if on else -(pair + 1))


@inner
def set_held(d: Data, st: State, s: int, on: bool) -> None:
    """Hold a session or not, without asking; its seats stay as they are."""
    st.attend[s, HELD] = 1 if on else 0
    missing = max(0, d.meeting[s, MINIMUM] - st.attend[s, PEOPLE])
    st.total[2] += missing if on else -missing
    st.total[0] += d.cost[s] if on else -d.cost[s]
    base = len(d.pair)
    _record(st, base + s + 1 if on else -(base + s + 1))


@inner
def undo(d: Data, st: State, mark: int) -> None:
    """Take back every change after the mark."""
    base = len(d.pair)
    for a in range(st.changes[0] - 1, mark - 1, -1):
        change = st.log[a]
        code = abs(change) - 1
        if code >= base:
            set_held(d, st, code - base, change < 0)
        else:
            set_seat(d, st, code, change < 0)
    st.changes[0] = mark


@inner
def offer(d: Data, st: State, pair: int, may_leave: bool, missing_price: float, money_price: float) -> tuple[float, int]:
    """What a seat would bring, and which of the person's other seats must be left for it; NOTHING when a hard rule forbids it."""
    i, s, k = d.pair[pair, PERSON], d.pair[pair, SESSION], d.pair[pair, POSITION]
    have = st.seat[i, SUBSET]
    leave = 0
    if st.seat[i, k] >= 0:
        leave = 1 << k
    first, last = d.meeting[s, SLOT], d.meeting[s, SLOT] + d.meeting[s, LENGTH]
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
        for j in range(SIZE):
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
    before = d.people[i, NEEDS + k]
    if before >= 0:
        earlier = d.pair[st.seat[i, before], SESSION]
        if d.meeting[earlier, SLOT] + d.meeting[earlier, LENGTH] > first:
            return NOTHING, 0
    dependants = d.people[i, NEEDED_BY + k] & after
    j = 0
    while dependants >> j:
        if dependants >> j & 1 and d.meeting[d.pair[st.seat[i, j], SESSION], SLOT] < last:
            return NOTHING, 0
        j += 1
    unit = d.people[i, UNIT]
    for t in range(first, last):
        cell = unit * d.slots + t
        if st.busy[i, t] == 0 and st.away[cell] >= d.absence[cell]:
            return NOTHING, 0
    a = d.pair[pair, MUNICIPALITY]
    if a >= 0:
        b = d.pair[pair, PROFESSION]
        if st.cell[a] >= d.cell_limit[a] or st.cell[b] >= d.cell_limit[b]:
            return NOTHING, 0
    money = d.travel[pair]
    points = 0.0
    if st.attend[s, PEOPLE] < d.meeting[s, MINIMUM]:
        points += missing_price
    j = 0
    while leave >> j:
        if leave >> j & 1:
            other = st.seat[i, j]
            if d.pair[other, PINNED]:
                return NOTHING, 0
            money -= d.travel[other]
            q = d.pair[other, SESSION]
            if st.attend[q, HELD] and st.attend[q, PEOPLE] <= d.meeting[q, MINIMUM]:
                points -= missing_price
        j += 1
    if money > 0.0 and st.total[0] + money > d.budget:
        return NOTHING, 0
    now = st.closed[unit]
    return points + worth(d, unit, now + gain) - worth(d, unit, now) - money_price * money, leave


@inner
def take(d: Data, st: State, pair: int, leave: int) -> None:
    """Give the seat after leaving the others."""
    i = d.pair[pair, PERSON]
    j = 0
    while leave >> j:
        if leave >> j & 1:
            set_seat(d, st, st.seat[i, j], False)
        j += 1
    set_seat(d, st, pair, True)
