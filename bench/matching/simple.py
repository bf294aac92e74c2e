"""What a careful person would do by hand: the best score first, or whoever comes first takes the best that is left."""

from __future__ import annotations

from typing import Any

import numpy as np

from handrail.placements.rules.matching.columns import Columns
from handrail.placements.rules.matching.matching import Matching, value_of
from handrail.placements.rules.matching.pairs import Pairs


def best_score_first(columns: Columns, pairs: Pairs) -> int:
    """The value of taking pairs from the highest score down, places and mentors alike."""
    places = np.argsort(-pairs.points, kind="stable").tolist()
    mentors = np.argsort(-pairs.mentor_points, kind="stable").tolist()
    return _take(columns, pairs, places, mentors)


def first_come(columns: Columns, pairs: Pairs) -> int:
    """The value when people come in a drawn order and each takes the best that is left."""
    turn = np.random.default_rng(1).permutation(len(columns.people.uids))
    places = np.lexsort((-pairs.points, turn[pairs.person])).tolist()
    mentors = np.lexsort((-pairs.mentor_points, turn[pairs.mentored])).tolist()
    return _take(columns, pairs, places, mentors)


def _take(columns: Columns, pairs: Pairs, places: list[int], mentors: list[int]) -> int:
    company = columns.places.company
    person, place = pairs.person.tolist(), pairs.place.tolist()
    seats, coach = columns.places.capacity.tolist(), columns.coached_places.tolist()
    done, chosen = bytearray(len(columns.people.uids)), np.zeros(len(person), np.bool_)
    whose = company.tolist()
    for pair in places:
        where = place[pair]
        if not done[person[pair]] and seats[where] > 0 and coach[whose[where]] > 0:
            done[person[pair]], chosen[pair] = 1, True
            seats[where] -= 1
            coach[whose[where]] -= 1
    return value_of(columns, pairs, Matching(chosen, _mentors(columns, pairs, mentors)))


def _mentors(columns: Columns, pairs: Pairs, order: list[int]) -> Any:
    person, mentor, time = pairs.mentored.tolist(), pairs.mentor.tolist(), columns.mentors.capacity.tolist()
    done, met = bytearray(len(columns.people.uids)), np.zeros(len(person), np.bool_)
    for pair in order:
        if not done[person[pair]] and time[mentor[pair]] > 0:
            done[person[pair]], met[pair] = 1, True
            time[mentor[pair]] -= 1
    return met
