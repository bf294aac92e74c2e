"""The generator's market in Handrail's own terms: as arrays, and, for few people, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import market
import numpy as np

from handrail.placements.rules.matching.columns import Columns, Mentors, People, Places, Ways
from handrail.placements.rules.matching.facts import Company, Market, Mentor, Participant, Place
from handrail.placements.rules.matching.weights import Weights


def columns_of_made(one: Any) -> Columns:
    """The arrays that the product's own rules work on; rows as the generator made them."""
    bits = [1 << np.arange(width, dtype=np.uint64) for width in (market.HALF_DAYS, market.DEMANDS, market.FIELDS)]

    def packed(table: Any, which: int) -> Any:
        return (table.astype(np.uint64) * bits[which]).sum(1, dtype=np.uint64)

    return Columns(
        people=People(
            uids=[f"case-{row}" for row in range(one.people)], shares_with_companies=one.shares_companies, shares_with_mentors=one.shares_mentors,
            wishes=one.wishes.astype(np.int32), languages=one.languages.astype(np.int8), least_hours=one.least_hours, most_hours=one.most_hours,
            half_days=packed(one.half_days, 0), most_minutes=one.most_minutes, demands_not_fitting=packed(one.unfit, 1),
            competences=one.has.astype(np.int8), gaps=one.gap.astype(np.int8), waiting_days=one.waiting,
        ),
        places=Places(
            uids=[f"place-{row}" for row in range(one.positions)], company=one.company, capacity=one.capacity.astype(np.int64),
            language=np.zeros(one.positions, np.int32), level=one.level, hours=one.hours, half_days=packed(one.open, 0),
            half_days_needed=one.needed, demands=packed(one.demands, 1), fields=packed(one.fields, 2), develops=one.develops.astype(np.int8),
            needs=one.needs.astype(np.int8),
        ),
        mentors=Mentors(
            uids=[f"mentor-{row}" for row in range(one.mentors)], capacity=one.time.astype(np.int64), languages=one.mentor_languages.astype(np.int8),
            most_minutes=one.mentor_minutes,
        ),
        companies=[f"company-{row}" for row in range(one.companies)], coached_places=one.coached.astype(np.int64), number_of_fields=market.FIELDS,
        ways=Ways(person=one.way_person.astype(np.int32), other=one.way_place.astype(np.int32), minutes=one.way_minutes.astype(np.int32)),
        mentor_ways=Ways(person=one.talk_person.astype(np.int32), other=one.talk_mentor.astype(np.int32), minutes=one.talk_minutes.astype(np.int32)),
        excluded=np.sort(one.barred[:, 0] * one.companies + one.barred[:, 1]), excluded_mentors=np.sort(one.parted[:, 0] * one.mentors + one.parted[:, 1]),
        weights=Weights(),
    )  # fmt: skip


def market_of_made(one: Any) -> Market:
    """The same as facts, person by person: for the sentences, and to compare both ways of building pairs."""
    ways, talks = (
        np.searchsorted(one.way_person, np.arange(one.people + 1)),
        np.searchsorted(one.talk_person, np.arange(one.people + 1)),
    )
    barred, parted = _by_person(one.barred), _by_person(one.parted)

    def person(row: int) -> Participant:
        near, known = slice(ways[row], ways[row + 1]), slice(talks[row], talks[row + 1])
        return Participant(
            uid=f"case-{row}", shares_with_companies=bool(one.shares_companies[row]), shares_with_mentors=bool(one.shares_mentors[row]),
            wishes=tuple(f"field-{w:02}" if w < market.FIELDS else f"place-{w - market.FIELDS}" for w in one.wishes[row]),
            languages=_some("language", one.languages[row]), least_hours=int(one.least_hours[row]), most_hours=int(one.most_hours[row]),
            half_days=frozenset(np.flatnonzero(one.half_days[row]).tolist()), most_minutes=int(one.most_minutes[row]),
            minutes={f"place-{q}": int(m) for q, m in zip(one.way_place[near], one.way_minutes[near], strict=True)},
            minutes_to_mentors={f"mentor-{q}": int(m) for q, m in zip(one.talk_mentor[known], one.talk_minutes[known], strict=True)},
            demands_not_fitting=_codes("demand", one.unfit[row]), competences=_some("competence", one.has[row]), gaps=_some("competence", one.gap[row]),
            waiting_days=int(one.waiting[row]), excluded_companies=frozenset(f"company-{c}" for c in barred.get(row, ())),
            excluded_mentors=frozenset(f"mentor-{m}" for m in parted.get(row, ())),
        )  # fmt: skip

    def place(row: int) -> Place:
        return Place(
            uid=f"place-{row}", company=f"company-{one.company[row]}", capacity=int(one.capacity[row]), language="language-00", level=int(one.level[row]),
            hours=int(one.hours[row]), half_days=frozenset(np.flatnonzero(one.open[row]).tolist()), half_days_needed=int(one.needed[row]),
            demands=_codes("demand", one.demands[row]), fields=_codes("field", one.fields[row]), develops=_some("competence", one.develops[row]),
            needs=_some("competence", one.needs[row]),
        )  # fmt: skip

    def mentor(row: int) -> Mentor:
        languages = _some("language", one.mentor_languages[row])
        return Mentor(
            uid=f"mentor-{row}", capacity=int(one.time[row]), languages=languages, most_minutes=int(one.mentor_minutes[row])
        )

    return Market(
        participants=tuple(person(row) for row in range(one.people)), places=tuple(place(row) for row in range(one.positions)),
        mentors=tuple(mentor(row) for row in range(one.mentors)),
        companies=tuple(Company(uid=f"company-{row}", coached_places=int(one.coached[row])) for row in range(one.companies)),
    )  # fmt: skip


def _by_person(rows: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for person, other in rows.tolist():
        found.setdefault(person, []).append(other)
    return found


def _some(name: str, levels: Any) -> dict[str, int]:
    return {f"{name}-{code:02}": int(level) for code, level in enumerate(levels) if level}


def _codes(name: str, flags: Sequence[Any]) -> frozenset[str]:
    return frozenset(f"{name}-{code:02}" for code, flag in enumerate(flags) if flag)
