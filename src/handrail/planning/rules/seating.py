"""Steps every search is made of: close a session, fill one by marginal gain, find each affected person the best seats left."""

from __future__ import annotations

import numpy as np

from handrail.planning.rules.jit import compiled
from handrail.planning.rules.state import TINY, State, log_full, offer, set_held, set_seat, take
from handrail.planning.rules.tables import Data


@compiled
def vacate(d: Data, st: State, pair: int) -> None:
    """Take a seat away, and first the seats that need it as their prerequisite."""
    i, k = d.person[pair], d.position[pair]
    for j in range(d.needs.shape[1]):
        if d.needed_by[i, k] >> j & 1 and st.seat[i, j] >= 0:
            for other in range(d.needs.shape[1]):  # chains of three are the longest that shortlists of eight show in practice
                if d.needed_by[i, j] >> other & 1 and st.seat[i, other] >= 0:
                    set_seat(d, st, st.seat[i, other], False)
            set_seat(d, st, st.seat[i, j], False)
    set_seat(d, st, pair, False)


@compiled
def close(d: Data, st: State, s: int) -> None:
    """Stop holding a session; everybody leaves it."""
    set_held(d, st, s, False)
    for a in range(d.session_start[s], d.session_start[s + 1]):
        pair = d.session_pairs[a]
        if st.seat[d.person[pair], d.position[pair]] == pair:
            vacate(d, st, pair)


@compiled
def fill(d: Data, st: State, s: int, may_leave: bool, missing_price: float, money_price: float) -> None:
    """Give the free seats of a held session to those who gain most; each gain is looked at again before the seat is given."""
    first, last = d.session_start[s], d.session_start[s + 1]
    if st.people[s] >= d.maximum[s]:
        return
    gains, who, found = np.empty(last - first), np.empty(last - first, np.int64), 0
    for a in range(first, last):
        pair = d.session_pairs[a]
        if st.seat[d.person[pair], d.position[pair]] != pair:
            gain, _ = offer(d, st, pair, may_leave, missing_price, money_price)
            if gain > TINY:
                gains[found], who[found] = -gain, pair
                found += 1
    order = np.argsort(gains[:found], kind="mergesort")
    for a in range(found):
        if st.people[s] >= d.maximum[s]:
            break
        pair = who[order[a]]
        gain, leave = offer(d, st, pair, may_leave, missing_price, money_price)
        if gain > TINY:
            take(d, st, pair, leave)


@compiled
def reseat(d: Data, st: State, i: int, missing_price: float, money_price: float) -> None:
    """Give one person the best free seats, one after the other, leaving a worse seat where that pays."""
    for _ in range(8):
        best, which, best_leave = TINY, -1, 0
        for a in range(d.person_start[i], d.person_start[i + 1]):
            pair = d.person_pairs[a]
            s = d.session[pair]
            if st.held[s] and st.people[s] < d.maximum[s] and st.seat[i, d.position[pair]] != pair:
                gain, leave = offer(d, st, pair, True, missing_price, money_price)
                if gain > best:
                    best, which, best_leave = gain, pair, leave
        if which < 0:
            break
        take(d, st, which, best_leave)


@compiled
def mend(d: Data, st: State, mark: int, missing_price: float, money_price: float) -> None:
    """After a change: first everybody who lost a seat looks for another, then the seats that fell free are filled."""
    base = len(d.person)
    st.clock[0] += 1
    now, end = st.clock[0], st.logged[0]
    for a in range(mark, end):
        change = st.log[a]
        if change < 0 and -change <= base:
            i = d.person[-change - 1]
            if st.seen_person[i] != now:
                st.seen_person[i] = now
                if not log_full(st):
                    reseat(d, st, i, missing_price, money_price)
    end = st.logged[0]
    for a in range(mark, end):
        change = st.log[a]
        if change < 0 and -change <= base:
            s = d.session[-change - 1]
            if st.held[s] and st.seen_session[s] != now:
                st.seen_session[s] = now
                if not log_full(st):
                    fill(d, st, s, False, missing_price, money_price)
