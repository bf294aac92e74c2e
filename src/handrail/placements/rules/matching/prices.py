"""What a match that was not made would cost everybody together, exactly: the shortest way round in what is left over of the flow.

To give somebody a place, somebody else moves, who moves somebody else, and so on until a free seat, or until somebody is left without a place. The
cheapest such chain is the price. Prices of all nodes (Bellman and Ford, once) make every step cost nought or more, so that Dijkstra can find the
chains back to each person asked for.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from handrail.placements.rules.matching.columns import Array
from handrail.placements.rules.matching.matching import place_of
from handrail.placements.rules.matching.proposing import Proposal

CELLS = 1 << 22  # people asked for times nodes, looked at together
STEP = 1e-7  # so little is added to each step that a step of nought is one, too; rounding takes it away again


class NotBest(ValueError):
    """Prices were asked for of a matching that is not a best total."""


class Prices:
    """The chains of a best total. All numbers are points, those for being placed at all included."""

    def __init__(self, proposal: Proposal) -> None:
        columns, pairs, chosen = proposal.columns, proposal.pairs, proposal.matching.chosen
        self.proposal, self.pairs, self.chosen = proposal, pairs, chosen
        self.gain = pairs.points + columns.weights.placed
        if proposal.loyalty is not None:  # what is best here is best with them
            self.gain = self.gain + proposal.loyalty
        self.place_of = place_of(columns, pairs, proposal.matching)
        self.first_pair = np.searchsorted(pairs.person, np.arange(len(self.place_of) + 1))
        self.now = np.zeros(len(self.place_of), np.int64)  # what each person has of it
        self.now[pairs.person[chosen]] = self.gain[chosen]
        # who would have more points with a place than now, or is proposed it
        self.wants = (self.gain > self.now[pairs.person]) | chosen
        self.wanted = np.bincount(pairs.place[self.wants], minlength=len(columns.places.uids))

    def losses(self, people: list[int]) -> dict[int, Array]:
        """For each of these people, and each pair of theirs in order, how many points everybody together would lose if it were made; 0 where it is."""
        columns, pairs = self.proposal.columns, self.pairs
        tail, head, cost = left_over(
            pairs.person, pairs.place, self.gain, self.chosen, people=len(self.place_of), capacity=columns.places.capacity,
            company=columns.places.company, coached=columns.coached_places,
        )  # fmt: skip
        nodes = len(self.place_of) + len(columns.places.uids) + len(columns.companies) + 1
        price = node_prices(tail, head, cost, nodes)
        back = csr_matrix((cost + price[tail] - price[head] + STEP, (head, tail)), (nodes, nodes))
        found, step = {}, max(1, CELLS // nodes)
        for start in range(0, len(people), step):
            block = people[start : start + step]
            chains = dijkstra(back, indices=block)
            for row, person in enumerate(block):
                mine = slice(self.first_pair[person], self.first_pair[person + 1])
                seats = len(self.place_of) + self.pairs.place[mine]
                loss = np.rint(chains[row, seats]).astype(np.int64) - price[seats] + price[person] - self.gain[mine]
                found[person] = np.where(self.chosen[mine], 0, loss)
        return found


def left_over(
    person: Array, place: Array, gain: Array, chosen: Array, *, people: int, capacity: Array, company: Array, coached: Array
) -> tuple[Array, Array, Array]:
    """The steps that a flow leaves open, from node to node, and their cost. Nodes: people, places, coaches of companies, the sink."""
    who, where = person.astype(np.int64), people + place.astype(np.int64)
    seat, coach = people + np.arange(len(capacity)), people + len(capacity) + company.astype(np.int64)
    coaches, sink = people + len(capacity) + np.arange(len(coached)), np.int64(people + len(capacity) + len(coached))
    seats = np.bincount(place[chosen], minlength=len(capacity))
    followed = np.bincount(company, seats, len(coached)).astype(np.int64)
    room, used, free, busy = seats < capacity, seats > 0, followed < coached, followed > 0
    is_placed = np.zeros(people, np.bool_)
    is_placed[who[chosen]] = True
    steps = (
        (who[~chosen], where[~chosen], -gain[~chosen]), (where[chosen], who[chosen], gain[chosen]), (np.flatnonzero(is_placed), sink, 0),
        (sink, np.flatnonzero(~is_placed), 0), (seat[room], coach[room], 0), (coach[used], seat[used], 0), (coaches[free], sink, 0),
        (sink, coaches[busy], 0),
    )  # fmt: skip
    whole = [np.broadcast_arrays(*one) for one in steps]
    tail, head, cost = (np.concatenate([one[column] for one in whole]).astype(np.int64) for column in range(3))
    return tail, head, cost


def node_prices(tail: Array, head: Array, cost: Array, nodes: int) -> Array:
    """A price for every node, so that no step costs less than the difference of its prices."""
    order = np.argsort(head, kind="stable")
    tail, cost = tail[order], cost[order]
    reached, starts = np.unique(head[order], return_index=True)
    price = np.zeros(nodes, np.int64)
    for _ in range(nodes + 1):
        lower = np.minimum(price[reached], np.minimum.reduceat(price[tail] + cost, starts)) if len(starts) else price[reached]
        if np.array_equal(lower, price[reached]):
            return price
        price[reached] = lower
    raise NotBest("There is a chain of moves after which everybody together has more: this is no best total.")
