"""Steps every search is made of: close a session, fill one by marginal gain, find each affected person the best seats left."""

from __future__ import annotations

from handrail.planning.rules.jit import inner, sort_by_key
from handrail.planning.rules.state import HELD, LOOKED, PEOPLE, SEEN, TINY, State, log_full, offer, set_held, set_seat, take
from handrail.planning.rules.tables import MAXIMUM, NEEDED_BY, PAIRS, PAIRS_OF, PERSON, POSITION, SESSION, SIZE, Data


@inner
def vacate(d: Data, st: State, pair: int) -> None:
    """Take a seat away, and first the seats that need it as their prerequisite."""
    i, k = d.pair[pair, PERSON], d.pair[pair, POSITION]
    for j in range(SIZE):
        if d.people[i, NEEDED_BY + k] >> j & 1 and st.seat[i, j] >= 0:
            for other in range(SIZE):  # chains of three are the longest that shortlists of eight show in practice
                if d.people[i, NEEDED_BY + j] >> other & 1 and st.seat[i, other] >= 0:
                    set_seat(d, st, st.seat[i, other], False)
            set_seat(d, st, st.seat[i, j], False)
    set_seat(d, st, pair, False)


@inner
def close(d: Data, st: State, s: int) -> None:
    """Stop holding a session; everybody leaves it."""
    set_held(d, st, s, False)
    for a in range(d.meeting[s, PAIRS], d.meeting[s + 1, PAIRS]):
        pair = d.lists[1, a]
        if st.seat[d.pair[pair, PERSON], d.pair[pair, POSITION]] == pair:
            vacate(d, st, pair)


@inner
def fill(d: Data, st: State, s: int, may_leave: bool, missing_price: float, money_price: float) -> None:
    """Give the free seats of a held session to those who gain most; each gain is looked at again before the seat is given."""
    first, last = d.meeting[s, PAIRS], d.meeting[s + 1, PAIRS]
    if st.attend[s, PEOPLE] >= d.meeting[s, MAXIMUM]:
        return
    gains, who, found = st.gains, st.who, 0
    for a in range(first, last):
        pair = d.lists[1, a]
        if st.seat[d.pair[pair, PERSON], d.pair[pair, POSITION]] != pair:
            gain, _ = offer(d, st, pair, may_leave, missing_price, money_price)
            if gain > TINY:
                gains[found], who[found] = -gain, pair
                found += 1
    sort_by_key(gains, who, 0, found)
    for a in range(found):
        if st.attend[s, PEOPLE] >= d.meeting[s, MAXIMUM]:
            break
        pair = who[a]
        gain, leave = offer(d, st, pair, may_leave, missing_price, money_price)
        if gain > TINY:
            take(d, st, pair, leave)


@inner
def reseat(d: Data, st: State, i: int, missing_price: float, money_price: float) -> None:
    """Give one person the best free seats, one after the other, leaving a worse seat where that pays."""
    for _ in range(8):
        best, which, best_leave = TINY, -1, 0
        for a in range(d.people[i, PAIRS_OF], d.people[i + 1, PAIRS_OF]):
            pair = d.lists[0, a]
            s = d.pair[pair, SESSION]
            if st.attend[s, HELD] and st.attend[s, PEOPLE] < d.meeting[s, MAXIMUM] and st.seat[i, d.pair[pair, POSITION]] != pair:
                gain, leave = offer(d, st, pair, True, missing_price, money_price)
                if gain > best:
                    best, which, best_leave = gain, pair, leave
        if which < 0:
            break
        take(d, st, which, best_leave)


@inner
def mend(d: Data, st: State, mark: int, missing_price: float, money_price: float) -> None:
    """After a change: first everybody who lost a seat looks for another, then the seats that fell free are filled."""
    base = len(d.pair)
    st.changes[1] += 1
    now, end = st.changes[1], st.changes[0]
    for a in range(mark, end):
        change = st.log[a]
        if change < 0 and -change <= base:
            i = d.pair[-change - 1, PERSON]
            if st.seat[i, LOOKED] != now:
                st.seat[i, LOOKED] = now
                if not log_full(st):
                    reseat(d, st, i, missing_price, money_price)
    end = st.changes[0]
    for a in range(mark, end):
        change = st.log[a]
        if change < 0 and -change <= base:
            s = d.pair[-change - 1, SESSION]
            if st.attend[s, HELD] and st.attend[s, SEEN] != now:
                st.attend[s, SEEN] = now
                if not log_full(st):
                    fill(d, st, s, False, missing_price, money_price)
