"""The first plan: what people pinned, then session after session in a given order, each filled by marginal gain."""

from __future__ import annotations

import numpy as np

from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.jit import compiled, inner
from handrail.planning.rules.seating import fill
from handrail.planning.rules.state import HELD, PEOPLE, State, set_held, set_seat, undo
from handrail.planning.rules.tables import CONFLICTS, MINIMUM, PAIRS, PIN, POSITION, Data


@inner
def free_to_hold(d: Data, st: State, s: int) -> bool:
    """A session may be opened: nobody excluded it, trainer and room are free, the money is there."""
    if st.attend[s, HELD] or d.meeting[s, PIN] < 0 or st.total[0] + d.cost[s] > d.budget:
        return False
    rivals = 0
    for a in range(d.meeting[s, CONFLICTS], d.meeting[s + 1, CONFLICTS]):
        rivals += st.attend[d.links[a], HELD]
    return rivals == 0


@compiled
def open_in_order(d: Data, st: State, order: Array, money_price: float) -> int:
    """Open sessions in this order where they reach their minimum and add points; people keep the seats they have."""
    opened = 0
    for a in range(len(order)):
        s = order[a]
        if free_to_hold(d, st, s):
            st.changes[0] = 0
            before = st.total[1]
            set_held(d, st, s, True)
            fill(d, st, s, False, 0.0, money_price)
            if st.attend[s, PEOPLE] < d.meeting[s, MINIMUM] or st.total[1] <= before:
                undo(d, st, 0)
            else:
                opened += 1
    st.changes[0] = 0
    return opened


@compiled
def start_with_pins(d: Data, st: State, pairs: Array) -> None:
    """Hold and seat what people decided, then fill the sessions they want held; whether it can stand is for `conflicts` to say."""
    sessions = len(d.cost)
    for s in range(sessions):
        if d.meeting[s, PIN] == 1:
            set_held(d, st, s, True)
    for a in range(len(pairs)):
        set_seat(d, st, pairs[a], True)
    for s in range(sessions):
        if d.meeting[s, PIN] == 1:
            fill(d, st, s, False, 1e6, 0.0)
    st.changes[0] = 0


def promise(p: Problem, d: Data) -> Array:
    """Points a session could bring per unit of money if everybody admissible started from nothing: the greedy's order."""
    single = d.value[p.pair_person, 1 << d.pair[:, POSITION]] * p.omega[0]
    order = np.lexsort((-single, p.pair_session))
    rank = np.arange(p.pairs) - d.meeting[p.pair_session[order], PAIRS]
    counts = rank < p.session_maximum[p.pair_session[order]]
    total = np.bincount(p.pair_session[order][counts], single[order][counts], minlength=p.sessions)
    return total / np.maximum(p.session_cost, 1e-9)


def greedy(p: Problem, d: Data, st: State, favour: Array, money_price: float) -> None:
    """Pins first, then sessions by falling favour."""
    start_with_pins(d, st, np.unique(p.pinned_pairs))
    open_in_order(d, st, np.argsort(-favour, kind="stable"), money_price)
