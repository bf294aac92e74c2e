"""Small groups are hidden, and enough of their neighbours that they cannot be worked out (domain.md 7.3, security.md 23)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """From how many people on a figure is shown. Data of the installation, never below these floors."""

    counts: int = 5
    means: int = 5
    public_means: int = 10
    health: int = 10
    new_answers: int = 5  # a hidden view changes only when a round closes or at least this many more answered


INSIDE = Thresholds()


def hidden_cells(
    counts: Mapping[tuple[Hashable, Hashable], int], *, threshold: int = INSIDE.counts, totals: bool = True
) -> frozenset[tuple[Hashable, Hashable]]:
    """Which cells of a table of (row, column) counts must be hidden.

    First every cell with 1 to threshold-1 people. Where a row's or a column's total is shown (`totals`), the hidden cells of
    that line must together hold at least `threshold` people and be at least two; else its next smallest cells join them,
    until nothing changes. Empty cells tell nothing and hide nothing.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < threshold}
    if not totals:
        return frozenset(hidden)
    lines = _lines(counts)
    changed = True
    while changed:
        changed = False
        for line in lines:
            inside = [cell for cell in line if cell in hidden]
            if not inside:
                continue
            while len(inside) < 2 or sum(counts[cell] for cell in inside) < threshold:
                others = sorted((c for c in line if c not in hidden and counts[c] > 0), key=lambda c: (counts[c], str(c)))
                if not others:
                    break
                hidden.add(others[0])
                inside.append(others[0])
                changed = True
    return frozenset(hidden)


def hidden_parts(counts: Mapping[Hashable, int], *, threshold: int = INSIDE.counts) -> frozenset[Hashable]:
    """Which parts of one shown total must be hidden (a municipality's units, say)."""
    cells = hidden_cells({("total", part): count for part, count in counts.items()}, threshold=threshold)
    return frozenset(part for _row, part in cells)


def may_refresh(*, shown: int, now: int, closed: bool, threshold: int = INSIDE.new_answers) -> bool:
    """Whether a suppressed view may be drawn anew: when the round closes, or at least `threshold` more people answered."""
    return closed or now - shown >= threshold or shown == 0


def is_shown(count: int, *, threshold: int = INSIDE.means) -> bool:
    """Whether a mean of `count` people may be shown on its own."""
    return count >= threshold


def _lines(counts: Mapping[tuple[Hashable, Hashable], int]) -> Sequence[Sequence[tuple[Hashable, Hashable]]]:
    rows: dict[Hashable, list[tuple[Hashable, Hashable]]] = {}
    columns: dict[Hashable, list[tuple[Hashable, Hashable]]] = {}
    for cell in counts:
        rows.setdefault(cell[0], []).append(cell)
        columns.setdefault(cell[1], []).append(cell)
    return [line for line in _several(rows.values())] + [line for line in _several(columns.values())]


def _several(lines: Iterable[list[tuple[Hashable, Hashable]]]) -> list[list[tuple[Hashable, Hashable]]]:
    return [line for line in lines if len(line) > 1]
