"""The search: open, close or exchange a session, seat everybody affected again, and keep the change if it pays or the heat allows it.

Attendance below a minimum is allowed on the way at a price that rises, and is repaired at the end: with hard minimum sizes inside the
search good plans cannot be reached from each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array
from handrail.planning.rules.jit import compiled, inner
from handrail.planning.rules.seating import close, fill, mend
from handrail.planning.rules.state import HELD, State, log_full, set_held, undo
from handrail.planning.rules.tables import CONFLICTS, NEAR, PIN, Data

DRAWS = 11  # random numbers one move may use


class Tuning(NamedTuple):
    """Numbers of the search; heat and the prices of missing people in points."""

    heat: float  # a plan worse by this much is kept with probability 1/e, at the start
    last_heat: float
    missing: float  # price of one person missing to a minimum, at the start
    last_missing: float
    near: float  # probability that the exchanged session is a neighbour
    only_close: float
    try_third: float  # probability of trying one more session with the money left
    money: float  # price of one unit of money


@inner
def _clear_way(d: Data, st: State, s: int, draw: Array, near: float) -> bool:
    """Close what stands in the way of a session: trainer and room first, then for money a neighbour or any other."""
    for a in range(d.meeting[s, CONFLICTS], d.meeting[s + 1, CONFLICTS]):
        rival = d.links[a]
        if st.attend[rival, HELD]:
            if d.meeting[rival, PIN] == 1:
                return False
            close(d, st, rival)
    sessions = len(d.cost)
    first, count = d.meeting[s, NEAR], d.meeting[s + 1, NEAR] - d.meeting[s, NEAR]
    for attempt in range(4):
        if st.total[0] + d.cost[s] <= d.budget:
            return True
        victim = -1
        if count > 0 and draw[3] < near:
            begin = int(draw[4 + attempt] * count)
            for a in range(count):
                other = d.links[first + (begin + a) % count]
                if st.attend[other, HELD] and d.meeting[other, PIN] == 0:
                    victim = other
                    break
        if victim < 0:
            begin = int(draw[4 + attempt] * sessions)
            for a in range(sessions):
                other = (begin + a) % sessions
                if st.attend[other, HELD] and d.meeting[other, PIN] == 0:
                    victim = other
                    break
        if victim < 0:
            return False
        close(d, st, victim)
    return bool(st.total[0] + d.cost[s] <= d.budget)


@inner
def _open(d: Data, st: State, s: int, missing_price: float, money_price: float) -> None:
    set_held(d, st, s, True)
    fill(d, st, s, True, missing_price, money_price)


@inner
def _closed_near(d: Data, st: State, s: int, draw: float) -> int:
    """A session not held that competes for the same people, or -1."""
    first, count = d.meeting[s, NEAR], d.meeting[s + 1, NEAR] - d.meeting[s, NEAR]
    begin = int(draw * count)
    for a in range(count):
        other = d.links[first + (begin + a) % count]
        if not st.attend[other, HELD] and d.meeting[other, PIN] == 0:
            return int(other)
    return -1


@inner
def _third(d: Data, st: State, s: int, draw: float, missing_price: float, money_price: float) -> None:
    """Try one more session near this one with the money that is left; keep it if it pays."""
    first, count = d.meeting[s, NEAR], d.meeting[s + 1, NEAR] - d.meeting[s, NEAR]
    begin = int(draw * count)
    for a in range(count):
        other = d.links[first + (begin + a) % count]
        if st.attend[other, HELD] or d.meeting[other, PIN] != 0 or st.total[0] + d.cost[other] > d.budget:
            continue
        free = True
        for b in range(d.meeting[other, CONFLICTS], d.meeting[other + 1, CONFLICTS]):
            if st.attend[d.links[b], HELD]:
                free = False
        if free:
            mark = st.changes[0]
            before = st.total[1] - missing_price * st.total[2]
            _open(d, st, other, missing_price, money_price)
            if st.total[1] - missing_price * st.total[2] <= before:
                undo(d, st, mark)
            return


@inner
def move(d: Data, st: State, s: int, draw: Array, tuning: Tuning, missing_price: float) -> bool:
    """One change around session s; False when pins or money forbid it."""
    money = tuning.money
    if st.attend[s, HELD]:
        if d.meeting[s, PIN] == 1:
            return False
        close(d, st, s)
        if draw[1] >= tuning.only_close:
            target = _closed_near(d, st, s, draw[2])
            if target >= 0:
                if not _clear_way(d, st, target, draw, tuning.near):
                    return False
                _open(d, st, target, missing_price, money)
    else:
        if d.meeting[s, PIN] < 0 or not _clear_way(d, st, s, draw, tuning.near):
            return False
        _open(d, st, s, missing_price, money)
    mend(d, st, 0, missing_price, money)
    if draw[8] < tuning.try_third and not log_full(st):
        _third(d, st, s, draw[9], missing_price, money)
    return True


@compiled
def anneal(d: Data, st: State, draws: Array, chances: Array, tuning: Tuning, done: int, total: int) -> None:
    """Make one move per row of random numbers; `chances` adds up how often each session is looked at."""
    for row in range(len(draws)):
        share = (done + row) / total
        heat = tuning.heat * (tuning.last_heat / tuning.heat) ** share
        missing_price = tuning.missing + (tuning.last_missing - tuning.missing) * share
        draw = draws[row]
        low, high, pick = 0, len(chances) - 1, draw[0] * chances[-1]
        while low < high:
            middle = (low + high) // 2
            if chances[middle] > pick:
                high = middle
            else:
                low = middle + 1
        st.changes[0] = 0
        before = st.total[1] - missing_price * st.total[2] - tuning.money * st.total[0]
        kept = move(d, st, low, draw, tuning, missing_price)
        change = st.total[1] - missing_price * st.total[2] - tuning.money * st.total[0] - before
        if not kept or (change < 0.0 and draw[10] >= np.exp(change / heat)):
            undo(d, st, 0)
    st.changes[0] = 0
