"""Several tables of the same people, shown together: which of their cells must be hidden so that no small group can be worked out.

One table alone is `kit.disclosure.hidden_cells`. Here tables hang together: a country's answers are a part of all answers, and so are a
group's and a round's. What is shown must not give away by subtraction what is hidden in another table (domain.md 7.3, security.md T15).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from handrail.kit.disclosure import hidden_cells, hidden_parts
from handrail.kit.lazily import when_used

np = when_used("numpy")

ALL = "*"
Name = Any  # of a cell; whoever asks names them
Table = Mapping[tuple[str, str], int]  # (part, value) -> people


def hidden_in_table(table: Table, *, threshold: int) -> set[tuple[str, str]]:
    """Which cells of parts × values are hidden, totals included: (part, ALL), (ALL, value) and (ALL, ALL) are the totals that are shown."""
    rows, columns = _totals(table, 0), _totals(table, 1)
    hidden: set[tuple[str, str]] = {(str(row), str(column)) for row, column in hidden_cells({(row, column): count for (row, column), count in table.items()}, threshold=threshold)}
    whole = sum(rows.values())
    if 0 < whole < threshold:
        return {*table, *((row, ALL) for row in rows), *((ALL, column) for column in columns), (ALL, ALL)}
    if len(rows) > 1:
        small = hidden_parts(rows, threshold=threshold)
        hidden |= {(row, ALL) for row in small} | {(row, column) for row, column in table if row in small and table[row, column]}
    elif hidden_parts(rows, threshold=threshold):
        hidden |= {(row, ALL) for row in rows}
    hidden |= {(ALL, column) for column in hidden_parts(columns, threshold=threshold)}
    return hidden


def _totals(table: Table, side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell, count in table.items():
        found[cell[side]] = found.get(cell[side], 0) + count
    return found


def hidden_together(
    cells: Mapping[Any, Collection[Any]], atoms: Mapping[Any, int], *, threshold: int, hidden: Collection[Name] = (), last: Collection[Name] = ()
) -> set[Name]:
    """Which cells must be hidden where each is a sum of the same atoms (groups of people that no table splits further).

    Beginning with those that are `hidden` already and those of 1 to threshold-1 people, more are hidden until no hidden cell is a sum and difference
    of shown ones, and no two shown ones differ by fewer than `threshold` people of whom one holds all of the other. Those in `last` are given up last.
    """
    names = list(cells)
    if not names:
        return set()
    members, sizes = _members(names, cells, atoms)
    counts = members @ sizes
    gone = np.array([name in set(hidden) for name in names]) | ((counts > 0) & (counts < threshold))
    late = np.array([name in set(last) for name in names])
    told_apart = members.astype(np.float32)
    inside = (told_apart @ (1 - told_apart).T) == 0  # [i, j]: all of i is in j
    apart = counts[None, :] - counts[:, None]
    close = inside & (apart > 0) & (apart < threshold)
    cost = np.where(late, counts + counts.max(initial=0), counts).astype(float)
    while True:
        shown = ~gone & (counts > 0)
        pairs = np.argwhere(close & shown[:, None] & shown[None, :])
        if len(pairs):
            gone[min(pairs[:, 0], key=lambda one: (cost[one], one))] = True
            continue
        given_away = _given_away(members, shown, gone & (counts > 0), cost)
        if given_away is None:
            return {name for name, is_gone in zip(names, gone, strict=True) if is_gone}
        gone |= (members == members[given_away]).all(axis=1)


def _members(names: list[Any], cells: Mapping[Any, Collection[Any]], atoms: Mapping[Any, int]) -> tuple[Any, Any]:
    """Which cell holds which atoms, atoms that always stand together taken as one."""
    place = {atom: index for index, atom in enumerate(atoms)}
    members = np.zeros((len(names), len(place)), dtype=np.int64)
    for row, name in enumerate(names):
        members[row, [place[atom] for atom in cells[name] if atom in place]] = 1
    sizes = np.array(list(atoms.values()), dtype=np.int64)
    members, sizes = members[:, sizes > 0], sizes[sizes > 0]
    if not members.shape[1]:
        return np.zeros((len(names), 1), dtype=np.int64), np.zeros(1, dtype=np.int64)
    alike, which = np.unique(members, axis=1, return_inverse=True)
    return alike, np.bincount(which.reshape(-1), weights=sizes).round().astype(np.int64)


def _given_away(members: Any, shown: Any, hidden: Any, cost: Any) -> int | None:
    """A shown cell that helps to work out a hidden one by sums and differences: the one that is missed least. None when no hidden cell can be worked out.

    A hidden cell can be worked out when it lies in the space that the shown ones span; those that its sum is made of have a weight in it.
    """
    places = np.flatnonzero(shown)
    if not len(places) or not hidden.any():
        return None
    known, which = np.unique(members[places], axis=0, return_index=True)
    places, known = places[which], known.astype(float)
    left, weights, axes = np.linalg.svd(known, full_matrices=False)
    kept = weights > 1e-9 * max(1.0, float(weights[0]))
    left, weights, axes = left[:, kept], weights[kept], axes[kept]
    asked = np.unique(members[hidden], axis=0).astype(float)
    seen = asked @ axes.T
    told = np.abs(asked - seen @ axes).max(axis=1) < 1e-7
    if not told.any():
        return None
    parts = np.abs((seen[told] / weights) @ left.T)  # of each told cell: how much each shown one has in it
    shares = parts / parts.max(axis=1, keepdims=True)
    involved = (shares > 0.5).any(axis=0)
    return int(places[min(np.flatnonzero(involved), key=lambda one: (cost[places[one]], one))])
