"""People, places, mentors and companies' coaches: generator `make`, value `evaluate`, independent test of every hard rule `check`. v1, frozen.

Needs numpy and scipy only and knows nothing of Handrail. Nobody in it exists; there are no names, and nothing about who somebody is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

FIELDS, DEMANDS, COMPETENCES, TONGUES, HALF_DAYS = 12, 6, 8, 8, 10
NEAR_PLACES, NEAR_MENTORS = 60, 24  # ways that are known, a person
# the points: 1,000 a score; by the rank of the wish; and what it is worth to be placed or to have a mentor at all
WISH, NEED, GROWTH, TRAVEL, WAITING, PLACED, MENTORED = 400, 250, 150, 100, 100, 200, 200
SHARES, FAR_MINUTES, LONG_DAYS, MENTOR_LANGUAGE, MENTOR_TRAVEL, MENTOR_LEVEL, BEST_LEVEL = (
    (1000, 600, 400, 250, 150),
    90,
    180,
    700,
    300,
    3,
    6,
)


def make(people: int, seed: int) -> Any:
    """A market: 55 positions and 40 mentors for 100 people, on a plane with eight people to a unit of area."""
    rng = np.random.default_rng(seed)
    side, positions, mentors = np.sqrt(max(people, 1) / 8.0), max(round(0.55 * people), 1), max(round(0.4 * people), 1)
    home, mentor_home = rng.uniform(0, side, (people, 2)), rng.uniform(0, side, (mentors, 2))
    sizes = rng.choice([1, 1, 2], positions)
    company = np.repeat(np.arange(positions), sizes)[:positions]
    companies = int(company[-1]) + 1
    site = rng.uniform(0, side, (companies, 2))
    one = SimpleNamespace(people=people, positions=positions, mentors=mentors, companies=companies, seed=seed)
    one.company, one.capacity = company, rng.choice([1, 1, 1, 2, 3], positions)
    together = np.bincount(company, one.capacity, companies).astype(int)
    one.coached = together - ((rng.random(companies) < 0.2) & (together > 1))
    # people
    one.shares_companies, one.shares_mentors = rng.random(people) < 0.97, rng.random(people) < 0.98
    one.languages = np.zeros((people, 2 + TONGUES), int)  # Danish, English, mother tongues
    one.languages[:, 0] = rng.integers(0, 5, people)
    one.languages[:, 1] = np.where(rng.random(people) < 0.3, rng.integers(1, 5, people), 0)
    one.languages[np.arange(people), 2 + rng.integers(0, TONGUES, people)] = BEST_LEVEL
    one.least_hours, one.most_hours = rng.choice([0, 0, 0, 16], people), rng.choice([20, 30, 37, 37], people)
    one.half_days = rng.random((people, HALF_DAYS)) < 0.8
    one.most_minutes = rng.choice([30, 45, 60, 90], people)
    one.unfit = (rng.random((people, 1)) < 0.3) & (rng.random((people, DEMANDS)) < 0.25)
    one.has = rng.choice([0, 1, 2, 3], (people, COMPETENCES), p=[0.4, 0.3, 0.2, 0.1])
    one.gap = rng.integers(1, 3, (people, COMPETENCES)) * (rng.random((people, COMPETENCES)) < 0.375)
    one.waiting = np.round(rng.exponential(90, people)).astype(int)
    one.wishes = rng.permuted(np.tile(np.arange(FIELDS), (people, 1)), axis=1)[:, :3]
    # positions
    one.level, one.hours = rng.integers(0, 4, positions), rng.choice([12, 16, 20, 20, 24, 30], positions)
    one.open = rng.random((positions, HALF_DAYS)) < 0.9
    one.needed = one.hours // 4
    one.demands = rng.random((positions, DEMANDS)) < 0.12
    one.fields = np.zeros((positions, FIELDS), bool)
    one.fields[np.arange(positions), rng.integers(0, FIELDS, positions)] = True
    more = rng.random(positions) < 0.3
    one.fields[np.flatnonzero(more), rng.integers(0, FIELDS, int(more.sum()))] = True
    one.needs = rng.integers(1, 4, (positions, COMPETENCES)) * (rng.random((positions, COMPETENCES)) < 0.25)
    one.develops = rng.integers(1, 3, (positions, COMPETENCES)) * (rng.random((positions, COMPETENCES)) < 0.25)
    # mentors
    one.time = rng.choice([1, 2, 2, 3], mentors)
    one.mentor_languages = np.zeros((mentors, 2 + TONGUES), int)
    one.mentor_languages[:, 0], one.mentor_languages[:, 1] = rng.integers(4, 7, mentors), rng.integers(0, 6, mentors)
    second = rng.random(mentors) < 0.5
    one.mentor_languages[np.flatnonzero(second), 2 + rng.integers(0, TONGUES, int(second.sum()))] = rng.integers(
        4, 7, int(second.sum())
    )
    one.mentor_minutes = rng.choice([30, 45, 60], mentors)
    # ways, in minutes
    one.way_person, one.way_place, one.way_minutes = _ways(home, site[company], NEAR_PLACES, rng)
    one.talk_person, one.talk_mentor, one.talk_minutes = _ways(home, mentor_home, NEAR_MENTORS, rng)
    # one in five names a place nearby first; a few must not meet
    first = np.searchsorted(one.way_person, np.arange(people + 1))
    named = np.flatnonzero((rng.random(people) < 0.2) & (np.diff(first) > 0))
    one.wishes[named, 0] = FIELDS + one.way_place[first[named] + rng.integers(0, 10, len(named)) % np.diff(first)[named]]
    apart = rng.random(len(one.way_person)) < 0.0005
    one.barred = np.unique(np.stack([one.way_person[apart], company[one.way_place[apart]]], 1), axis=0)
    apart = rng.random(len(one.talk_person)) < 0.001
    one.parted = np.unique(np.stack([one.talk_person[apart], one.talk_mentor[apart]], 1), axis=0)
    return one


def _ways(homes: Any, sites: Any, near: int, rng: Any) -> tuple[Any, Any, Any]:
    near = min(near, len(sites))
    distance, which = cKDTree(sites).query(homes, k=near)
    distance, which = distance.reshape(len(homes), near), which.reshape(len(homes), near)
    order = np.argsort(which, axis=1)
    minutes = np.round(5 + 20 * distance).astype(int) + rng.integers(0, 5, distance.shape)
    person = np.repeat(np.arange(len(homes)), near)
    return person, np.take_along_axis(which, order, 1).ravel(), np.take_along_axis(minutes, order, 1).ravel()


def digest(one: Any) -> str:
    """SHA-256 of all arrays of a market."""
    seal = hashlib.sha256()
    for name, value in sorted(vars(one).items()):
        array = np.ascontiguousarray(np.asarray(value).astype("<i8"))
        seal.update(f"{name}:{array.shape};".encode())
        seal.update(array.tobytes())
    return seal.hexdigest()


def check(one: Any, place_of: Any, mentor_of: Any) -> list[str]:
    """Every broken hard rule, in words; an empty list means that the matching may be proposed. One number a person, -1 for none."""
    wrong = []
    ways = _chosen(one.way_person, one.way_place, one.way_minutes, place_of)
    talks = _chosen(one.talk_person, one.talk_mentor, one.talk_minutes, mentor_of)
    barred, parted = {tuple(row) for row in one.barred.tolist()}, {tuple(row) for row in one.parted.tolist()}
    for person, place in ((p, int(q)) for p, q in enumerate(place_of) if q >= 0):
        who = f"person {person}, place {place}: "
        company, minutes = int(one.company[place]), ways.get(person)
        if not one.shares_companies[person]:
            wrong.append(who + "no consent")
        if minutes is None or minutes > one.most_minutes[person]:
            wrong.append(who + f"{minutes} minutes")
        if one.languages[person, 0] < one.level[place]:
            wrong.append(who + "language")
        if any(unfit and asked for unfit, asked in zip(one.unfit[person], one.demands[place], strict=True)):
            wrong.append(who + "a demand that does not fit")
        if not one.least_hours[person] <= one.hours[place] <= one.most_hours[person]:
            wrong.append(who + "hours")
        if sum(bool(a and b) for a, b in zip(one.half_days[person], one.open[place], strict=True)) < one.needed[place]:
            wrong.append(who + "half days")
        if (person, company) in barred:
            wrong.append(who + "excluded")
    for person, mentor in ((p, int(m)) for p, m in enumerate(mentor_of) if m >= 0):
        who = f"person {person}, mentor {mentor}: "
        minutes = talks.get(person)
        if not one.shares_mentors[person]:
            wrong.append(who + "no consent")
        if minutes is None or minutes > one.mentor_minutes[mentor]:
            wrong.append(who + f"{minutes} minutes")
        if max(min(a, b) for a, b in zip(one.languages[person], one.mentor_languages[mentor], strict=True)) < MENTOR_LEVEL:
            wrong.append(who + "no language in common")
        if (person, mentor) in parted:
            wrong.append(who + "excluded")
    taken = Counter(int(q) for q in place_of if q >= 0)
    wrong += [f"place {q}: {n} of {one.capacity[q]}" for q, n in taken.items() if n > one.capacity[q]]
    coached = Counter(int(one.company[q]) for q in place_of if q >= 0)
    wrong += [f"company {c}: {n} of {one.coached[c]} coached" for c, n in coached.items() if n > one.coached[c]]
    busy = Counter(int(m) for m in mentor_of if m >= 0)
    return wrong + [f"mentor {m}: {n} of {one.time[m]}" for m, n in busy.items() if n > one.time[m]]


def evaluate(one: Any, place_of: Any, mentor_of: Any) -> int:
    """All points of a matching, counted person by person."""
    ways = _chosen(one.way_person, one.way_place, one.way_minutes, place_of)
    talks = _chosen(one.talk_person, one.talk_mentor, one.talk_minutes, mentor_of)
    total = 0
    for person, place in ((p, int(q)) for p, q in enumerate(place_of) if q >= 0):
        wish = next(
            (
                s
                for w, s in zip(one.wishes[person], SHARES, strict=False)
                if w == FIELDS + place or (w < FIELDS and one.fields[place, w])
            ),
            0,
        )
        needs, gap = one.needs[place].tolist(), one.gap[person].tolist()
        met = sum(min(a, b) for a, b in zip(one.has[person].tolist(), needs, strict=True))
        closed = sum(min(a, b) for a, b in zip(gap, one.develops[place].tolist(), strict=True))
        total += (
            PLACED
            + WISH * wish // 1000
            + (NEED * met // sum(needs) if sum(needs) else NEED)
            + (GROWTH * closed // sum(gap) if sum(gap) else 0)
        )
        total += TRAVEL * (FAR_MINUTES - min(ways[person], FAR_MINUTES)) // FAR_MINUTES
        total += WAITING * min(int(one.waiting[person]), LONG_DAYS) // LONG_DAYS
    for person, mentor in ((p, int(m)) for p, m in enumerate(mentor_of) if m >= 0):
        level = int(np.minimum(one.languages[person], one.mentor_languages[mentor]).max())
        near = MENTOR_TRAVEL * (FAR_MINUTES - min(talks[person], FAR_MINUTES)) // FAR_MINUTES
        total += MENTORED + MENTOR_LANGUAGE * level // BEST_LEVEL + near
    return total


def _chosen(person: Any, other: Any, minutes: Any, chosen: Any) -> dict[int, int]:
    """The minutes of the ways that a matching uses, by person."""
    rows = np.flatnonzero(np.asarray(chosen)[person] == other)
    return dict(zip(person[rows].tolist(), minutes[rows].tolist(), strict=True))
