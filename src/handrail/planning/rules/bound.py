"""How good a plan could be at most: prices for seats, absence, money and the like, improved step by step.

First every shared resource has a price and each person takes the best affordable set of modules (the weak bound). Then each pair
has a price of its own between a person's copy and a session's copy of the seat; the session side keeps its minimum and maximum exactly
(the split bound). Any prices give a valid bound, so stopping early only makes it looser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.jit import compiled, inner, sort_by_key
from handrail.planning.rules.tables import (
    LENGTH,
    MAXIMUM,
    MINIMUM,
    MUNICIPALITY,
    PAIRS,
    PAIRS_OF,
    PERSON,
    PIN,
    POSITION,
    PROFESSION,
    SESSION,
    SIZE,
    SLOT,
    UNIT,
    Data,
    cell_sessions,
)


class Prices(NamedTuple):
    """One price per resource, all zero or more except `pair`."""

    seat: Array
    away: Array
    cell: Array
    exclusive: Array  # trainer or room in one half day
    level: Array  # what one more closed weighted level is worth in a unit
    money: Array
    pair: Array


class Relaxed(NamedTuple):
    """What the bound needs beside the search's arrays."""

    exclusive_start: Array  # cells of trainer or room that a session uses
    exclusive: Array
    session_cell_start: Array
    session_cells: Array
    subset_start: Array  # the allowed subsets of each person's shortlist, the empty one first
    subset: Array
    subset_value: Array
    best: Array  # scratch: the cheapest pair of each position, its price, the price of each subset, an order of pairs
    which: Array
    subset_price: Array
    order: Array


def _relaxed(p: Problem, d: Data) -> tuple[Relaxed, int]:
    number: dict[tuple[int, int, int], int] = {}
    uses: list[list[int]] = []
    for s in range(p.sessions):
        mine = []
        for kind, whose in ((0, int(p.session_trainer[s])), (1, int(p.session_room[s]))):
            if whose >= 0:
                slots = range(int(p.session_slot[s]), int(p.session_slot[s] + p.session_length[s]))
                mine += [number.setdefault((kind, whose, t), len(number)) for t in slots]
        uses.append(mine)
    start = np.zeros(p.sessions + 1, np.int32)
    start[1:] = np.cumsum([len(x) for x in uses])
    cell_session = cell_sessions(p)
    order = np.argsort(cell_session, kind="stable").astype(np.int32)
    cells = np.zeros(p.sessions + 1, np.int32)
    np.cumsum(np.bincount(cell_session, minlength=p.sessions), out=cells[1:])
    who, subset = np.nonzero(d.allowed)
    allowed = np.zeros(p.people + 1, np.int64)
    np.cumsum(np.bincount(who, minlength=p.people), out=allowed[1:])
    exclusive = np.array([x for one in uses for x in one], np.int32)
    scratch = np.zeros(SIZE), np.zeros(SIZE, np.int64), np.zeros(1 << SIZE), np.zeros(p.pairs, np.int64)
    return Relaxed(start, exclusive, cells, order, allowed, subset.astype(np.int32), d.value[who, subset], *scratch), len(number)


@inner
def _persons(d: Data, r: Relaxed, pr: Prices, price: Array, taken: Array, closed: Array) -> float:
    """Each person's best set of modules at these pair prices; marks the pairs and adds up the closed levels."""
    size = SIZE
    total = 0.0
    best, which, cost = r.best, r.which, r.subset_price
    # arrays out of the tuple once: reaching into it in the inner loop costs more than the arithmetic
    table, meeting, people, lists = d.pair, d.meeting, d.people, d.lists
    subset_start, subsets, values, levels = r.subset_start, r.subset, r.subset_value, pr.level
    for i in range(len(people) - 1):
        for k in range(size):
            best[k], which[k] = 1e18, -1
        for a in range(people[i, PAIRS_OF], people[i + 1, PAIRS_OF]):
            pair = lists[0, a]
            k = table[pair, POSITION]
            if price[pair] < best[k] and meeting[table[pair, SESSION], PIN] >= 0:
                best[k], which[k] = price[pair], pair
        level = levels[people[i, UNIT]]
        cost[0] = 0.0
        for k in range(size):
            for rest in range(1 << k):
                cost[rest | 1 << k] = cost[rest] + best[k]
        top, choice = 0.0, subset_start[i]
        for a in range(subset_start[i], subset_start[i + 1]):
            net = level * values[a] - cost[subsets[a]]
            if net > top:
                top, choice = net, a
        total += top
        closed[people[i, UNIT]] += values[choice]
        chosen = subsets[choice]
        for k in range(size):
            if chosen >> k & 1:
                taken[which[k]] = 1.0
    return total


@inner
def _shared(d: Data, r: Relaxed, pr: Prices) -> float:
    """The part of the bound that no person and no session decides."""
    total = pr.money[0] * d.budget
    for u in range(len(d.need)):
        for part in range(d.parts.shape[1]):
            total += d.need[u] * d.parts[1, part] * max(0.0, d.parts[0, part] - pr.level[u])
    for a in range(len(pr.away)):
        total += pr.away[a] * d.absence[a]
    for a in range(len(pr.exclusive)):
        total += pr.exclusive[a]
    return float(total)


@inner
def _opening(d: Data, r: Relaxed, pr: Prices, s: int) -> float:
    """What holding a session costs at these prices, less what its mixed-group limits are worth."""
    total = pr.money[0] * d.cost[s]
    for a in range(r.exclusive_start[s], r.exclusive_start[s + 1]):
        total += pr.exclusive[r.exclusive[a]]
    for a in range(r.session_cell_start[s], r.session_cell_start[s + 1]):
        total -= pr.cell[r.session_cells[a]] * d.cell_limit[r.session_cells[a]]
    return float(total)


@inner
def _use(d: Data, pr: Prices, pair: int) -> float:
    """Price of the absence, the group-work shares and the travel that one pair uses."""
    s = d.pair[pair, SESSION]
    base = d.people[d.pair[pair, PERSON], UNIT] * d.slots
    total = pr.money[0] * d.travel[pair]
    for t in range(d.meeting[s, SLOT], d.meeting[s, SLOT] + d.meeting[s, LENGTH]):
        total += pr.away[base + t]
    if d.pair[pair, MUNICIPALITY] >= 0:
        total += pr.cell[d.pair[pair, MUNICIPALITY]] + pr.cell[d.pair[pair, PROFESSION]]
    return float(total)


@inner
def _spend(d: Data, slope: Prices, pair: int) -> None:
    """Book what a taken pair uses against its resources."""
    s = d.pair[pair, SESSION]
    base = d.people[d.pair[pair, PERSON], UNIT] * d.slots
    slope.money[0] -= d.travel[pair]
    for t in range(d.meeting[s, SLOT], d.meeting[s, SLOT] + d.meeting[s, LENGTH]):
        slope.away[base + t] -= 1.0
    if d.pair[pair, MUNICIPALITY] >= 0:
        slope.cell[d.pair[pair, MUNICIPALITY]] -= 1.0
        slope.cell[d.pair[pair, PROFESSION]] -= 1.0


@inner
def _begin(d: Data, pr: Prices, slope: Prices) -> None:
    slope.seat[:] = 0.0
    slope.cell[:] = 0.0
    slope.pair[:] = 0.0
    slope.money[0] = d.budget
    slope.exclusive[:] = 1.0
    for a in range(len(pr.away)):
        slope.away[a] = d.absence[a]
    for u in range(len(d.need)):
        slope.level[u] = 0.0
        for part in range(d.parts.shape[1]):
            if d.parts[0, part] > pr.level[u]:
                slope.level[u] -= d.need[u] * d.parts[1, part]


@inner
def _hold(d: Data, r: Relaxed, slope: Prices, s: int) -> None:
    slope.money[0] -= d.cost[s]
    for a in range(r.exclusive_start[s], r.exclusive_start[s + 1]):
        slope.exclusive[r.exclusive[a]] -= 1.0
    for a in range(r.session_cell_start[s], r.session_cell_start[s + 1]):
        slope.cell[r.session_cells[a]] += d.cell_limit[r.session_cells[a]]


@compiled
def weak_step(d: Data, r: Relaxed, pr: Prices, slope: Prices, price: Array, taken: Array, held: Array) -> float:
    """Bound and its slope with a price per seat; marks the sessions that would be held."""
    _begin(d, pr, slope)
    for pair in range(len(price)):
        price[pair] = pr.seat[d.pair[pair, SESSION]] + _use(d, pr, pair)
        taken[pair] = 0.0
    total = _shared(d, r, pr) + _persons(d, r, pr, price, taken, slope.level)
    for s in range(len(d.cost)):
        worth = pr.seat[s] * d.meeting[s, MAXIMUM] - _opening(d, r, pr, s)
        held[s] = 0.0
        if d.meeting[s, PIN] == 1 or (d.meeting[s, PIN] == 0 and worth > 0.0):
            total += worth
            held[s] = 1.0
            slope.seat[s] += d.meeting[s, MAXIMUM]
            _hold(d, r, slope, s)
    for pair in range(len(price)):
        if taken[pair] > 0.0:
            slope.seat[d.pair[pair, SESSION]] -= 1.0
            _spend(d, slope, pair)
    return total


@compiled
def split_step(d: Data, r: Relaxed, pr: Prices, slope: Prices, price: Array, taken: Array, held: Array) -> float:
    """Bound and its slope with a price per pair; every held session takes between its minimum and its maximum of people."""
    _begin(d, pr, slope)
    taken[:] = 0.0
    total = _shared(d, r, pr) + _persons(d, r, pr, pr.pair, taken, slope.level)
    for pair in range(len(price)):
        slope.pair[pair] = -taken[pair]
    for s in range(len(d.cost)):
        held[s] = 0.0
        first, last = d.meeting[s, PAIRS], d.meeting[s + 1, PAIRS]
        if d.meeting[s, PIN] < 0 or (d.meeting[s, PIN] == 0 and last - first < d.meeting[s, MINIMUM]):
            continue
        opening = _opening(d, r, pr, s)
        hope = -opening
        for a in range(first, last):
            pair = d.lists[1, a]
            price[a] = _use(d, pr, pair) - pr.pair[pair]
            hope += max(0.0, -price[a])
        if hope <= 0.0 and d.meeting[s, PIN] == 0:
            continue  # even with every willing person it would not pay
        for a in range(first, last):
            r.order[a] = d.lists[1, a]
        sort_by_key(price, r.order, first, last)
        count, worth = 0, -opening
        while count < min(last - first, d.meeting[s, MAXIMUM]):
            step = price[first + count]
            if step >= 0.0 and count >= d.meeting[s, MINIMUM]:
                break
            worth -= step
            count += 1
        if worth > 0.0 or d.meeting[s, PIN] == 1:
            total += worth
            held[s] = 1.0
            _hold(d, r, slope, s)
            for a in range(count):
                pair = r.order[first + a]
                slope.pair[pair] += 1.0
                _spend(d, slope, pair)
    return total


@compiled
def _descend(price: Array, slope: Array, mean: Array, spread: Array, rate: float, a: float, b: float, floor: float) -> None:
    """One Adam step down, a and b taking out the start of the two means; a price never falls below its floor."""
    for j in range(len(price)):
        mean[j] = 0.9 * mean[j] + 0.1 * slope[j]
        spread[j] = 0.99 * spread[j] + 0.01 * slope[j] * slope[j]
        if mean[j] != 0.0:
            price[j] = max(floor, price[j] - rate * (mean[j] / a) / (np.sqrt(spread[j] / b) + 1e-9))


def _zeros(p: Problem, d: Data, exclusive: int) -> Prices:
    return Prices(
        np.zeros(p.sessions), np.zeros(p.units * p.slots), np.zeros(len(d.cell_limit)), np.zeros(exclusive), np.zeros(p.units), np.zeros(1),
        np.zeros(p.pairs),
    )  # fmt: skip


class Bounds:
    """Prices found so far, the lowest bound, and how often each session was held while the prices settled."""

    def __init__(self, p: Problem, d: Data) -> None:
        self.data = d
        self.relaxed, exclusive = _relaxed(p, d)
        self.prices = _zeros(p, d, exclusive)
        self._fresh: Callable[[], Prices] = lambda: _zeros(p, d, exclusive)
        self.prices.level[:] = p.omega.mean() if len(p.omega) else 0.0
        self.unit_cost = float(p.session_cost.mean()) / max(1.0, float(p.session_maximum.mean())) if p.sessions else 1.0
        typical = float(p.weight[p.weight > 0].mean()) if (p.weight > 0).any() else 1.0
        self.scale = typical  # points a seat is roughly worth
        self.best = float("inf")
        self.weak = float("inf")
        self.favour = np.zeros(p.sessions)
        self.best_prices = self.prices

    def _run(self, split: bool, steps: int, rate: float, last_rate: float) -> None:
        d, pr = self.data, self.prices
        slope, mean, spread = self._fresh(), self._fresh(), self._fresh()
        price, taken, held = np.zeros(len(d.pair)), np.zeros(len(d.pair)), np.zeros(len(d.cost))
        step = split_step if split else weak_step
        tally = np.zeros(len(d.cost))
        for turn in range(1, steps + 1):
            total = step(d, self.relaxed, pr, slope, price, taken, held)
            if total < self.best:
                self.best = total
                self.best_prices = Prices(*(a.copy() for a in pr))
            if turn > steps // 2:
                tally += held
            a, b = 1.0 - 0.9**turn, 1.0 - 0.99**turn
            now = self.scale * rate * (last_rate / rate) ** (turn / steps)
            for name, factor, floor in (
                ("seat", 1.0, 0.0), ("away", 1.0, 0.0), ("cell", 0.5, 0.0), ("exclusive", 5.0, 0.0), ("level", 0.2 / self.scale, 0.0),
                ("money", 1.0 / max(self.unit_cost, 1e-9), 0.0), ("pair", 1.0, -1e18),
            ):  # fmt: skip
                if (name == "pair") == split or name not in ("pair", "seat"):
                    _descend(getattr(pr, name), getattr(slope, name), getattr(mean, name), getattr(spread, name), now * factor, a, b, floor)
        if steps > 1:
            self.favour = tally / (steps - steps // 2)

    def price_resources(self, steps: int = 150) -> None:
        """The weak bound: prices of seats, absence, group-work shares, money; and the sessions they favour."""
        self._run(False, steps, 0.15, 0.01)
        self.weak = self.best

    def price_pairs(self) -> None:
        """The split bound, from the best prices of the weak one; a small problem can afford more steps."""
        steps = min(400, max(150, 40_000_000 // max(1, len(self.data.pair))))
        best = self.best_prices
        for name in Prices._fields:
            getattr(self.prices, name)[:] = getattr(best, name)
        pr, d = self.prices, self.data
        pair_prices(d, pr)
        self._run(True, steps, 0.06, 0.001)


@compiled
def pair_prices(d: Data, pr: Prices) -> None:
    """Start of the split bound: what a pair's resources cost together."""
    for pair in range(len(pr.pair)):
        pr.pair[pair] = pr.seat[d.pair[pair, SESSION]] + _use(d, pr, pair)
