"""The end of a search: every minimum reached or the session closed, then small improvements until none is left."""

from __future__ import annotations

from handrail.planning.rules.construct import free_to_hold
from handrail.planning.rules.jit import compiled, inner
from handrail.planning.rules.seating import close, fill, mend, reseat, vacate
from handrail.planning.rules.state import HELD, PEOPLE, SUBSET, TINY, State, offer, set_held, take, undo
from handrail.planning.rules.tables import MAXIMUM, MINIMUM, NEEDED_BY, PAIRS, PERSON, PIN, PINNED, POSITION, SESSION, SIZE, Data

DEAR = 1e6  # more than any seat is worth: nobody leaves a session at its minimum


@compiled
def repair(d: Data, st: State) -> int:
    """Fill or close every session below its minimum, whichever leaves the better plan; returns how many pinned ones stay short."""
    for _ in range(2 * len(d.cost)):
        worst, lacking = -1, 0
        for s in range(len(d.cost)):
            short = d.meeting[s, MINIMUM] - st.attend[s, PEOPLE]
            if st.attend[s, HELD] and short > lacking and d.meeting[s, PIN] != 1:
                worst, lacking = s, short
        if worst < 0:
            break
        st.changes[0] = 0
        short_before = st.total[2]
        fill(d, st, worst, True, DEAR, 0.0)
        mend(d, st, 0, DEAR, 0.0)
        filled = st.total[1]
        reached = st.attend[worst, PEOPLE] >= d.meeting[worst, MINIMUM] and st.total[2] < short_before
        undo(d, st, 0)
        close(d, st, worst)
        mend(d, st, 0, DEAR, 0.0)
        if reached and filled >= st.total[1]:
            undo(d, st, 0)
            fill(d, st, worst, True, DEAR, 0.0)
            mend(d, st, 0, DEAR, 0.0)
    st.changes[0] = 0
    unmet = 0
    for s in range(len(d.cost)):
        if st.attend[s, HELD] and st.attend[s, PEOPLE] < d.meeting[s, MINIMUM]:
            fill(d, st, s, True, DEAR, 0.0)
            unmet += st.attend[s, PEOPLE] < d.meeting[s, MINIMUM]
    st.changes[0] = 0
    return unmet


@inner
def _loss(d: Data, st: State, pair: int) -> float:
    """Points that go when this seat (and what needs it) is given up; the plan is left as it was."""
    mark, before = st.changes[0], st.total[1]
    vacate(d, st, pair)
    loss = before - st.total[1]
    undo(d, st, mark)
    return float(loss)


@inner
def exchange(d: Data, st: State, s: int) -> bool:
    """In a full session, let somebody who gains more take the place of whoever gains least."""
    first, last = d.meeting[s, PAIRS], d.meeting[s + 1, PAIRS]
    least, who = 1e18, -1
    for a in range(first, last):
        pair = d.lists[1, a]
        if st.seat[d.pair[pair, PERSON], d.pair[pair, POSITION]] == pair and not d.pair[pair, PINNED]:
            loss = _loss(d, st, pair)
            if loss < least:
                least, who = loss, pair
    if who < 0:
        return False
    best, newcomer = least + TINY, -1
    for a in range(first, last):
        pair = d.lists[1, a]
        if st.seat[d.pair[pair, PERSON], d.pair[pair, POSITION]] != pair:
            gain, _ = offer(d, st, pair, False, 0.0, 0.0)
            if gain > best:
                best, newcomer = gain, pair
    if newcomer < 0:
        return False
    st.changes[0] = 0
    before, short = st.total[1], st.total[2]
    vacate(d, st, who)
    gain, leave = offer(d, st, newcomer, False, 0.0, 0.0)
    if gain > TINY:
        take(d, st, newcomer, leave)
    mend(d, st, 0, DEAR, 0.0)
    if st.total[1] <= before + TINY or st.total[2] > short:
        undo(d, st, 0)
        return False
    return True


@inner
def _drop_idle(d: Data, st: State) -> None:
    """Take away seats that close nothing beside the person's other seats, where the session can spare them."""
    for i in range(len(d.people) - 1):
        for k in range(SIZE):
            pair = st.seat[i, k]
            if pair < 0 or d.pair[pair, PINNED]:
                continue
            have = st.seat[i, SUBSET]
            s = d.pair[pair, SESSION]
            needed = d.people[i, NEEDED_BY + k] & have
            if needed == 0 and d.value[i, have] - d.value[i, have ^ (1 << k)] <= TINY and st.attend[s, PEOPLE] > d.meeting[s, MINIMUM]:
                vacate(d, st, pair)
                st.changes[0] = 0


@compiled
def polish(d: Data, st: State, rounds: int) -> None:
    """Seat, exchange and open for as long as points come in; afterwards no free seat is left that somebody could use."""
    for _ in range(rounds):
        before = st.total[1]
        _drop_idle(d, st)
        for i in range(len(d.people) - 1):
            reseat(d, st, i, DEAR, 0.0)
            st.changes[0] = 0
        for s in range(len(d.cost)):
            if st.attend[s, HELD]:
                if st.attend[s, PEOPLE] >= d.meeting[s, MAXIMUM]:
                    for _again in range(d.meeting[s, MAXIMUM]):
                        if not exchange(d, st, s):
                            break
                else:
                    fill(d, st, s, False, DEAR, 0.0)
            elif free_to_hold(d, st, s):
                st.changes[0] = 0
                worth = st.total[1]
                set_held(d, st, s, True)
                fill(d, st, s, False, 0.0, 0.0)
                if st.attend[s, PEOPLE] < d.meeting[s, MINIMUM]:
                    fill(d, st, s, True, DEAR, 0.0)
                if st.attend[s, PEOPLE] < d.meeting[s, MINIMUM] or st.total[1] <= worth + TINY:
                    undo(d, st, 0)
            st.changes[0] = 0
        if st.total[1] <= before + TINY:
            break
