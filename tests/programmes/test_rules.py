"""What is true about programmes."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.programmes.rules import next_numbers, participation_amount, split_shown


@pytest.mark.parametrize(
    ("amount", "share", "brings"),
    [
        ("7247750", "0.25", "1811937.50"),  # the programme's own figures
        ("100", "0.33333", "33.33"),
        ("0.02", "0.25", "0.01"),  # half an öre is rounded up
        ("0", "0.25", "0.00"),
    ],
)
def test_participation_amount_is_to_the_ore(amount: str, share: str, brings: str) -> None:
    assert str(participation_amount(Decimal(amount), Decimal(share))) == brings


def test_next_numbers_never_reuses_one() -> None:
    assert list(islice(next_numbers("LFI", []), 2)) == ["LFI-0001", "LFI-0002"]
    assert next(next_numbers("LFI", ["LFI-0003", "LFI-0041", "OTHER-0900", "LFI-x"])) == "LFI-0042"
    assert next(next_numbers("LFI", ["LFI-9999"])) == "LFI-10000"


def test_split_shows_ones_own_and_hides_small_counts_of_others() -> None:
    counts = {"Hörby": [3, 0, 0], "Osby": [40, 12, 0], "Kristianstad": [90, 3, 2], "Hässleholm": [50, 9, 1]}
    split = split_shown(counts, own=frozenset({"Hörby"}))
    assert split.rows["Hörby"] == (3, 0, 0)
    assert split.rows["Kristianstad"][1:] == (None, None)
    assert split.sums == {"Hörby": 3, "Osby": 52, "Kristianstad": 95, "Hässleholm": 60}


def test_split_closes_small_organisations_whole() -> None:
    split = split_shown({"A": [2, 1, 0], "B": [30, 10, 0], "C": [20, 8, 7]}, own=frozenset())
    assert split.rows["A"] == (None, None, None)
    assert split.sums["A"] is None
    assert sum(total is None for total in split.sums.values()) >= 2, "one closed sum alone would follow from the whole"


def test_split_with_nobody_to_hide_among_gives_up_the_totals() -> None:
    split = split_shown({"own": [10, 5, 0], "other": [2, 0, 0]}, own=frozenset({"own"}))
    assert split.rows["other"] == (None, None, None)
    assert split.totals == (None, None, None, None)


@given(
    counts=st.dictionaries(
        st.sampled_from(["A", "B", "C", "D", "E"]), st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1
    ),
    own=st.frozensets(st.sampled_from(["A", "B"])),
)
@example(counts={"A": [0, 8, 0], "B": [10, 0, 0], "C": [11, 0, 8], "D": [0, 4, 7]}, own=frozenset())
@example(counts={"A": [10, 0, 3], "B": [0, 6, 0], "C": [10, 0, 0]}, own=frozenset())
@example(counts={"A": [0, 0, 5], "B": [0, 5, 1]}, own=frozenset())
@settings(max_examples=300, deadline=None)
def test_split_gives_no_small_count_away(counts: dict[str, list[int]], own: frozenset[str]) -> None:
    """The attacker's sums: every hidden cell is an unknown, every shown total an equation; no small count may follow."""
    split = split_shown(counts, own=own)
    unknown = [(key, column) for key in counts for column in range(3) if split.rows[key][column] is None]
    place = {cell: index for index, cell in enumerate(unknown)}
    equations = [
        [1.0 if cell[0] == key else 0.0 for cell in unknown] for key in counts if split.sums[key] is not None
    ] + [
        [1.0 if cell[1] == column else 0.0 for cell in unknown] for column in range(3) if split.totals[column] is not None
    ] + ([[1.0] * len(unknown)] if split.totals[3] is not None else [])  # fmt: skip
    for key, row in counts.items():
        for column, count in enumerate(row):
            if 0 < count < 5 and key not in own:
                assert (key, column) in place
                if equations:
                    matrix = np.array(equations)
                    target = np.zeros(len(unknown))
                    target[place[key, column]] = 1.0
                    assert np.linalg.matrix_rank(np.vstack([matrix, target])) > np.linalg.matrix_rank(matrix), (key, column)
