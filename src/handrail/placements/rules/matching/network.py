"""The best total, exactly: a flow of least cost from mentors through people and places to the companies' coaches.

    source -> mentor -> person -> place -> coach of the company -> sink,  with the ways round "no mentor yet" and "not yet placed"

Every capacity and cost is a whole number, so the flow is whole, too. One unit goes through each person whatever is chosen, since both ways round are
open; so the network is cut there: a person takes one unit in and gives one out. That changes no value and halves the depth. It stays a flow as long as
no point depends on mentor and place together.

Ties: a point costs more than all lots together, so lots never change the total; among equal totals the highest sum of lots is taken. A lot comes
from the ids of the case and the place and from the round, never from the order of arrival: rows are put in the order of their tickets
first, and where there are many, neighbours together from there.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import reverse_cuthill_mckee

from handrail.placements.rules.matching.columns import Array, Columns, lots
from handrail.placements.rules.matching.matching import Matching
from handrail.placements.rules.matching.pairs import Pairs
from handrail.placements.rules.matching.weights import LOTS

MANY = 50_000  # pairs from which on the order of the nodes is worth its own work


class FlowFailed(RuntimeError):
    """The solver gave no optimal flow; says what it answered. The data are kept and nothing is proposed."""


def best_total(columns: Columns, pairs: Pairs, *, favoured: Matching | None = None) -> Matching:
    """The matching with the most points in all; pairs of `favoured` count the loyalty bonus more."""
    people, places, mentors = columns.tickets()
    weights, scale = columns.weights, 2 * LOTS * max(len(people), 1)
    extra = weights.loyalty * favoured.chosen if favoured else 0
    extra_met = weights.loyalty * favoured.met if favoured else 0
    gain = (pairs.points + weights.placed + extra) * scale + lots(people[pairs.person], places[pairs.place])
    gain_met = (pairs.mentor_points + weights.mentored + extra_met) * scale + lots(people[pairs.mentored], mentors[pairs.mentor])
    rank, place_rank, mentor_rank = _neighbours_together(pairs, _ranks(people), _ranks(places), _ranks(mentors))
    order, order_met = _by(rank[pairs.person], place_rank[pairs.place]), _by(rank[pairs.mentored], mentor_rank[pairs.mentor])
    by_ticket, mentors_by_ticket = np.argsort(place_rank), np.argsort(mentor_rank)
    chosen, met = np.zeros(len(pairs.person), np.bool_), np.zeros(len(pairs.mentored), np.bool_)
    chosen[order], met[order_met] = _flow(
        people=len(people), person=rank[pairs.person[order]], place=place_rank[pairs.place[order]], gain=gain[order],
        mentored=rank[pairs.mentored[order_met]], mentor=mentor_rank[pairs.mentor[order_met]], gain_met=gain_met[order_met],
        capacity=columns.places.capacity[by_ticket], company=columns.places.company[by_ticket], coached=columns.coached_places,
        time=columns.mentors.capacity[mentors_by_ticket],
    )  # fmt: skip
    return Matching(chosen, met)


def _ranks(tickets: Array) -> Array:
    rank = np.empty(len(tickets), np.int32)
    rank[np.argsort(tickets, kind="stable")] = np.arange(len(tickets), dtype=np.int32)
    return rank


def _neighbours_together(pairs: Pairs, rank: Array, place_rank: Array, mentor_rank: Array) -> tuple[Array, Array, Array]:
    """Number those who may be matched close to each other (reverse Cuthill-McKee): the solver then finds them near in memory, a quarter faster."""
    if len(pairs.person) < MANY:
        return rank, place_rank, mentor_rank
    people, places, nodes = len(rank), len(place_rank), len(rank) + len(place_rank) + len(mentor_rank)
    one = np.concatenate([rank[pairs.person], rank[pairs.mentored]]).astype(np.int32)
    other = np.concatenate([people + place_rank[pairs.place], people + places + mentor_rank[pairs.mentor]]).astype(np.int32)
    graph = csr_matrix(
        (np.ones(2 * len(one), np.int8), (np.concatenate([one, other]), np.concatenate([other, one]))), (nodes, nodes)
    )
    position = np.empty(nodes, np.int64)
    position[reverse_cuthill_mckee(graph, symmetric_mode=True)] = np.arange(nodes)
    ours, theirs, mentors = position[:people], position[people : people + places], position[people + places :]
    return _ranks(ours[rank]), _ranks(theirs[place_rank]), _ranks(mentors[mentor_rank])


def _by(first: Array, second: Array) -> Array:
    return np.lexsort((second, first))


def _flow(
    *, people: int, person: Array, place: Array, gain: Array, mentored: Array, mentor: Array, gain_met: Array, capacity: Array, company: Array,
    coached: Array, time: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """Which pairs carry a unit, places and mentors. Nodes: people's right and left sides, places, companies, mentors, sink, source."""
    from ortools.graph.python import min_cost_flow  # 30 MB that only the task's own process loads

    left, q, c, m = people, 2 * people, 2 * people + len(capacity), 2 * people + len(capacity) + len(coached)
    sink, source = m + len(time), m + len(time) + 1
    everybody, ones, free = np.arange(people, dtype=np.int32), np.ones(people, np.int64), np.zeros(people, np.int64)
    net = min_cost_flow.SimpleMinCostFlow()

    def arcs(tails: Array, heads: Array, most: Array, cost: Array) -> Array:
        made: Array = net.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), most, cost)
        return made

    placed = arcs(person, q + place, np.ones(len(person), np.int64), -gain)
    arcs(everybody, np.full(people, sink), ones, free)  # not yet placed
    arcs(q + np.arange(len(capacity)), c + company, np.maximum(capacity, 0), np.zeros(len(capacity), np.int64))
    arcs(c + np.arange(len(coached)), np.full(len(coached), sink), np.maximum(coached, 0), np.zeros(len(coached), np.int64))
    met = arcs(m + mentor, left + mentored, np.ones(len(mentor), np.int64), -gain_met)
    arcs(np.full(people, source), left + everybody, ones, free)  # no mentor yet
    arcs(np.full(len(time), source), m + np.arange(len(time)), np.maximum(time, 0), np.zeros(len(time), np.int64))
    supply = np.concatenate([ones, -ones, np.zeros(len(capacity) + len(coached) + len(time), np.int64), [-people, people]])
    net.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    answer = net.solve() if people else net.OPTIMAL
    if answer != net.OPTIMAL:
        raise FlowFailed(f"The flow solver answered {answer} for {people} people and {len(person)} pairs. Check the capacities.")
    if not people:
        return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
    return net.flows(placed) > 0, net.flows(met) > 0
