"""Who leaves the figures of change together with somebody who is erased: these are counted live, so five go at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from random import Random

FIVE = 5
Place = tuple[int, Hashable]  # organisation, unit


def who_leaves(person: int, places: Mapping[int, Place], said: Mapping[int, Set[Hashable]], *, chance: Random) -> set[int]:
    """Four others of the unit, those whose answers stand in the same figures first; else whole units, the smallest of the municipality first.

    What is then left of a unit, of a municipality and of all together is nobody or at least five. So two looks at any of their figures differ
    by nobody, by five or more, or by a whole group whose figure was known. `places` are all who are counted, by unit; `said` what each answered.
    """
    organisation, _unit = places[person]
    mine = said.get(person, frozenset())
    others = [one for one in sorted(places) if places[one] == places[person] and one != person]
    chance.shuffle(others)
    others.sort(key=lambda one: -len(mine & said.get(one, frozenset())))
    gone = {person, *others[: FIVE - 1]}
    units = _groups(places)
    order = sorted(units, key=lambda one: (one[0] != organisation, len(units[one]), str(one)))
    while len(gone) < FIVE and (rest := [one for one in order if units[one] - gone]):
        gone |= units[rest[0]]
    towns = _groups({one: (place[0], None) for one, place in places.items()})
    for groups in (units, towns, {None: set(places)}):
        for people in groups.values():
            if people & gone and 0 < len(people - gone) < FIVE:
                gone |= people
    return gone - {person}


def _groups(places: Mapping[int, Place]) -> dict[Place, set[int]]:
    found: dict[Place, set[int]] = {}
    for one, place in places.items():
        found.setdefault(place, set()).add(one)
    return found
