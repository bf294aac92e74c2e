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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from handrail.competences.rules.sums import Sums, UnitKey, UnitSums
from handrail.kit import disclosure

FEW, NEIGHBOUR = "few", "neighbour"
Cells = dict[int, "list[int] | str"]  # competence -> [people, levels, targets] or why it is hidden
Counts = Mapping[tuple[int | None, int], int]  # unit, profile -> people
Table = dict[tuple[int | None, int], Sums]  # of one municipality, competence and kind: unit, profile -> sums


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
    tables: dict[tuple[str, int], dict[int, Table]] = {}
    for key, unit in sorted(units.items(), key=lambda one: _name(one[0].unit)):
        for profile, by_competence in sorted(unit.by_profile.items(), key=lambda one: str(one[0])):
            inside = (key.unit, profile)
            for competence, sums in by_competence.items():
                tables.setdefault((key.kind, competence), {}).setdefault(key.organisation, {})[inside] = sums
    columns: dict[tuple[str, _Place], Column] = {}
    for (kind, competence), by_organisation in tables.items():
        for place, cell in _columns_of_one(by_organisation, by_profile[kind]).items():
            column = columns.get((kind, place))
            if column is None:
                column = columns[kind, place] = Column()
            column.cells[competence] = cell
            if isinstance(cell, list):
                column.people = max(column.people, cell[0])
    return {ColumnKey(kind, *place): column for (kind, place), column in columns.items()}


def _name(unit: int | None) -> str:
    """A unit's place in a table, by text and with the comma that follows it there: so that the order never depends on who counts."""
    return f"{unit}, "


def _columns_of_one(by_organisation: Mapping[int, Table], by_profile: bool) -> dict[_Place, list[int] | str]:
    """The columns of one competence and kind, each table gone through once."""
    found: dict[_Place, list[int] | str] = {}
    total, totals, hidden_totals = _Sum(), dict[int, _Sum](), set[int]()
    few: list[_Sum] = []
    for organisation, table in by_organisation.items():
        pattern = pattern_of(tuple([(cell, sums[0]) for cell, sums in table.items()]))
        whole = _Sum()
        of_unit: dict[int | None, _Sum] = {}
        of_profile: dict[int, _Sum] = {}
        for place, sums in table.items():
            people, levels, targets = sums[0], sums[1], sums[0] * sums[2]
            unit, profile = place
            _put(of_unit, unit, people, levels, targets)
            _put(of_profile, profile, people, levels, targets)
            if by_profile:
                hidden = place in pattern.inside or unit in pattern.units or profile in pattern.profiles
                found[profile, organisation, True, unit] = _why(people) if hidden else [people, levels, targets]
        for part, one in of_unit.items():
            found[None, organisation, True, part] = _why(one.people) if part in pattern.units else one.shown()
            whole.add(one)
        for role, one in of_profile.items():
            if by_profile:
                found[role, organisation, False, None] = _why(one.people) if role in pattern.profiles else one.shown()
            totals.setdefault(role, _Sum()).add(one)
            if role in pattern.profiles:
                hidden_totals.add(role)
        found[None, organisation, False, None] = FEW if pattern.is_few else whole.shown()
        total.add(whole)
        if pattern.is_few:
            few.append(whole)
    is_open = not few or (len(few) > 1 and disclosure.is_shown(sum(one.people for one in few)))
    found[None, None, False, None] = total.shown() if is_open else _why(total.people)
    for role, one in totals.items() if by_profile else ():
        found[role, None, False, None] = _why(one.people) if role in hidden_totals else one.shown()
    return found


_Place = tuple[int | None, int | None, bool, int | None]  # profile, organisation, whether a unit's, unit


class _Sum:
    """People, levels and targets added up."""

    __slots__ = ("levels", "people", "targets")

    def __init__(self) -> None:
        self.people = self.levels = self.targets = 0

    def add(self, other: _Sum) -> None:
        self.people += other.people
        self.levels += other.levels
        self.targets += other.targets

    def shown(self) -> list[int]:
        return [self.people, self.levels, self.targets]


def _put(parts: dict[Any, _Sum], part: int | None, people: int, levels: int, targets: int) -> None:
    found = parts.get(part)
    if found is None:
        found = parts[part] = _Sum()
    found.people += people
    found.levels += levels
    found.targets += targets


def _why(people: int) -> str:
    """Why a figure is hidden."""
    return NEIGHBOUR if disclosure.is_shown(people) else FEW


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
