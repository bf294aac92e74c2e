"""A proof of the best value at any size: prices for seats, coaches and mentors under which nobody could have more (weak duality).

Whatever the prices, no matching is worth more than: for each person the best that is left after paying, and for each capacity its price. Where
that equals the value of a matching, the matching is optimal. How the prices were found does not matter to the proof.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from handrail.placements.rules.matching.columns import Columns
from handrail.placements.rules.matching.matching import Matching
from handrail.placements.rules.matching.pairs import Pairs
from handrail.placements.rules.matching.prices import left_over, node_prices


def bound(columns: Columns, pairs: Pairs, matching: Matching) -> int:
    """What no matching of these pairs can be worth more than."""
    people, weights, mentors = len(columns.people.uids), columns.weights, len(columns.mentors.uids)
    places = _side(
        people, pairs.person, pairs.place, pairs.points + weights.placed, matching.chosen, columns.places.capacity, columns.places.company,
        columns.coached_places,
    )  # fmt: skip
    talks = _side(
        people, pairs.mentored, pairs.mentor, pairs.mentor_points + weights.mentored, matching.met, columns.mentors.capacity, np.arange(mentors),
        columns.mentors.capacity,
    )  # fmt: skip
    return places + talks


def _side(people: int, person: Any, seat: Any, gain: Any, chosen: Any, capacity: Any, group: Any, limit: Any) -> int:
    steps = left_over(person, seat, gain, chosen, people=people, capacity=capacity, company=group, coached=limit)
    price = node_prices(*steps, people + len(capacity) + len(limit) + 1)
    of_seat, of_group, sink = price[people : people + len(capacity)], price[people + len(capacity) : -1], price[-1]
    for_group = np.maximum(0, sink - of_group)
    for_seat = np.maximum(0, of_group[group] - of_seat)
    left = gain - for_seat[seat] - for_group[group[seat]]
    best = np.zeros(people, np.int64)
    np.maximum.at(best, person, left)
    return int(best.sum() + (for_seat * capacity).sum() + (for_group * limit).sum())
