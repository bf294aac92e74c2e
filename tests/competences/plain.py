"""The map by the plain way, one rating after the other: slow, easy to follow, and what the quick way is compared with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from handrail.competences.models import Framework, Rating
from handrail.competences.queries.drawing import MAPPED
from handrail.competences.rules import FEW, NEIGHBOUR, Column, ColumnKey, Measurement, Place, UnitKey, UnitSums, pattern_of
from handrail.competences.rules.sums import LEVELS, Sums
from handrail.kit import disclosure

Rated = tuple[int, int, str, int, datetime]  # person, competence, kind, level, when: in order of time
Said = tuple[int, int, int, datetime]  # person, competence, level, when


def ratings_in(framework: Framework, measurement: Measurement) -> Iterator[Rated]:
    """Every own and manager's rating of a measurement, in order of time."""
    where: dict[str, Any] = {"round_id__in": measurement.rounds} if measurement.round is not None else {"round": None}
    wanted = set(framework.competences.filter(retired_at=None).values_list("pk", flat=True))
    for row in Rating.objects.filter(kind__in=MAPPED, **where).order_by("rated_at", "pk"):
        if row.competence_id in wanted:
            yield row.person_id, row.competence_id, row.kind, row.level, row.rated_at


def draw_units(
    ratings: Iterable[Rated], places: Mapping[int, Place], targets: Mapping[tuple[int, int], int], *,
    before: Mapping[UnitKey, UnitSums], closed: Mapping[str, bool], settled: Collection[str] = (),
) -> dict[UnitKey, UnitSums]:  # fmt: skip
    """The units' sums, each moved on only as far as `kit.disclosure.drawn_until` lets it; else as they were.

    A unit of which five or more were erased since is counted without them, up to the same instant. `settled` are the kinds that were drawn after their round had closed: a unit that comes later enters with five people or not.

    Only ratings of competences that the person's role profile asks for count (`targets`: profile, competence -> level). One pass
    over the ratings; the latest of a person, competence and kind counts. Ratings must come in order of time.
    """
    rated: dict[UnitKey, list[Said]] = {}
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


def _sums_until(
    until: datetime, said: Iterable[Said], places: Mapping[int, Place], targets: Mapping[tuple[int, int], int]
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


def columns_of(units: Mapping[UnitKey, UnitSums], *, by_profile: Mapping[str, bool]) -> dict[ColumnKey, Column]:
    """Every column that may be shown, from the drawn units; `by_profile` says for which kinds profiles may be told apart."""
    columns: dict[ColumnKey, Column] = {}
    tables: dict[tuple[str, int], dict[int, dict[tuple[int | None, int], Sums]]] = {}
    for key, unit in units.items():
        for profile, by_competence in unit.by_profile.items():
            for competence, sums in by_competence.items():
                tables.setdefault((key.kind, competence), {}).setdefault(key.organisation, {})[key.unit, profile] = sums
    for (kind, competence), by_organisation in tables.items():
        _fill(columns, kind, competence, by_organisation, by_profile[kind])
    for column in columns.values():
        column.people = max((cell[0] for cell in column.cells.values() if isinstance(cell, list)), default=0)
    return columns


def _fill(
    columns: dict[ColumnKey, Column], kind: str, competence: int,
    by_organisation: Mapping[int, Mapping[tuple[int | None, int], Sums]], by_profile: bool,
) -> None:  # fmt: skip
    def put(key: ColumnKey, sums: Iterable[Sums], hidden: str) -> None:
        columns.setdefault(key, Column()).cells[competence] = hidden or _added(sums)

    patterns = {
        organisation: pattern_of(tuple(sorted(((cell, sums[0]) for cell, sums in table.items()), key=str)))
        for organisation, table in by_organisation.items()
    }
    for organisation, table in by_organisation.items():
        pattern = patterns[organisation]
        put(ColumnKey(kind, None, organisation), table.values(), FEW if pattern.is_few else "")
        for unit in {unit for unit, _profile in table}:
            of_unit = {cell: sums for cell, sums in table.items() if cell[0] == unit}
            put(ColumnKey(kind, None, organisation, True, unit), of_unit.values(), _why(unit in pattern.units, of_unit.values()))
            for cell, sums in of_unit.items() if by_profile else ():
                hidden = cell in pattern.inside or unit in pattern.units or cell[1] in pattern.profiles
                put(ColumnKey(kind, cell[1], organisation, True, unit), [sums], _why(hidden, [sums]))
        for profile in {profile for _unit, profile in table} if by_profile else ():
            of_profile = [sums for cell, sums in table.items() if cell[1] == profile]
            put(ColumnKey(kind, profile, organisation), of_profile, _why(profile in pattern.profiles, of_profile))
    _fill_totals(put, kind, by_organisation, patterns, by_profile)


def _fill_totals(
    put: Callable[[ColumnKey, Iterable[Sums], str], None], kind: str, by_organisation: Mapping[int, Mapping[tuple[int | None, int], Sums]], patterns: Mapping[int, Any],
    by_profile: bool,
) -> None:  # fmt: skip
    few = [organisation for organisation, pattern in patterns.items() if pattern.is_few]
    in_few = sum(sums[0] for organisation in few for sums in by_organisation[organisation].values())
    is_open = not few or (len(few) > 1 and disclosure.is_shown(in_few))
    everything = [sums for table in by_organisation.values() for sums in table.values()]
    put(ColumnKey(kind, None, None), everything, "" if is_open else _why(True, everything))
    for profile in {profile for table in by_organisation.values() for _unit, profile in table} if by_profile else ():
        parts = [sums for table in by_organisation.values() for cell, sums in table.items() if cell[1] == profile]
        hidden = any(
            profile in patterns[organisation].profiles and any(cell[1] == profile for cell in table)
            for organisation, table in by_organisation.items()
        )
        put(ColumnKey(kind, profile, None), parts, _why(hidden, parts))


def _added(parts: Iterable[Sums]) -> list[int]:
    people = levels = targets = 0
    for count, level_sum, target, *_at in parts:
        people, levels, targets = people + count, levels + level_sum, targets + count * target
    return [people, levels, targets]


def _why(hidden: bool, parts: Iterable[Sums]) -> str:
    if not hidden:
        return ""
    return NEIGHBOUR if disclosure.is_shown(sum(part[0] for part in parts)) else FEW
