"""Which people and places, and which people and mentors, may be matched, and with how many points: all pairs at once, or one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from handrail.placements.rules.matching import eligibility
from handrail.placements.rules.matching.columns import Array, Columns, columns_of
from handrail.placements.rules.matching.eligibility import first_block, first_block_mentor
from handrail.placements.rules.matching.facts import LEVELS, Market
from handrail.placements.rules.matching.scoring import mentor_score, score

CHUNK = 1 << 19  # pairs looked at together: what they take in memory stays below 200 MB however many there are


@dataclass(frozen=True)
class Pairs:
    """Every admissible pair with its points; people in order, then places or mentors in order. Rows as in the columns."""

    person: Array
    place: Array
    parts: Array  # pair x five parts of the score
    mentored: Array  # the same for mentors: person
    mentor: Array
    mentor_points: Array
    refused: dict[str, int]  # how many of the pairs with a way between them were stopped by which rule
    refused_mentors: dict[str, int]

    @property
    def points(self) -> Array:
        """The score of each pair of a person and a place, 0 to 1,000."""
        total: Array = self.parts.sum(1, dtype=np.int64)
        return total


def pairs_one_by_one(market: Market) -> Pairs:
    """Every pair by the plain rules: for a few hundred people, and to prove the fast way right."""
    companies = {company.uid: company for company in market.companies}
    found, met, refused, parted = [], [], dict[str, int](), dict[str, int]()
    for i, person in enumerate(market.participants):
        for j, place in enumerate(market.places):
            block = first_block(person, place, companies[place.company])
            if block is None:
                found.append((i, j, *score(person, place, market.weights)))
            elif place.uid in person.minutes and place.uid not in person.declined:
                refused[block.rule] = refused.get(block.rule, 0) + 1
        for m, mentor in enumerate(market.mentors):
            block = first_block_mentor(person, mentor, market.weights)
            if block is None:
                met.append((i, m, mentor_score(person, mentor, market.weights)))
            elif mentor.uid in person.minutes_to_mentors:
                parted[block.rule] = parted.get(block.rule, 0) + 1
    table, talks = np.array(found, np.int32).reshape(len(found), 7), np.array(met, np.int32).reshape(len(met), 3)
    return Pairs(
        table[:, 0].copy(), table[:, 1].copy(), table[:, 2:].astype(np.int16), talks[:, 0].copy(), talks[:, 1].copy(), talks[:, 2].astype(np.int64),
        refused, parted,
    )  # fmt: skip


def pairs_of(given: Market | Columns) -> Pairs:
    """Every pair by arrays; the same as `pairs_one_by_one`, for any number of people."""
    columns = columns_of(given) if isinstance(given, Market) else given
    refused: dict[str, int] = {}
    kept = [_admissible(columns, rows, refused) for rows in _chunks(len(columns.ways.person))]
    kept_rows = np.concatenate(kept) if kept else np.zeros(0, np.int64)
    parts = [_parts(columns, kept_rows[rows]) for rows in _chunks(len(kept_rows))]
    parted: dict[str, int] = {}
    met = [_talks(columns, rows, parted) for rows in _chunks(len(columns.mentor_ways.person))]
    talks = np.concatenate([rows for rows, _ in met]) if met else np.zeros(0, np.int64)
    return Pairs(
        columns.ways.person[kept_rows], columns.ways.other[kept_rows], np.concatenate(parts) if parts else np.zeros((0, 5), np.int16),
        columns.mentor_ways.person[talks], columns.mentor_ways.other[talks],
        np.concatenate([points for _, points in met]) if met else np.zeros(0, np.int64), refused, parted,
    )  # fmt: skip


def _chunks(rows: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, rows)) for start in range(0, rows, CHUNK))


class _Sieve:
    """The rows that no rule has stopped yet, and how many each rule stopped."""

    def __init__(self, rows: slice, refused: dict[str, int]) -> None:
        self.rows, self.refused = np.arange(rows.start, rows.stop), refused

    def keep(self, rule: str, passes: Callable[[Array], Array]) -> None:
        """Let through only the rows that pass, and count the others under the rule."""
        passed = passes(self.rows)
        stopped = int(len(passed) - np.count_nonzero(passed))
        if stopped:
            self.refused[rule] = self.refused.get(rule, 0) + stopped
            self.rows = self.rows[passed]


def _among(keys: Array, known: Array) -> Array:
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found: Array = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def _admissible(c: Columns, rows: slice, refused: dict[str, int]) -> Array:
    """The rows of `ways` that pass every rule, in the order of `eligibility.ORDER`."""
    p, q, ways, sieve = c.people, c.places, c.ways, _Sieve(rows, refused)
    who, where = ways.person, ways.other
    sieve.keep(eligibility.CONSENT, lambda r: p.shares_with_companies[who[r]])
    sieve.keep(eligibility.TRAVEL, lambda r: ways.minutes[r] <= p.most_minutes[who[r]])
    sieve.keep(eligibility.LANGUAGE, lambda r: p.languages[who[r], q.language[where[r]]] >= q.level[where[r]])
    sieve.keep(eligibility.DEMANDS, lambda r: (p.demands_not_fitting[who[r]] & q.demands[where[r]]) == 0)
    sieve.keep(
        eligibility.HOURS, lambda r: (q.hours[where[r]] <= p.most_hours[who[r]]) & (q.hours[where[r]] >= p.least_hours[who[r]])
    )
    sieve.keep(
        eligibility.HALF_DAYS,
        lambda r: np.bitwise_count(p.half_days[who[r]] & q.half_days[where[r]]) >= q.half_days_needed[where[r]],
    )
    sieve.keep(
        eligibility.EXCLUDED, lambda r: ~_among(who[r].astype(np.int64) * len(c.companies) + q.company[where[r]], c.excluded)
    )
    sieve.keep(eligibility.NO_CAPACITY, lambda r: q.capacity[where[r]] > 0)
    sieve.keep(eligibility.NO_COACH, lambda r: c.coached_places[q.company[where[r]]] > 0)
    return sieve.rows


def _parts(c: Columns, rows: Array) -> Array:
    p, q, w = c.people, c.places, c.weights
    who, where = c.ways.person[rows], c.ways.other[rows]
    made = np.zeros((len(rows), 5), np.int16)
    share = np.array([0, *w.wish_shares, 0], np.int64)
    rank = np.zeros(len(rows), np.int64)
    for place_in_row in reversed(range(p.wishes.shape[1])):  # the dearest wish that is fulfilled stays
        wish = p.wishes[who, place_in_row]
        of_field = (
            (q.fields[where] >> np.clip(wish, 0, 63).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
            & (wish >= 0)
            & (wish < c.number_of_fields)
        )
        rank[of_field | (wish == where + c.number_of_fields)] = place_in_row + 1
    made[:, 0] = w.wish * share[np.minimum(rank, len(w.wish_shares) + 1)] // 1000
    asked, met = q.needs.sum(1, dtype=np.int64)[where], np.minimum(p.competences[who], q.needs[where]).sum(1, dtype=np.int64)
    made[:, 1] = np.where(asked > 0, w.need * met // np.maximum(asked, 1), w.need)
    gap, closed = p.gaps.sum(1, dtype=np.int64)[who], np.minimum(p.gaps[who], q.develops[where]).sum(1, dtype=np.int64)
    made[:, 2] = w.growth * closed // np.maximum(gap, 1)
    made[:, 3] = (
        w.travel * (w.travel_minutes - np.minimum(c.ways.minutes[rows].astype(np.int64), w.travel_minutes)) // w.travel_minutes
    )
    made[:, 4] = w.waiting * np.minimum(p.waiting_days[who].astype(np.int64), w.waiting_days) // w.waiting_days
    return made


def _talks(c: Columns, rows: slice, refused: dict[str, int]) -> tuple[Array, Array]:
    """The rows of `mentor_ways` that pass every rule, in the order of `eligibility.MENTOR_ORDER`, and their points."""
    p, m, w, ways = c.people, c.mentors, c.weights, c.mentor_ways
    sieve, who, which = _Sieve(rows, refused), ways.person, ways.other
    sieve.keep(eligibility.CONSENT, lambda r: p.shares_with_mentors[who[r]])
    sieve.keep(eligibility.TRAVEL, lambda r: ways.minutes[r] <= m.most_minutes[which[r]])

    def level(r: Array) -> Array:
        best: Array = np.minimum(p.languages[who[r]], m.languages[which[r]]).max(1, initial=0)
        return best

    sieve.keep(eligibility.LANGUAGE, lambda r: level(r) >= w.mentor_level)
    sieve.keep(eligibility.EXCLUDED, lambda r: ~_among(who[r].astype(np.int64) * len(m.uids) + which[r], c.excluded_mentors))
    sieve.keep(eligibility.NO_CAPACITY, lambda r: m.capacity[which[r]] > 0)
    kept = sieve.rows
    minutes = np.minimum(ways.minutes[kept].astype(np.int64), w.travel_minutes)
    near = w.mentor_travel * (w.travel_minutes - minutes) // w.travel_minutes
    return kept, w.mentor_language * level(kept).astype(np.int64) // (len(LEVELS) - 1) + near
