"""Ratings added up by unit, role profile and kind: whole numbers, so that sums of sums are exact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from handrail.kit import disclosure

LEVELS = 5  # 0 to 4
Rated = tuple[int, int, str, int, datetime]  # person, competence, kind, level, when: in order of time
Sums = list[int]  # people, sum of levels, target level, and from there on how many stand at level 0, 1, …


@dataclass(frozen=True)
class Place:
    """Where a person counts: organisation, unit (None: none) and role profile."""

    organisation: int
    unit: int | None
    profile: int


@dataclass(frozen=True)
class UnitKey:
    """A unit and a kind of rating: what is drawn together."""

    organisation: int
    unit: int | None
    kind: str


@dataclass
class UnitSums:
    """What is drawn of a unit: up to when, and sums by role profile and competence."""

    until: datetime
    by_profile: dict[int, dict[int, Sums]]
    people: dict[int, set[int]] = field(default_factory=dict)  # profile -> who is counted, to be found when somebody is erased
    gone: dict[int, int] = field(default_factory=dict)  # profile -> how many of those counted were erased since

    @property
    def may_lose(self) -> bool:
        """Whether enough were erased that the rest may be counted without them: in each profile five or nobody."""
        return bool(self.gone) and all(count >= disclosure.INSIDE.new_answers for count in self.gone.values())


def draw_units(
    ratings: Iterable[Rated], places: Mapping[int, Place], targets: Mapping[tuple[int, int], int], *,
    before: Mapping[UnitKey, UnitSums], closed: Mapping[str, bool], settled: Collection[str] = (),
) -> dict[UnitKey, UnitSums]:  # fmt: skip
    """The units' sums, each moved on only as far as `kit.disclosure.drawn_until` lets it; else as they were.

    A unit of which five or more were erased since is counted without them, up to the same instant. `settled` are the kinds that were drawn after their round had closed: a unit that comes later enters with five people or not.

    Only ratings of competences that the person's role profile asks for count (`targets`: profile, competence -> level). One pass
    over the ratings; the latest of a person, competence and kind counts. Ratings must come in order of time.
    """
    rated: dict[UnitKey, list[_Said]] = {}
    keys: dict[tuple[int, str], UnitKey] = {}
    for person, competence, kind, level, at in ratings:
        place = places.get(person)
        if place is None or (place.profile, competence) not in targets:
            continue
        key = keys.get((person, kind))
        if key is None:
            key = keys[person, kind] = UnitKey(place.organisation, place.unit, kind)
        rated.setdefault(key, []).append((person, competence, level, at))
    drawn = {key: sums for key, sums in before.items() if key not in rated and not sums.may_lose}
    for key, said in rated.items():
        earlier = before.get(key)
        moments = {(at, person) for person, _competence, _level, at in said}
        until = disclosure.drawn_until(moments, before=earlier.until if earlier else None, closed=closed[key.kind])
        if earlier is None and key.kind in settled and not disclosure.is_shown(len({person for _at, person in moments})):
            continue
        if until is None:
            continue
        if earlier is None or until != earlier.until or earlier.may_lose:
            drawn[key] = _sums_until(until, said, places, targets)
        else:
            drawn[key] = earlier
            if not any(earlier.people.values()) and not earlier.gone:  # drawn before it was noted who is counted
                earlier.people = _people({person for person, _competence, _level, at in said if at <= until}, places)
    return drawn


_Said = tuple[int, int, int, datetime]  # person, competence, level, when


def _sums_until(
    until: datetime, said: Iterable[_Said], places: Mapping[int, Place], targets: Mapping[tuple[int, int], int]
) -> UnitSums:
    latest = {(person, competence): level for person, competence, level, at in said if at <= until}
    by_profile: dict[int, dict[int, Sums]] = {}
    for (person, competence), level in latest.items():
        profile = places[person].profile
        sums = by_profile.setdefault(profile, {}).setdefault(competence, [0, 0, targets[profile, competence], *[0] * LEVELS])
        sums[0] += 1
        sums[1] += level
        sums[3 + level] += 1
    return UnitSums(until, by_profile, _people({person for person, _competence in latest}, places))


def _people(counted: Iterable[int], places: Mapping[int, Place]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for person in counted:
        found.setdefault(places[person].profile, set()).add(person)
    return found


def aim_anew(units: Mapping[UnitKey, UnitSums], targets: Mapping[tuple[int, int], int]) -> dict[UnitKey, UnitSums]:
    """The same people and levels against today's targets. Who is counted stays as drawn, so that a new target singles out nobody."""
    return {
        key: replace(
            unit,
            by_profile={
                profile: {
                    competence: [sums[0], sums[1], targets.get((profile, competence), sums[2]), *sums[3:]]
                    for competence, sums in by_competence.items()
                }
                for profile, by_competence in unit.by_profile.items()
            },
        )
        for key, unit in units.items()
    }


def needs_of(units: Mapping[UnitKey, UnitSums], kind: str) -> dict[int, tuple[int, int, int]]:
    """By competence how many people are drawn, how many of them lie below what their role asks, and by how many levels together."""
    found: dict[int, tuple[int, int, int]] = {}
    for key, unit in units.items():
        for by_competence in unit.by_profile.values() if key.kind == kind else ():
            for competence, (people, _levels, target, *at) in by_competence.items():
                below = sum(at[:target])
                steps = sum((target - level) * count for level, count in enumerate(at[:target]))
                before = found.get(competence, (0, 0, 0))
                found[competence] = (before[0] + people, before[1] + below, before[2] + steps)
    return found
