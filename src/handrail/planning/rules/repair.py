"""Steps of a re-plan: take up a plan as it stands, call sessions off, and open others without moving anybody."""

from __future__ import annotations

from handrail.planning.rules.construct import free_to_hold
from handrail.planning.rules.finish import DEAR
from handrail.planning.rules.instance import Array
from handrail.planning.rules.jit import compiled
from handrail.planning.rules.seating import close, fill, reseat
from handrail.planning.rules.state import PEOPLE, State, set_held, set_seat, undo
from handrail.planning.rules.tables import MINIMUM, PERSON, Data


@compiled
def take_up(d: Data, st: State, held: Array, pairs: Array) -> None:
    """Hold and seat a plan as it stands, without asking."""
    for a in range(len(held)):
        set_held(d, st, held[a], True)
        st.changes[0] = 0
    for a in range(len(pairs)):
        set_seat(d, st, pairs[a], True)
        st.changes[0] = 0


@compiled
def call_off(d: Data, st: State, sessions: Array) -> None:
    """Close sessions, with the seats that needed theirs as a prerequisite."""
    for a in range(len(sessions)):
        close(d, st, sessions[a])
        st.changes[0] = 0


@compiled
def seat_again(d: Data, st: State, persons: Array) -> None:
    """Give these people the best free seats in what is held, the one with most to gain first in the order given; nobody else moves."""
    for a in range(len(persons)):
        reseat(d, st, persons[a], DEAR, 0.0)
        st.changes[0] = 0


@compiled
def try_open(d: Data, st: State, s: int, touched: Array, price: float, keep: bool) -> float:
    """Points that opening a session brings for people who lose no seat by it, less a price for each who was not touched before.

    0 where it cannot be opened or stays below its minimum. Only with `keep` it stays open, and its people count as touched.
    """
    if not free_to_hold(d, st, s):
        return 0.0
    st.changes[0] = 0
    before = st.total[1]
    set_held(d, st, s, True)
    fill(d, st, s, False, 0.0, 0.0)
    gain = st.total[1] - before
    if st.attend[s, PEOPLE] < d.meeting[s, MINIMUM]:
        gain = 0.0
    base = len(d.pair)
    for a in range(st.changes[0]):
        change = st.log[a]
        if 0 < change <= base and touched[d.pair[change - 1, PERSON]] == 0:
            gain -= price
    if keep and gain > 0.0:
        for a in range(st.changes[0]):
            change = st.log[a]
            if 0 < change <= base:
                touched[d.pair[change - 1, PERSON]] = 1
        st.changes[0] = 0
    else:
        undo(d, st, 0)
    return float(gain)
