"""How much of what arrives may be shown while it still arrives."""

from __future__ import annotations

from collections.abc import Sequence


def shown_of(arrived: int, handful: int) -> int:
    """Of so many answers in an open round, those that are shown: whole handfuls, so that two looks never single one out."""
    return arrived - arrived % handful


def positive_share(counts: Sequence[int]) -> float:
    """The share of answers on the yes side, the two last of five steps; 0 without answers."""
    return sum(counts[3:]) / sum(counts) if sum(counts) else 0.0


def mean_step(counts: Sequence[int]) -> float:
    """The mean of five steps from 1 (no) to 5 (yes); 0 without answers."""
    return sum(step * count for step, count in enumerate(counts, start=1)) / sum(counts) if sum(counts) else 0.0
