"""What changed between two rounds, question by question, with an interval and the name of the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.instruments.rules.results import Asked
from handrail.instruments.rules.statistics import (
    Estimate,
    Spread,
    difference_of_means,
    difference_of_shares,
    mean,
    paired_difference,
    share,
)
from handrail.instruments.rules.tallying import NUMBER, WORDS

SHARE, MEAN, PAIRED = "share", "mean", "paired"


@dataclass(frozen=True)
class Changed:
    """One figure in two rounds and how much it rose; None where too few answered."""

    value: str  # the choice it is about; none for a mean or the yes side of a scale
    kind: str
    before: Estimate | None
    after: Estimate | None
    rise: Estimate | None
    n: tuple[int, int]


def changes_of(asked: Asked, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """A question's figures in two rounds of different people: shares with Wilson's and Newcombe's intervals, means with Student's and Welch's."""
    if asked.kind == WORDS or not before.get("n") or not after.get("n"):
        return []
    n = (int(before["n"]), int(after["n"]))
    if asked.kind == NUMBER:
        if "mean" not in before or "mean" not in after:
            return []
        one, two = (Spread(int(part["times"]), part["mean"], part["sd"]) for part in (before, after))
        return [Changed("", MEAN, mean(one), mean(two), difference_of_means(one, two), n)]
    if yes := asked.scale[-(len(asked.scale) // 2) :]:
        return [_share("", yes, before, after, n)]
    return [_share(value, (value,), before, after, n) for value in dict.fromkeys((*before.get("v", {}), *after.get("v", {})))]


def _share(value: str, values: Sequence[str], before: Mapping[str, Any], after: Mapping[str, Any], n: tuple[int, int]) -> Changed:
    counts = []
    for part in (before, after):
        some = [part["v"].get(one, 0) for one in values]
        counts.append(None if any(one is None for one in some) else sum(some))
    one, two = counts
    if one is None or two is None:
        return Changed(value, SHARE, None, None, None, n)
    return Changed(value, SHARE, share(one, n[0]), share(two, n[1]), difference_of_shares((one, n[0]), (two, n[1])), n)


def paired_change(pairs: Sequence[tuple[float, float]], *, alone: tuple[int, int], threshold: int) -> Changed | None:
    """How much the same people's values rose; None where they, or those who answered only once, are a small group."""
    if len(pairs) < threshold or any(0 < one < threshold for one in alone):
        return None
    return Changed("", PAIRED, None, None, paired_difference(pairs), (len(pairs), len(pairs)))
