"""Small groups cannot be worked out: checked against an attacker who tries every sum and difference."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kit.disclosure import _cut, _is_wide, drawn_until, hidden_cells, hidden_parts, is_shown, may_refresh, smallest_group

T0 = datetime(2018, 3, 1, 9, tzinfo=UTC)


def totals_of(counts: dict[tuple[str, str], int], side: int) -> dict[str, int]:
    return {name: sum(n for cell, n in counts.items() if cell[side] == name) for name in {cell[side] for cell in counts}}


def attack(counts: dict[tuple[str, str], int], hidden: frozenset[tuple[str, str]], threshold: int = 5) -> int:
    """The smallest group of 1 to 4 among the hidden cells that some combination of known totals singles out; 0 if none.

    Known are everything's total and those that `hidden_parts` lets be shown. Tries every combination with coefficients -1, 0 and 1.
    """
    cells = [cell for cell in hidden if counts[cell] > 0]
    lines = []
    for side in (0, 1):
        totals = totals_of(counts, side)
        unshown = hidden_parts(totals)
        for name in totals:
            if name not in unshown:
                lines.append(tuple(int(cell[side] == name) for cell in cells))
    lines.append(tuple(1 for _cell in cells))
    lines = list(dict.fromkeys(line for line in lines if any(line)))
    found = []
    for weights in product(range(-1, 2), repeat=len(lines)):
        group = [sum(w * line[i] for w, line in zip(weights, lines, strict=True)) for i in range(len(cells))]
        if set(group) <= {0, 1} and any(group):
            size = sum(counts[cell] for cell, inside in zip(cells, group, strict=True) if inside)
            if size < threshold:
                found.append(size)
    return min(found, default=0)


def hidden_lines(counts: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The cells of rows and columns whose totals are not shown."""
    found = set()
    for side in (0, 1):
        totals = totals_of(counts, side)
        found |= {cell for cell in counts if cell[side] in hidden_parts(totals)}
    return found


tables = st.lists(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 20]), min_size=3, max_size=3), min_size=3, max_size=3)


def table_of(rows: list[list[int]]) -> dict[tuple[str, str], int]:
    return {(f"r{i}", f"c{j}"): count for i, row in enumerate(rows) for j, count in enumerate(row)}


@settings(max_examples=40, deadline=None)
@given(tables, st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_smallest_group_finds_what_an_attacker_finds(rows: list[list[int]], chosen: set[tuple[int, int]]) -> None:
    counts = table_of(rows)
    hidden = frozenset({(f"r{i}", f"c{j}") for i, j in chosen} | hidden_lines(counts))
    assert smallest_group(counts, hidden) > 0 if attack(counts, hidden) else smallest_group(counts, hidden) == 0


@settings(max_examples=40, deadline=None)
@given(tables)
def test_hidden_cells_leave_nothing_to_work_out(rows: list[list[int]]) -> None:
    counts = table_of(rows)
    hidden = hidden_cells(counts)
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= hidden
    if sum(counts.values()) < 5:
        return
    if attack(counts, hidden):  # the totals alone tell it: everything inside is hidden, and the caller is told
        assert attack(counts, frozenset(counts)) and smallest_group(counts, hidden)
    else:
        assert smallest_group(counts, hidden) == 0


def test_hidden_cells_hide_a_neighbour_where_totals_are_shown() -> None:
    counts = {("A1", "Osby"): 3, ("A1", "Hörby"): 12, ("A1", "Kristianstad"): 30}
    assert hidden_cells(counts) == {("A1", "Osby"), ("A1", "Hörby")}
    assert hidden_cells(counts, totals=False) == {("A1", "Osby")}


def test_a_bridge_between_two_safe_looking_corners_is_found() -> None:
    """Every line has two hidden cells and five people, and yet one cell can be worked out: the line rule alone is not enough."""
    counts = {
        ("r0", "c0"): 6, ("r0", "c1"): 6, ("r1", "c0"): 6, ("r1", "c1"): 6, ("r1", "c2"): 2, ("r2", "c2"): 6, ("r2", "c3"): 6,
        ("r3", "c2"): 6, ("r3", "c3"): 6,
    }  # fmt: skip
    everything = frozenset(counts)
    assert smallest_group(counts, everything) == 2
    assert attack(counts, everything) == 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_short_ways_are_called_wide_only_where_no_cut_is_found(seed: int) -> None:
    """The quick look spares the search for a cut; where it says that there is none, the search finds none."""
    chance = random.Random(seed)
    forward: dict[Any, dict[Any, int]] = {}
    backward: dict[Any, set[Any]] = {}
    for row, column in product(range(chance.randint(2, 9)), range(chance.randint(2, 6))):
        if chance.random() < 0.6:
            forward.setdefault(("row", row), {})["column", column] = chance.randint(1, 6)
            backward.setdefault(("column", column), set()).add(("row", row))
    for row, cells in forward.items():
        for column in cells:
            if _is_wide(forward, backward, row, column, 5):
                assert _cut(forward, backward, row, column, 5) is None


def test_hidden_parts_hide_the_second_smallest_unit() -> None:
    assert hidden_parts({"school": 4, "care": 9, "library": 20}) == {"school", "care"}
    assert hidden_parts({"school": 2, "care": 3, "library": 20}) == {"school", "care"}
    assert hidden_parts({"school": 9, "care": 0}) == frozenset()


def test_may_refresh_waits_for_five_or_the_end() -> None:
    assert not may_refresh(shown=10, now=14, closed=False)
    assert may_refresh(shown=10, now=15, closed=False)
    assert may_refresh(shown=10, now=11, closed=True)
    assert not is_shown(4)


moments = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 14)), max_size=40)


@settings(max_examples=300, deadline=None)
@given(moments, st.lists(st.integers(0, 31), min_size=1, max_size=6))
def test_two_looks_differ_by_nobody_or_by_five(answers: list[tuple[int, int]], looks: list[int]) -> None:
    """Whenever one looks while a round is open, and after it closed, in any order of answers."""
    said = [(T0 + timedelta(hours=hour), who) for hour, who in answers]
    until: datetime | None = None
    for look in sorted(looks):
        so_far = [one for one in said if one[0] <= T0 + timedelta(hours=look)]
        until = check_step(so_far, until, closed=False)
    until = check_step(said, until, closed=True)
    assert until == max((at for at, _who in said), default=None), "at the end everybody counts"


def check_step(said: list[tuple[datetime, int]], before: datetime | None, *, closed: bool) -> datetime | None:
    after = drawn_until(said, before=before, closed=closed)
    between = {who for at, who in said if after and at <= after and (before is None or at > before)}
    if after != before and not (closed and before is None):
        assert len(between) >= 5
    if not closed and after is not None:
        assert len({who for at, who in said if at > after}) >= 5 or after == before
    return after
