"""The map's columns as they may be shown, all of them hidden together: the same cells for every role, filter and table.

For each competence and kind of rating there is one pattern. Knowing every column of every view at once, nobody can work out a
group of one to four (checked by `kit.disclosure.smallest_group` in the tests over all views).

- A municipality's total is shown from five people. If one municipality is hidden, the total of all is hidden as well, unless
  two or more are hidden that together hold five.
- Of its units those with fewer than five are hidden, and the next smallest with them until they are two and hold five.
- By role profile: of a municipality as of units; of all municipalities only where no municipality's part is hidden.
- A unit by role profile: the table of the municipality's units and profiles, with both totals shown; where that cannot be made
  safe, the smallest profile is no longer shown for the municipality either.
- While a round is open nothing is shown by role profile, because a unit moves on by five people, not a unit's profile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from handrail.competences.rules.sums import Sums, UnitKey, UnitSums
from handrail.kit import disclosure

FEW, NEIGHBOUR = "few", "neighbour"
Cells = dict[int, "list[int] | str"]  # competence -> [people, levels, targets] or why it is hidden
Counts = Mapping[tuple[int | None, int], int]  # unit, profile -> people


@dataclass(frozen=True)
class ColumnKey:
    """Which column: kind of rating, role profile (None: everybody), organisation (None: all), unit."""

    kind: str
    profile: int | None
    organisation: int | None
    is_unit: bool = False
    unit: int | None = None


@dataclass
class Column:
    """What one column shows."""

    people: int = 0
    cells: Cells = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """What is hidden of one municipality in one competence."""

    is_few: bool = False  # the municipality itself
    units: frozenset[int | None] = frozenset()
    profiles: frozenset[int] = frozenset()
    inside: frozenset[tuple[int | None, int]] = frozenset()


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
    put: Callable[[ColumnKey, Iterable[Sums], str], None], kind: str, by_organisation: Mapping[int, Mapping[tuple[int | None, int], Sums]], patterns: Mapping[int, Pattern],
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


@lru_cache(maxsize=4096)
def pattern_of(counts: tuple[tuple[tuple[int | None, int], int], ...]) -> Pattern:
    """What to hide of one municipality's table of (unit, role profile) counts in one competence."""
    table = dict(counts)
    units: dict[int | None, int] = {}
    profiles: dict[int, int] = {}
    for (unit, profile), count in table.items():
        units[unit], profiles[profile] = units.get(unit, 0) + count, profiles.get(profile, 0) + count
    if not disclosure.is_shown(sum(table.values())):
        return Pattern(True, frozenset(units), frozenset(profiles), frozenset(table))
    hidden_units = disclosure.hidden_parts(units)
    hidden_profiles = set(disclosure.hidden_parts(profiles))
    while True:
        inside = _inside(table, hidden_units, hidden_profiles)
        if inside is not None:
            return Pattern(False, hidden_units, frozenset(hidden_profiles), inside)
        shown = {profile: count for profile, count in profiles.items() if profile not in hidden_profiles}
        hidden_profiles.add(min(shown, key=lambda profile: (shown[profile], profile)))
        if len(shown) <= 2:  # one shown alone would tell the rest
            hidden_profiles |= set(profiles)


def _inside(
    table: Counts, units: frozenset[int | None], profiles: Iterable[int]
) -> frozenset[tuple[int | None, int]] | None:
    """Which cells of units by profiles to hide when the totals of both are shown but for the hidden lines, of which only the sum is
    known; None when no hiding inside is enough."""
    merged: dict[tuple[object, object], int] = {}
    names = {cell: ("rest" if cell[0] in units else cell[0], "rest" if cell[1] in profiles else cell[1]) for cell in table}
    for cell, count in table.items():
        merged[names[cell]] = merged.get(names[cell], 0) + count
    rest = {cell for cell in merged if "rest" in cell}
    hidden = disclosure.hidden_cells(merged, also=rest)
    if disclosure.smallest_group(merged, hidden):
        return None
    return frozenset(cell for cell, name in names.items() if name in hidden)


def _added(parts: Iterable[Sums]) -> list[int]:
    people = levels = targets = 0
    for count, level_sum, target, *_at in parts:
        people, levels, targets = people + count, levels + level_sum, targets + count * target
    return [people, levels, targets]


def _why(hidden: bool, parts: Iterable[Sums]) -> str:
    if not hidden:
        return ""
    return NEIGHBOUR if disclosure.is_shown(sum(part[0] for part in parts)) else FEW
