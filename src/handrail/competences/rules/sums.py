"""Ratings added up by unit, role profile and kind: whole numbers, so that sums of sums are exact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from handrail.kit import disclosure

LEVELS = 5  # 0 to 4
Sheet = tuple[int, str, datetime, tuple[int, ...], str]  # person, kind, when, and what was said at once: competences, and as one text a digit for each
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
    sheets: Iterable[Sheet], places: Mapping[int, Place], targets: Mapping[tuple[int, int], int], *,
    before: Mapping[UnitKey, UnitSums], closed: Mapping[str, bool], settled: Collection[str] = (),
) -> dict[UnitKey, UnitSums]:  # fmt: skip
    """The units' sums, each moved on only as far as `kit.disclosure.drawn_until` lets it; else as they were.

    A unit of which five or more were erased since is counted without them, up to the same instant. `settled` are the kinds that were drawn after their round had closed: a unit that comes later enters with five people or not.

    Only ratings of competences that the person's role profile asks for count (`targets`: profile, competence -> level); the latest of
    a person, competence and kind counts. Answers given at once are counted together, a unit and role profile at a time.
    """
    asked: _Asked = {}
    for (profile, competence), target in targets.items():
        asked.setdefault(profile, {})[competence] = target
    heard = {profile: set(rows) for profile, rows in asked.items()}
    answered: dict[UnitKey, list[Sheet]] = {}
    keys: dict[tuple[int, int | None, str], UnitKey] = {}
    for sheet in sheets:
        place = places.get(sheet[0])
        if place is None or place.profile not in heard or heard[place.profile].isdisjoint(sheet[3]):
            continue
        where = (place.organisation, place.unit, sheet[1])
        key = keys.get(where)
        if key is None:
            key = keys[where] = UnitKey(*where)
            answered[key] = []
        answered[key].append(sheet)
    drawn = {key: sums for key, sums in before.items() if key not in answered and not sums.may_lose}
    for key, said in answered.items():
        earlier = before.get(key)
        moments = {(sheet[2], sheet[0]) for sheet in said}
        until = disclosure.drawn_until(moments, before=earlier.until if earlier else None, closed=closed[key.kind])
        if earlier is None and key.kind in settled and not disclosure.is_shown(len({person for _at, person in moments})):
            continue
        if until is None:
            continue
        if earlier is None or until != earlier.until or earlier.may_lose:
            drawn[key] = _sums_until(until, said, places, asked)
        else:
            drawn[key] = earlier
            if not any(earlier.people.values()) and not earlier.gone:  # drawn before it was noted who is counted
                earlier.people = _people({sheet[0] for sheet in said if sheet[2] <= until}, places)
    return drawn


_Asked = dict[int, dict[int, int]]  # profile -> competence -> target


def _sums_until(until: datetime, said: Iterable[Sheet], places: Mapping[int, Place], asked: _Asked) -> UnitSums:
    of_person: dict[int, list[Sheet]] = {}
    for sheet in said:
        if sheet[2] <= until:
            of_person.setdefault(sheet[0], []).append(sheet)
    # Whoever was asked the same is counted together: their levels one after the other, of which every n-th is about one competence.
    alike: dict[int, dict[tuple[int, ...], list[str]]] = {}
    for person, own in of_person.items():
        competences, levels = own[0][3:] if len(own) == 1 else latest_levels(own)
        alike.setdefault(places[person].profile, {}).setdefault(competences, []).append(levels)
    by_profile: dict[int, dict[int, Sums]] = {}
    for profile, groups in alike.items():
        found: dict[int, Sums] = {}
        for competences, texts in groups.items():
            _count(found, competences, "".join(texts), asked[profile])
        by_profile[profile] = {competence: found[competence] for competence in asked[profile] if competence in found}
    return UnitSums(until, by_profile, _people(of_person, places))


def _count(found: dict[int, Sums], competences: tuple[int, ...], levels: str, targets: Mapping[int, int]) -> None:
    """Add to the sums of one role profile the levels of people who were asked about the same competences, in the same order."""
    for place, competence in enumerate(competences):
        target = targets.get(competence)
        if target is None:
            continue
        count = levels[place :: len(competences)].count
        nought, one, two, three, four = count("0"), count("1"), count("2"), count("3"), count("4")
        people, total = nought + one + two + three + four, one + 2 * two + 3 * three + 4 * four
        if (before := found.get(competence)) is None:
            if people:
                found[competence] = [people, total, target, nought, one, two, three, four]
        else:
            found[competence] = [
                before[0] + people, before[1] + total, target, before[3] + nought, before[4] + one, before[5] + two, before[6] + three, before[7] + four,
            ]  # fmt: skip


def latest_levels(sheets: Iterable[Sheet]) -> tuple[tuple[int, ...], str]:
    """What one person says when later answers replace earlier ones about the same competence: the competences, and a level for each."""
    latest = {competence: level for sheet in sorted(sheets, key=lambda sheet: sheet[2]) for competence, level in zip(sheet[3], sheet[4], strict=True)}
    return tuple(latest), "".join(latest.values())


def _people(counted: Iterable[int], places: Mapping[int, Place]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for person in counted:
        found.setdefault(places[person].profile, set()).add(person)
    return found


def aim_anew(units: Mapping[UnitKey, UnitSums], targets: Mapping[tuple[int, int], int]) -> dict[UnitKey, UnitSums]:
    """The same people and levels against today's targets. Who is counted stays as drawn, so that a new target singles out nobody."""
    return {key: unit if _is_aimed(unit, targets) else replace(unit, by_profile=_aimed(unit, targets)) for key, unit in units.items()}


def _is_aimed(unit: UnitSums, targets: Mapping[tuple[int, int], int]) -> bool:
    return all(
        targets.get((profile, competence), sums[2]) == sums[2]
        for profile, by_competence in unit.by_profile.items() for competence, sums in by_competence.items()
    )  # fmt: skip


def _aimed(unit: UnitSums, targets: Mapping[tuple[int, int], int]) -> dict[int, dict[int, Sums]]:
    return {
        profile: {
            competence: [sums[0], sums[1], targets.get((profile, competence), sums[2]), *sums[3:]]
            for competence, sums in by_competence.items()
        }
        for profile, by_competence in unit.by_profile.items()
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
