"""What is true about programmes."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

import pytest

from handrail.programmes.rules import Split, next_numbers, participation_amount


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


def test_split_counts_everybody() -> None:
    assert Split(direct=3, indirect=2, unknown=1).total == 6
