"""From facts to a proposal, both ways; and once more when somebody has withdrawn. A proposal places nobody: a named person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from handrail.placements.rules.matching.columns import Array, Columns, columns_of
from handrail.placements.rules.matching.facts import BEST_TOTAL, STABLE, Market
from handrail.placements.rules.matching.matching import Matching, blocking_pairs, mentor_of, place_of, value_of
from handrail.placements.rules.matching.network import best_total
from handrail.placements.rules.matching.pairs import Pairs, pairs_of
from handrail.placements.rules.matching.stable import stable


@dataclass(frozen=True)
class Proposal:
    """A matching with the data it was made from and what it is worth."""

    way: str  # of `WAYS`
    columns: Columns
    pairs: Pairs
    matching: Matching
    loyalty: Array | None = None  # points that each pair of before counts more, where this was made after withdrawals

    @cached_property
    def value(self) -> int:
        """All points: scores, and what it is worth to be placed and mentored."""
        return value_of(self.columns, self.pairs, self.matching)

    @cached_property
    def blocking(self) -> int:
        """How many pairs would both rather have each other."""
        return len(blocking_pairs(self.columns, self.pairs, self.matching))

    @property
    def places(self) -> dict[str, str]:
        """The place proposed to each participant who is proposed one, by their ids."""
        return _by_uid(self.columns.people.uids, self.columns.places.uids, place_of(self.columns, self.pairs, self.matching))

    @property
    def mentors(self) -> dict[str, str]:
        """The mentor proposed to each participant who is proposed one, by their ids."""
        return _by_uid(self.columns.people.uids, self.columns.mentors.uids, mentor_of(self.columns, self.pairs, self.matching))


@dataclass(frozen=True)
class BothWays:
    """The two ways to match, side by side; which one is taken is the programme's open choice."""

    best_total: Proposal
    stable: Proposal

    @property
    def price(self) -> dict[str, int]:
        """What stability costs: points and placed people less; and what it gives: blocking pairs less."""
        best, other = self.best_total, self.stable
        return {
            "points": best.value - other.value,
            "placed": best.matching.placed - other.matching.placed,
            "blocking": best.blocking - other.blocking,
        }


@dataclass(frozen=True)
class Again:
    """A proposal after withdrawals: how many of the matches that are still possible it keeps, and what that costs."""

    proposal: Proposal
    possible: int  # matches made before that may still be made, places and mentors
    kept: int
    afresh: int  # the value of the best total that knows nothing of before

    @property
    def kept_share(self) -> float:
        """Of the matches still possible, the share that is kept."""
        return self.kept / self.possible if self.possible else 1.0

    @property
    def loss(self) -> float:
        """The share of the best value that keeping costs."""
        return (self.afresh - self.proposal.value) / self.afresh if self.afresh else 0.0


def propose(given: Market | Columns, way: str = BEST_TOTAL) -> Proposal:
    """Match participants, places and mentors: the most points in all, or stable."""
    columns = columns_of(given) if isinstance(given, Market) else given
    pairs = pairs_of(columns)
    best = best_total(columns, pairs)
    return Proposal(way, columns, pairs, {BEST_TOTAL: lambda: best, STABLE: lambda: stable(columns, pairs, best)}[way]())


def propose_both_ways(given: Market | Columns) -> BothWays:
    """Match both ways from the same data, so that the price of each can be seen."""
    best = propose(given)
    return BothWays(best, Proposal(STABLE, best.columns, best.pairs, stable(best.columns, best.pairs, best.matching)))


def propose_again(given: Market | Columns, *, places: Mapping[str, str], mentors: Mapping[str, str]) -> Again:
    """Match once more after withdrawals, keeping what was proposed or agreed before wherever that costs little.

    `places` and `mentors` are those of before, by participant. A pair of before counts the loyalty bonus of the weights more; the value is told without it.
    """
    columns = columns_of(given) if isinstance(given, Market) else given
    pairs = pairs_of(columns)
    before = Matching(
        _same(columns.people.uids, columns.places.uids, places, pairs.person, pairs.place),
        _same(columns.people.uids, columns.mentors.uids, mentors, pairs.mentored, pairs.mentor),
    )
    found = best_total(columns, pairs, favoured=before)
    kept = int((found.chosen & before.chosen).sum() + (found.met & before.met).sum())
    afresh = value_of(columns, pairs, best_total(columns, pairs))
    return Again(Proposal(BEST_TOTAL, columns, pairs, found, columns.weights.loyalty * before.chosen.astype(np.int64)), before.placed + before.mentored, kept, afresh)


def _by_uid(people: list[str], others: list[str], found: Array) -> dict[str, str]:
    return {people[row]: others[found[row]] for row in np.flatnonzero(found >= 0)}


def _same(people: list[str], others: list[str], before: Mapping[str, str], person: Array, other: Array) -> Array:
    """Which pairs were matched before."""
    row_of = {uid: row for row, uid in enumerate(others)}
    old = np.array([row_of.get(before.get(uid, ""), -1) for uid in people], np.int64)
    same: Array = old[person] == other
    return same
