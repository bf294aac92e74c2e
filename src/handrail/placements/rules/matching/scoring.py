"""How well two fit, from 0 to 1,000 points in parts that anybody can add up. Whole numbers, rounded down; nothing is learned from data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handrail.placements.rules.matching.eligibility import shared_language
from handrail.placements.rules.matching.facts import LEVELS, Mentor, Participant, Place
from handrail.placements.rules.matching.weights import Weights


class Share(NamedTuple):
    """A part of a whole: so many of so many."""

    part: int
    whole: int


class Score(NamedTuple):
    """The five parts of a score, in points."""

    wish: int
    need: int
    growth: int
    travel: int
    waiting: int

    @property
    def points(self) -> int:
        """All parts together, 0 to 1,000."""
        return sum(self)


def wish_rank(person: Participant, place: Place) -> int:
    """Which of a person's wishes a place fulfils, the dearest is 1; 0 when none."""
    return next((rank for rank, wish in enumerate(person.wishes, 1) if wish == place.uid or wish in place.fields), 0)


def needs_met(person: Participant, place: Place) -> Share:
    """Levels of competence that the person brings, of those the company asked for."""
    return Share(
        sum(min(person.competences.get(code, 0), level) for code, level in place.needs.items()), sum(place.needs.values())
    )


def gap_closed(person: Participant, place: Place) -> Share:
    """Levels that the person wants to grow and the place lets grow, of all that the person wants to grow."""
    return Share(sum(min(level, place.develops.get(code, 0)) for code, level in person.gaps.items()), sum(person.gaps.values()))


def score(person: Participant, place: Place, weights: Weights) -> Score:
    """The score of a person and a place that may be matched, in five visible parts."""
    rank, need, growth = wish_rank(person, place), needs_met(person, place), gap_closed(person, place)
    minutes = min(person.minutes[place.uid], weights.travel_minutes)
    return Score(
        wish=weights.wish * _share_of_rank(weights, rank) // 1000,
        need=weights.need * need.part // need.whole if need.whole else weights.need,
        growth=weights.growth * growth.part // growth.whole if growth.whole else 0,
        travel=weights.travel * (weights.travel_minutes - minutes) // weights.travel_minutes,
        waiting=weights.waiting * min(person.waiting_days, weights.waiting_days) // weights.waiting_days,
    )


def mentor_score(person: Participant, mentor: Mentor, weights: Weights) -> int:
    """The points, 0 to 1,000, of a mentor and a person who may be matched: how well they can talk, and how near they live."""
    level = shared_language(person, mentor)[1]
    minutes = min(person.minutes_to_mentors[mentor.uid], weights.travel_minutes)
    return (
        weights.mentor_language * level // (len(LEVELS) - 1)
        + weights.mentor_travel * (weights.travel_minutes - minutes) // weights.travel_minutes
    )


def _share_of_rank(weights: Weights, rank: int) -> int:
    return weights.wish_shares[rank - 1] if 0 < rank <= len(weights.wish_shares) else 0


def codes_of(*levels: Mapping[str, int]) -> list[str]:
    """All codes that stand in any of these, in order."""
    return sorted({code for one in levels for code in one})
