"""The stable matching: nobody and no company would both rather have each other. Deferred acceptance; people propose (Gale and Shapley 1962).

A company chooses within two limits, the capacity of each place and the places its coach can follow. It always keeps the most wanted that fit both, which
is what makes deferred acceptance end without a blocking pair (choosing the best of nested limits: Hatfield and Milgrom 2005).
Mentors stay as in the best total: on that side both rank by the same points.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from handrail.placements.rules.matching.columns import Array, Columns, lots
from handrail.placements.rules.matching.matching import Matching, company_points_of, own_points_of
from handrail.placements.rules.matching.pairs import Pairs
from handrail.placements.rules.matching.weights import LOTS


def stable(columns: Columns, pairs: Pairs, best: Matching) -> Matching:
    """The stable matching that is best for the people among all stable ones; where two are wanted equally the lot decides."""
    people, places, _ = columns.tickets()
    lot = lots(people[pairs.person], places[pairs.place])
    order = np.lexsort((-(own_points_of(pairs) * LOTS + lot), pairs.person))
    wanted = company_points_of(pairs) * LOTS + lot
    # made strict: of two with the same points and lot the one with the lower ticket
    strict = np.empty(len(wanted), np.int64)
    strict[np.lexsort((people[pairs.person], wanted))] = np.arange(len(wanted))
    chosen = np.zeros(len(pairs.person), np.bool_)
    start = np.searchsorted(pairs.person[order], np.arange(len(people) + 1))
    accepted = _propose(
        start.tolist(), order.tolist(), pairs.place.tolist(), strict.tolist(), columns.places.capacity.tolist(),
        columns.places.company.tolist(), columns.coached_places.tolist(),
    )  # fmt: skip
    chosen[accepted] = True
    return Matching(chosen, best.met)


def _propose(
    start: list[int], order: list[int], place: list[int], wanted: list[int], capacity: list[int], company: list[int], coached: list[int],
) -> Array:  # fmt: skip
    """Let everybody propose in the order of their wishes until nobody is turned away; the pairs that are held at the end."""
    turn, person_of = start[:-1], {}
    in_place, in_company = [0] * len(capacity), [0] * len(coached)
    least_in_place: list[list[tuple[int, int]]] = [[] for _ in capacity]
    least_in_company: list[list[tuple[int, int]]] = [[] for _ in coached]
    held = bytearray(len(order))
    waiting = list(range(len(start) - 2, -1, -1))
    while waiting:
        person = waiting.pop()
        if turn[person] == start[person + 1]:
            continue  # turned away everywhere
        pair = order[turn[person]]
        turn[person] += 1
        where = place[pair]
        whose = company[where]
        held[pair], person_of[pair] = 1, person
        in_place[where] += 1
        in_company[whose] += 1
        heappush(least_in_place[where], (wanted[pair], pair))
        heappush(least_in_company[whose], (wanted[pair], pair))
        if in_place[where] > capacity[where]:
            out = _least_held(least_in_place[where], held)
        elif in_company[whose] > coached[whose]:
            out = _least_held(least_in_company[whose], held)
        else:
            continue
        held[out] = 0
        in_place[place[out]] -= 1
        in_company[whose] -= 1
        waiting.append(person_of[out])
    return np.flatnonzero(np.frombuffer(held, np.uint8))


def _least_held(heap: list[tuple[int, int]], held: bytearray) -> int:
    while True:
        _, pair = heappop(heap)
        if held[pair]:
            return pair
