"""A matching: who is proposed which place and which mentor, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handrail.placements.rules.matching.columns import Array, Columns
from handrail.placements.rules.matching.pairs import Pairs


@dataclass(frozen=True)
class Matching:
    """For each pair whether it is proposed; at most one place and one mentor a person."""

    chosen: Array  # of the pairs of people and places, yes or no
    met: Array  # of the pairs of people and mentors

    @property
    def placed(self) -> int:
        """How many people are proposed a place."""
        return int(np.count_nonzero(self.chosen))

    @property
    def mentored(self) -> int:
        """How many people are proposed a mentor."""
        return int(np.count_nonzero(self.met))


def value_of(columns: Columns, pairs: Pairs, matching: Matching) -> int:
    """All points of a matching: the scores, and what it is worth to be placed and to be mentored at all."""
    places = int(pairs.points[matching.chosen].sum()) + columns.weights.placed * matching.placed
    return places + int(pairs.mentor_points[matching.met].sum()) + columns.weights.mentored * matching.mentored


def place_of(columns: Columns, pairs: Pairs, matching: Matching) -> Array:
    """The place proposed to each person; -1 where there is none."""
    found = np.full(len(columns.people.uids), -1, np.int32)
    found[pairs.person[matching.chosen]] = pairs.place[matching.chosen]
    return found


def mentor_of(columns: Columns, pairs: Pairs, matching: Matching) -> Array:
    """The mentor proposed to each person; -1 where there is none."""
    found = np.full(len(columns.people.uids), -1, np.int32)
    found[pairs.mentored[matching.met]] = pairs.mentor[matching.met]
    return found


def own_points_of(pairs: Pairs) -> Array:
    """The person's own side of each pair: the wish, what may grow, the way."""
    return pairs.parts[:, 0].astype(np.int64) + pairs.parts[:, 2] + pairs.parts[:, 3]


def company_points_of(pairs: Pairs) -> Array:
    """The company's side of each pair: its need; among equals, who has waited longer."""
    return pairs.parts[:, 1].astype(np.int64) * 1001 + pairs.parts[:, 4]


def blocking_pairs(columns: Columns, pairs: Pairs, matching: Matching) -> Array:
    """Pairs that would both rather have each other than what is proposed to them: the pairs' numbers.

    A place takes somebody gladly when it and its coach have room, or when it would rather have the newcomer than the least wanted of those it
    must choose from: of the same place when that is full, else of the company when its coach has no more time.
    """
    who, where, company = pairs.person, pairs.place, columns.places.company[pairs.place]
    own, theirs = own_points_of(pairs), company_points_of(pairs)
    mine = np.full(len(columns.people.uids), -1, np.int64)
    mine[who[matching.chosen]] = own[matching.chosen]
    in_place, in_company = (
        _least(where, theirs, matching, len(columns.places.uids)),
        _least(company, theirs, matching, len(columns.companies)),
    )
    place_full = np.bincount(where[matching.chosen], minlength=len(columns.places.uids)) >= columns.places.capacity
    coach_full = np.bincount(company[matching.chosen], minlength=len(columns.companies)) >= columns.coached_places
    gladly = np.where(
        place_full[where], theirs > in_place[where], np.where(coach_full[company], theirs > in_company[company], True)
    )
    return np.flatnonzero((own > mine[who]) & gladly)


def _least(group: Array, points: Array, matching: Matching, groups: int) -> Array:
    found = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(found, group[matching.chosen], points[matching.chosen])
    return found
