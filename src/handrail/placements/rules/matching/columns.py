"""The same facts as `facts.py`, one array a column: how a hundred thousand people are matched. Rows are numbered from 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from handrail.placements.rules.matching.facts import HALF_DAYS, Market
from handrail.placements.rules.matching.scoring import codes_of
from handrail.placements.rules.matching.weights import Weights, ticket

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True)
class People:
    """Participants, a row each."""

    uids: list[str]
    shares_with_companies: Array
    shares_with_mentors: Array
    wishes: Array  # person x rank: a field of work by its number, a place by the number of fields and its own; -1 none
    languages: Array  # person x language: level
    least_hours: Array
    most_hours: Array
    half_days: Array  # one bit each
    most_minutes: Array
    demands_not_fitting: Array  # one bit each
    competences: Array  # person x competence: level
    gaps: Array
    waiting_days: Array


@dataclass(frozen=True, kw_only=True)
class Places:
    """Positions, a row each."""

    uids: list[str]
    company: Array
    capacity: Array
    language: Array
    level: Array
    hours: Array
    half_days: Array
    half_days_needed: Array
    demands: Array
    fields: Array  # one bit each
    develops: Array  # place x competence: level
    needs: Array


@dataclass(frozen=True, kw_only=True)
class Mentors:
    """Mentors, a row each."""

    uids: list[str]
    capacity: Array
    languages: Array  # mentor x language: level
    most_minutes: Array


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Who can get where in how many minutes, in the order of people."""

    person: Array
    other: Array  # a place or a mentor
    minutes: Array


@dataclass(frozen=True, kw_only=True)
class Columns:
    """All that one matching looks at, as arrays."""

    people: People
    places: Places
    mentors: Mentors
    companies: list[str]
    coached_places: Array
    number_of_fields: int
    ways: Ways
    mentor_ways: Ways
    excluded: Array  # person * companies + company, sorted; whoever asked for it
    excluded_mentors: Array  # person * mentors + mentor, sorted
    weights: Weights = field(default_factory=Weights)

    def tickets(self) -> tuple[Array, Array, Array]:
        """The numbers in the draw of people, places and mentors."""
        made = [[ticket(uid, self.weights.draw) for uid in rows.uids] for rows in (self.people, self.places, self.mentors)]
        people, places, mentors = (np.array(one, np.uint64) for one in made)
        return people, places, mentors


def lots(one: Array, other: Array) -> Array:
    """The lots of pairs from the tickets of both: `weights.lot` for arrays."""
    mixed: Array = one ^ (other << np.uint64(1) | other >> np.uint64(63))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: Array = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(56)).astype(np.int64)
    return found


def columns_of(market: Market) -> Columns:
    """The arrays of a market."""
    people, places, mentors = market.participants, market.places, market.mentors
    row_of_place = _rows(place.uid for place in places)
    row_of_mentor, row_of_company = _rows(mentor.uid for mentor in mentors), _rows(company.uid for company in market.companies)
    row_of_person = _rows(person.uid for person in people)
    fields, demands = _rows(market.fields), _rows(market.demands)
    targets = {**fields, **{uid: len(fields) + row for uid, row in row_of_place.items()}}
    languages = _rows(
        codes_of(*(p.languages for p in people), *(m.languages for m in mentors), {place.language: 0 for place in places})
    )
    competences = _rows(
        codes_of(
            *(p.competences for p in people), *(p.gaps for p in people), *(q.needs for q in places), *(q.develops for q in places)
        )
    )
    barred = {
        row_of_person[p.uid] * len(market.companies) + row_of_company[c]
        for p in people
        for c in p.excluded_companies
        if c in row_of_company
    }
    barred |= {
        row_of_person[uid] * len(market.companies) + row
        for row, company in enumerate(market.companies) for uid in company.excluded_participants if uid in row_of_person
    }  # fmt: skip
    parted = {
        row_of_person[p.uid] * len(mentors) + row_of_mentor[m] for p in people for m in p.excluded_mentors if m in row_of_mentor
    }
    parted |= {
        row_of_person[uid] * len(mentors) + row
        for row, mentor in enumerate(mentors)
        for uid in mentor.excluded_participants
        if uid in row_of_person
    }
    return Columns(
        people=People(
            uids=[p.uid for p in people],
            shares_with_companies=np.array([p.shares_with_companies for p in people], np.bool_),
            shares_with_mentors=np.array([p.shares_with_mentors for p in people], np.bool_),
            wishes=_padded([[targets.get(wish, -1) for wish in p.wishes] for p in people]),
            languages=_levels([p.languages for p in people], languages),
            least_hours=np.array([p.least_hours for p in people], np.int32),
            most_hours=np.array([p.most_hours for p in people], np.int32),
            half_days=np.array([_bits(p.half_days, range(HALF_DAYS)) for p in people], np.uint64),
            most_minutes=np.array([p.most_minutes for p in people], np.int32),
            demands_not_fitting=np.array([_bits(p.demands_not_fitting, demands) for p in people], np.uint64),
            competences=_levels([p.competences for p in people], competences),
            gaps=_levels([p.gaps for p in people], competences),
            waiting_days=np.array([p.waiting_days for p in people], np.int32),
        ),
        places=Places(
            uids=[q.uid for q in places],
            company=np.array([row_of_company[q.company] for q in places], np.int32),
            capacity=np.array([q.capacity for q in places], np.int64),
            language=np.array([languages[q.language] for q in places], np.int32),
            level=np.array([q.level for q in places], np.int32),
            hours=np.array([q.hours for q in places], np.int32),
            half_days=np.array([_bits(q.half_days, range(HALF_DAYS)) for q in places], np.uint64),
            half_days_needed=np.array([q.half_days_needed for q in places], np.int32),
            demands=np.array([_bits(q.demands, demands) for q in places], np.uint64),
            fields=np.array([_bits(q.fields, fields) for q in places], np.uint64),
            develops=_levels([q.develops for q in places], competences),
            needs=_levels([q.needs for q in places], competences),
        ),
        mentors=Mentors(
            uids=[m.uid for m in mentors], capacity=np.array([m.capacity for m in mentors], np.int64),
            languages=_levels([m.languages for m in mentors], languages), most_minutes=np.array([m.most_minutes for m in mentors], np.int32),
        ),
        companies=[company.uid for company in market.companies],
        coached_places=np.array([company.coached_places for company in market.companies], np.int64),
        number_of_fields=len(fields),
        ways=_ways([{uid: minutes for uid, minutes in p.minutes.items() if uid not in p.declined} for p in people], row_of_place),
        mentor_ways=_ways([p.minutes_to_mentors for p in people], row_of_mentor),
        excluded=np.array(sorted(barred), np.int64),
        excluded_mentors=np.array(sorted(parted), np.int64),
        weights=market.weights,
    )  # fmt: skip


def _rows(codes: Iterable[str]) -> dict[str, int]:
    return {code: row for row, code in enumerate(codes)}


def _bits(codes: Iterable[Any], known: Mapping[str, int] | range) -> int:
    return sum(1 << known[code] for code in codes if code in known)


def _levels(rows: Sequence[Mapping[str, int]], known: Mapping[str, int]) -> Array:
    made = np.zeros((len(rows), len(known)), np.int8)
    for row, levels in enumerate(rows):
        for code, level in levels.items():
            made[row, known[code]] = level
    return made


def _padded(rows: Sequence[Sequence[int]]) -> Array:
    made = np.full((len(rows), max((len(row) for row in rows), default=0)), -1, np.int32)
    for number, row in enumerate(rows):
        made[number, : len(row)] = row
    return made


def _ways(rows: Sequence[Mapping[str, int]], known: Mapping[str, int]) -> Ways:
    found = [(person, known[uid], minutes) for person, ways in enumerate(rows) for uid, minutes in ways.items() if uid in known]
    table = np.array(sorted(found), np.int32).reshape(len(found), 3)
    return Ways(person=table[:, 0].copy(), other=table[:, 1].copy(), minutes=table[:, 2].copy())
