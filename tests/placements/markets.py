"""Small markets that know every rule, and slow ways to find what the fast ones must find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from handrail.placements.rules import matching as m

FIELDS, DEMANDS, COMPETENCES, LANGUAGES = ("care", "food", "garden"), ("lifting", "nights"), ("a", "b", "c"), ("da", "ti", "uk")
Assignment = dict[str, str]


def person(uid: str = "p0", **changes: Any) -> m.Participant:
    """Somebody whom nothing keeps from the place below."""
    usual: dict[str, Any] = {
        "shares_with_companies": True, "shares_with_mentors": True, "wishes": ("care",), "languages": {"da": 3}, "least_hours": 10, "most_hours": 37,
        "minutes": {"q0": 20}, "minutes_to_mentors": {"m0": 10}, "competences": {"a": 1}, "gaps": {"b": 2}, "waiting_days": 30,
    }  # fmt: skip
    return m.Participant(uid=uid, **(usual | changes))


def place(uid: str = "q0", **changes: Any) -> m.Place:
    """A place that the person above may take."""
    usual: dict[str, Any] = {
        "company": "c0", "capacity": 1, "language": "da", "level": 2, "hours": 20, "half_days_needed": 5, "fields": frozenset({"care"}),
        "develops": {"b": 1}, "needs": {"a": 2},
    }  # fmt: skip
    return m.Place(uid=uid, **(usual | changes))


def market(
    people: list[m.Participant], places: list[m.Place], *, coached: int = 9, mentors: tuple[m.Mentor, ...] = (), **weights: Any
) -> m.Market:
    """A market of one company, or of as many as the places name."""
    companies = tuple(m.Company(uid=uid, coached_places=coached) for uid in sorted({one.company for one in places}))
    return m.Market(
        participants=tuple(people), places=tuple(places), mentors=mentors, companies=companies, weights=m.Weights(**weights)
    )


def small(seed: int, people: int = 5, places: int = 4, companies: int = 3, mentors: int = 2, **weights: Any) -> m.Market:
    """A drawn market in which each rule stops somebody and every capacity is short; the same seed gives the same market."""
    rng = np.random.default_rng(seed)

    def some(codes: tuple[str, ...], chance: float) -> frozenset[str]:
        return frozenset(code for code in codes if rng.random() < chance)

    def levels(codes: tuple[str, ...], most: int, chance: float = 0.6) -> Mapping[str, int]:
        return {code: int(rng.integers(1, most + 1)) for code in codes if rng.random() < chance}

    def halves(chance: float) -> frozenset[int]:
        return frozenset(int(half) for half in np.flatnonzero(rng.random(10) < chance))

    where, who = [f"q{row}" for row in range(places)], [f"m{row}" for row in range(mentors)]
    return m.Market(
        participants=tuple(
            m.Participant(
                uid=f"p{row}", shares_with_companies=bool(rng.random() < 0.95), shares_with_mentors=bool(rng.random() < 0.9),
                wishes=tuple(rng.permutation([*FIELDS, *where])[: rng.integers(0, 5)].tolist()), languages=levels(LANGUAGES, 6, 0.7),
                least_hours=int(rng.choice([0, 0, 16])), most_hours=int(rng.choice([20, 37])), half_days=halves(0.9), most_minutes=int(rng.choice([40, 80])),
                minutes={uid: int(rng.integers(5, 70)) for uid in where if rng.random() < 0.9},
                minutes_to_mentors={uid: int(rng.integers(5, 70)) for uid in who if rng.random() < 0.9}, demands_not_fitting=some(DEMANDS, 0.15),
                competences=levels(COMPETENCES, 3), gaps=levels(COMPETENCES, 2), waiting_days=int(rng.integers(0, 250)),
                excluded_companies=some(tuple(f"c{row}" for row in range(companies)), 0.05), excluded_mentors=some(tuple(who), 0.05),
            )
            for row in range(people)
        ),
        places=tuple(
            m.Place(
                uid=uid, company=f"c{rng.integers(0, companies)}", capacity=int(rng.choice([0, 1, 1, 1, 2])), language=str(rng.choice(["da", "da", "uk"])),
                level=int(rng.integers(0, 3)), hours=int(rng.choice([12, 20, 30])), half_days=halves(0.95), half_days_needed=int(rng.integers(5, 10)),
                demands=some(DEMANDS, 0.2), fields=some(FIELDS, 0.5), develops=levels(COMPETENCES, 2), needs=levels(COMPETENCES, 3),
            )
            for uid in where
        ),
        mentors=tuple(
            m.Mentor(uid=uid, capacity=int(rng.integers(0, 3)), languages=levels(LANGUAGES, 6, 0.9), most_minutes=60, excluded_participants=some(("p0",), 0.1))
            for uid in who
        ),
        companies=tuple(
            m.Company(uid=f"c{row}", coached_places=int(rng.integers(0, 3)), excluded_participants=some(("p1",), 0.1)) for row in range(companies)
        ),
        weights=m.Weights(**weights),
    )  # fmt: skip


def easy(given: m.Market) -> m.Market:
    """The same market with people whom little keeps from a place: each has several to choose from, and many want the same."""
    return replace(given, participants=tuple(
        replace(p, shares_with_companies=True, languages=dict.fromkeys(LANGUAGES, 6), least_hours=0, most_hours=37, half_days=frozenset(range(10)), most_minutes=80)
        for p in given.participants
    ))  # fmt: skip


def possible(given: m.Market) -> dict[str, list[str]]:
    """By the plain rules: the places that each person may take."""
    companies = {one.uid: one for one in given.companies}
    return {p.uid: [q.uid for q in given.places if m.first_block(p, q, companies[q.company]) is None] for p in given.participants}


def assignments(given: m.Market) -> Iterator[Assignment]:
    """Every way to place these people within all capacities, nobody placed included."""
    capacity = {one.uid: one.capacity for one in given.places}
    company = {one.uid: one.company for one in given.places}
    coached = {one.uid: one.coached_places for one in given.companies}
    may = possible(given)
    for chosen in product(*([*may[p.uid], ""] for p in given.participants)):
        taken = Counter(uid for uid in chosen if uid)
        by_company = Counter(company[uid] for uid in chosen if uid)
        if all(n <= capacity[uid] for uid, n in taken.items()) and all(n <= coached[uid] for uid, n in by_company.items()):
            yield {p.uid: uid for p, uid in zip(given.participants, chosen, strict=True) if uid}


def points(given: m.Market, chosen: Assignment) -> int:
    """The points of placing people so, counted by the plain rules, those for being placed at all included."""
    people, places = {one.uid: one for one in given.participants}, {one.uid: one for one in given.places}
    return sum(m.score(people[who], places[where], given.weights).points + given.weights.placed for who, where in chosen.items())


def mentor_points(given: m.Market) -> int:
    """The most points that mentors and people can have together, by trying everything."""
    may = [[one.uid for one in given.mentors if m.first_block_mentor(p, one, given.weights) is None] for p in given.participants]
    mentors, best = {one.uid: one for one in given.mentors}, 0
    for chosen in product(*([*one, ""] for one in may)):
        if all(n <= mentors[uid].capacity for uid, n in Counter(uid for uid in chosen if uid).items()):
            pairs = [(p, mentors[uid]) for p, uid in zip(given.participants, chosen, strict=True) if uid]
            best = max(best, sum(m.mentor_score(p, one, given.weights) + given.weights.mentored for p, one in pairs))
    return best
