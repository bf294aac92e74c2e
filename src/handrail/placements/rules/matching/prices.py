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


class Prices:
    """The chains of a best total. All numbers are points, those for being placed at all included."""

    def __init__(self, proposal: Proposal) -> None:
        columns, pairs, chosen = proposal.columns, proposal.pairs, proposal.matching.chosen
        self.proposal, self.pairs, self.chosen = proposal, pairs, chosen
        self.gain = pairs.points + columns.weights.placed
        self.place_of = place_of(columns, pairs, proposal.matching)
        self.first_pair = np.searchsorted(pairs.person, np.arange(len(self.place_of) + 1))
        self.now = np.zeros(len(self.place_of), np.int64)  # what each person has of it
        self.now[pairs.person[chosen]] = self.gain[chosen]
        # who would have more points with a place than now, or is proposed it
        self.wants = (self.gain > self.now[pairs.person]) | chosen
        self.wanted = np.bincount(pairs.place[self.wants], minlength=len(columns.places.uids))

    def losses(self, people: list[int]) -> dict[int, Array]:
        """For each of these people, and each pair of theirs in order, how many points everybody together would lose if it were made; 0 where it is."""
        tail, head, cost = self._left_over()
        nodes = int(max(tail.max(initial=0), head.max(initial=0))) + 1
        price = _prices(tail, head, cost, nodes)
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

    def _left_over(self) -> tuple[Array, Array, Array]:
        """The steps that are still possible, from node to node, and their cost. Nodes: people, places, coaches of companies, the sink."""
        columns, pairs = self.proposal.columns, self.pairs
        people, company = len(self.place_of), columns.places.company
        person, place = pairs.person.astype(np.int64), people + pairs.place.astype(np.int64)
        where, coach = people + np.arange(len(company)), people + len(company) + company.astype(np.int64)
        coaches = people + len(company) + np.arange(len(columns.companies))
        sink = np.int64(people + len(company) + len(columns.companies))
        seats = np.bincount(pairs.place[self.chosen], minlength=len(company))
        coached = np.bincount(company, seats, len(columns.companies)).astype(np.int64)
        room, used, free, busy = seats < columns.places.capacity, seats > 0, coached < columns.coached_places, coached > 0
        placed, waiting = np.flatnonzero(self.place_of >= 0), np.flatnonzero(self.place_of < 0)
        steps = (
            (person[~self.chosen], place[~self.chosen], -self.gain[~self.chosen]), (place[self.chosen], person[self.chosen], self.gain[self.chosen]),
            (placed, sink, 0), (sink, waiting, 0), (where[room], coach[room], 0), (coach[used], where[used], 0), (coaches[free], sink, 0),
            (sink, coaches[busy], 0),
        )  # fmt: skip
        whole = [np.broadcast_arrays(*one) for one in steps]
        tail, head, cost = (np.concatenate([one[column] for one in whole]).astype(np.int64) for column in range(3))
        return tail, head, cost


def _prices(tail: Array, head: Array, cost: Array, nodes: int) -> Array:
    """A price for every node, so that no step costs less than the difference of its prices."""
    order = np.argsort(head, kind="stable")
    tail, cost = tail[order], cost[order]
    reached, starts = np.unique(head[order], return_index=True)
    price = np.zeros(nodes, np.int64)
    while True:
        lower = np.minimum(price[reached], np.minimum.reduceat(price[tail] + cost, starts)) if len(starts) else price[reached]
        if np.array_equal(lower, price[reached]):
            return price
        price[reached] = lower
