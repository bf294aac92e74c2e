"""Small groups are hidden, and enough of their neighbours that they cannot be worked out (domain.md 7.3, security.md 23).

Three questions, each answered here once for every table of the house: which cells of a table are hidden (`hidden_cells`), what
somebody could still work out by adding and subtracting (`smallest_group`), and up to which instant answers may be drawn so that
two looks do not differ by a few people (`drawn_until`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Cell = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Thresholds:
    """From how many people on a figure is shown. Data of the installation, never below these floors."""

    counts: int = 5
    means: int = 5
    public_means: int = 10
    health: int = 10
    new_answers: int = 5  # a hidden view changes only when a round closes or at least this many more answered


INSIDE = Thresholds()
P = TypeVar("P", bound=Hashable)
_REST = ("rest",)  # the name that lines without a shown total share


def hidden_cells(
    counts: Mapping[Cell, int], *, threshold: int = INSIDE.counts, totals: bool = True, also: Collection[Cell] = ()
) -> frozenset[Cell]:
    """Which cells of a table of (row, column) counts must be hidden.

    First every cell with 1 to threshold-1 people, and those that the caller hides anyway (`also`: each the sum of several).
    Where a row's or a column's total is shown (`totals`), the hidden cells of that line must together hold at least `threshold`
    people and be at least two; and no sum and difference of lines may single out a smaller group. Until that holds, the smallest
    neighbours join them.
    Totals under the threshold count as not shown, and so does the next smallest if they do not hold `threshold` people together:
    show totals only as `hidden_parts` of them allows. A table of one row has no columns' totals, one of one column no rows' totals.
    Empty cells tell nothing and hide nothing. In sparse tables the totals alone may single somebody out, whatever is hidden inside:
    then `smallest_group` still finds a group, and fewer totals must be shown.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < threshold} | {cell for cell in also if counts.get(cell)}
    if not totals:
        return frozenset(hidden)
    names = row_name, column_name = _shown_lines(counts, threshold)
    lines = [
        line for line in _lines(counts)
        if (row_name[line[0][0]] != _REST and len({c[0] for c in line}) == 1)
        or (column_name[line[0][1]] != _REST and len({c[1] for c in line}) == 1)
    ]  # fmt: skip
    is_row, is_column = _REST in row_name.values(), _REST in column_name.values()
    if len(row_name) > 1 and len(column_name) > 1 and (is_row or is_column):  # what an unshown total holds is hidden with it
        hidden |= {c for c, count in counts.items() if count and _REST in (row_name[c[0]], column_name[c[1]])}
    _widen_lines(counts, lines, hidden, set(also), threshold)
    while found := _small_group(counts, hidden, threshold, names):
        shown = [cell for cell in counts if cell not in hidden and counts[cell] > 0]
        if not shown:
            break
        hidden.add(min(shown, key=lambda cell: (not _touches(cell, found), counts[cell], str(cell))))
        _widen_lines(counts, lines, hidden, set(also), threshold)
    return frozenset(hidden)


def hidden_parts(counts: Mapping[P, int], *, threshold: int = INSIDE.counts) -> frozenset[P]:
    """Which parts of one shown total must be hidden (a municipality's units, say)."""
    cells = hidden_cells({("total", part): count for part, count in counts.items()}, threshold=threshold)
    return frozenset(part for part in counts if ("total", part) in cells)


def smallest_group(counts: Mapping[Cell, int], hidden: Collection[Cell], *, threshold: int = INSIDE.counts) -> int:
    """The size of a group under the threshold that somebody could single out who sees every cell but the hidden ones, and every
    total of `threshold` people or more; 0 when there is none."""
    found = _small_group(counts, set(hidden), threshold, _shown_lines(counts, threshold))
    return sum(counts[cell] for cell in found)


def may_refresh(*, shown: int, now: int, closed: bool, threshold: int = INSIDE.new_answers) -> bool:
    """Whether a suppressed view may be drawn anew: when the round closes, or at least `threshold` more people answered."""
    return closed or now - shown >= threshold or shown == 0


def drawn_until(
    answered: Iterable[tuple[datetime, Hashable]], *, before: datetime | None, closed: bool, threshold: int = INSIDE.new_answers
) -> datetime | None:
    """Up to which instant the answers (when, who) of a group may be drawn; `before` is where they were drawn to last (None: never).

    Two looks at a group must differ by nobody or by at least `threshold` people, the look after the round has closed included. So
    an open round always keeps the latest `threshold` people back, and a drawn group moves on only by that many.
    """
    moments = sorted(answered, key=lambda one: one[0])
    if not moments:
        return before
    last = moments[-1][0]
    new = {who for at, who in moments if before is None or at > before}
    if closed:
        return last if before is None or len(new) >= threshold else before
    held_back: set[Hashable] = set()
    for index in range(len(moments) - 1, -1, -1):
        at = moments[index][0]
        if before is not None and at <= before:
            break
        is_last_of_instant = index == len(moments) - 1 or moments[index + 1][0] > at
        if is_last_of_instant and len(held_back) >= threshold:
            drawn = {who for when, who in moments[: index + 1] if before is None or when > before}
            return at if len(drawn) >= threshold else before
        held_back.add(moments[index][1])
    return before


def is_shown(count: int, *, threshold: int = INSIDE.means) -> bool:
    """Whether a mean of `count` people may be shown on its own."""
    return count >= threshold


def _widen_lines(
    counts: Mapping[Cell, int], lines: Sequence[Sequence[Cell]], hidden: set[Cell], several: set[Cell], threshold: int
) -> None:
    """Hide the next smallest cells of each line until its hidden ones are at least two and hold at least `threshold` people."""
    changed = True
    while changed:
        changed = False
        for line in lines:
            inside = [cell for cell in line if cell in hidden]
            if not inside:
                continue
            while (len(inside) < 2 and inside[0] not in several) or sum(counts[cell] for cell in inside) < threshold:
                others = sorted((c for c in line if c not in hidden and counts[c] > 0), key=lambda c: (counts[c], str(c)))
                if not others:
                    break
                hidden.add(others[0])
                inside.append(others[0])
                changed = True


def _small_group(
    counts: Mapping[Cell, int], hidden: set[Cell], threshold: int, names: tuple[Mapping[Hashable, Hashable], Mapping[Hashable, Hashable]]
) -> list[Cell]:
    """The cells of a group under the threshold that sums and differences of shown figures single out; empty when there is none.

    What is known are the totals of rows and columns, less their shown cells: equations over the hidden cells alone. A group can be
    worked out from them exactly when there is a set of lines such that no hidden cell lies in one of its columns but outside its
    rows; the group then is what lies in its rows but outside its columns (so nothing is subtracted that is not inside). The
    smallest such group around a given cell is a minimum cut between the cell's row and its column. Groups of 5 and more do not
    interest, so a flow of `threshold` ends the search. Lines whose total is not shown are one line together: of them only the sum
    is known.
    """
    row_name, column_name = names
    forward: dict[Hashable, dict[Hashable, int]] = {}
    backward: dict[Hashable, set[Hashable]] = {}
    for cell in hidden:
        if counts.get(cell, 0) <= 0:
            continue
        row: Hashable = ("row", row_name[cell[0]])
        column: Hashable = ("column", column_name[cell[1]])
        forward.setdefault(row, {})[column] = forward.get(row, {}).get(column, 0) + counts[cell]
        backward.setdefault(column, set()).add(row)
    for row, cells in forward.items():
        for column, size in cells.items():
            if size >= threshold or _is_wide(forward, backward, row, column, threshold):
                continue
            side = _cut(forward, backward, row, column, threshold)
            if side is not None:
                return [
                    cell for cell in hidden
                    if counts.get(cell, 0) > 0
                    and ("row", row_name[cell[0]]) in side and ("column", column_name[cell[1]]) not in side
                ]  # fmt: skip
    return []


def _is_wide(
    forward: Mapping[Hashable, Mapping[Hashable, int]], backward: Mapping[Hashable, set[Hashable]],
    source: Hashable, sink: Hashable, threshold: int,
) -> bool:  # fmt: skip
    """Whether ways of three steps (to another column, back to one of its rows, on to the column) already carry so much that there is no
    such cut. Nearly always they do; where they do not, `_cut` looks at all ways."""
    flow = forward[source][sink]
    used: dict[Hashable, int] = {}
    for column, room in forward[source].items():
        if column == sink:
            continue
        for row in backward[column]:
            amount = min(room, forward[row].get(sink, 0) - used.get(row, 0)) if row != source else 0
            if amount > 0:
                flow += amount
                if flow >= threshold:
                    return True
                used[row] = used.get(row, 0) + amount
                room -= amount
                if not room:
                    break
    return False


def _cut(
    forward: Mapping[Hashable, Mapping[Hashable, int]], backward: Mapping[Hashable, set[Hashable]],
    source: Hashable, sink: Hashable, threshold: int,
) -> set[Hashable] | None:
    """The source's side of a cut of less than `threshold` between a row and a column; None when there is none."""
    used: dict[tuple[Hashable, Hashable], int] = {}
    flow = 0
    while True:
        parents: dict[Hashable, tuple[Hashable, int]] = {source: (source, threshold)}
        queue = deque([source])
        while queue and sink not in parents:
            here = queue.popleft()
            room = parents[here][1]
            nexts: list[tuple[Hashable, int]] = []
            if here in forward:  # a row: on to its columns, as far as their people reach
                nexts = [(there, size - used.get((here, there), 0)) for there, size in forward[here].items()]
            else:  # a column: back to its rows without limit
                nexts = [(there, threshold) for there in backward.get(here, ())]
            nexts += [(there, amount) for (there, to), amount in used.items() if to == here and amount > 0 and there not in parents]
            for there, left in nexts:
                if left > 0 and there not in parents:
                    parents[there] = (here, min(room, left))
                    queue.append(there)
        if sink not in parents:
            return set(parents)
        amount, here = parents[sink][1], sink
        while here != source:
            above = parents[here][0]
            back = min(used.get((here, above), 0), amount)
            if back:
                used[(here, above)] -= back
            used[(above, here)] = used.get((above, here), 0) + amount - back
            here = above
        flow += amount
        if flow >= threshold:
            return None


def _shown_lines(counts: Mapping[Cell, int], threshold: int) -> tuple[dict[Hashable, Hashable], dict[Hashable, Hashable]]:
    """Each row and column by its name where its total is shown; the others share one name, of which only the sum is known."""
    names: list[dict[Hashable, Hashable]] = []
    for side in (0, 1):
        totals: dict[Hashable, int] = {}
        for cell, count in counts.items():
            totals[cell[side]] = totals.get(cell[side], 0) + count
        has_totals = len({cell[1 - side] for cell in counts}) > 1
        unshown = _unshown(totals, threshold) if has_totals else set(totals)
        names.append({line: _REST if line in unshown else line for line in totals})
    return names[0], names[1]


def _unshown(totals: Mapping[Hashable, int], threshold: int) -> set[Hashable]:
    unshown = {line for line, total in totals.items() if total < threshold}
    if any(totals[line] for line in unshown):
        while sum(totals[line] for line in unshown) < threshold and len(unshown) < len(totals):
            unshown.add(min((line for line in totals if line not in unshown), key=lambda line: (totals[line], str(line))))
    return unshown


def _touches(cell: Cell, group: Iterable[Cell]) -> bool:
    return any(cell[0] == row or cell[1] == column for row, column in group)


def _lines(counts: Mapping[Cell, int]) -> Sequence[Sequence[Cell]]:
    rows: dict[Hashable, list[Cell]] = {}
    columns: dict[Hashable, list[Cell]] = {}
    for cell in counts:
        rows.setdefault(cell[0], []).append(cell)
        columns.setdefault(cell[1], []).append(cell)
    return [line for line in (*rows.values(), *columns.values()) if len(line) > 1]
