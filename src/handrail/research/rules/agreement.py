"""How far readers agree who marked the same text without seeing each other: Krippendorff's alpha, Cohen's kappa, and how sure that is.

Formulas: K. Krippendorff, Content Analysis (4th ed. 2018), ch. 12, from the matrix of coincidences; J. Cohen, A Coefficient of Agreement for
Nominal Scales (1960). A unit here is one paragraph under one code, and a reader says present or absent of it.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from random import Random

DATA = Path(__file__).resolve().parent.parent / "data"
NOMINAL, ORDINAL, INTERVAL, RATIO = "nominal", "ordinal", "interval", "ratio"
Four = tuple[int, int, int, int]  # units of one paragraph: both, only the first, only the second, neither


@dataclass(frozen=True)
class Bands:
    """From which alpha on what may be said; how the interval is drawn."""

    reliable: float
    tentative: float
    draws: int
    seed: int
    level: float


@cache
def bands() -> Bands:
    """The thresholds as data of the installation, with their source beside them."""
    return Bands(**tomllib.loads((DATA / "agreement.toml").read_text(encoding="utf-8")))


def band(alpha: float | None) -> str:
    """reliable, tentative or weak; none where nothing can be said."""
    if alpha is None:
        return "none"
    return "reliable" if alpha >= bands().reliable else "tentative" if alpha >= bands().tentative else "weak"


def krippendorff_alpha(readers: Sequence[Sequence[float | None]], level: str = NOMINAL) -> float | None:
    """Alpha of readers x units (None: not read): 1 - observed / expected disagreement; None where nothing varies or no unit was read twice."""
    together: dict[tuple[float, float], float] = defaultdict(float)
    for unit in zip(*readers, strict=True):
        values = [value for value in unit if value is not None]
        if len(values) > 1:
            for i, one in enumerate(values):
                for j, other in enumerate(values):
                    if i != j:
                        together[one, other] += 1 / (len(values) - 1)
    totals: dict[float, float] = defaultdict(float)
    for (one, _other), amount in together.items():
        totals[one] += amount
    n = sum(totals.values())
    distance = _distance(level, totals)
    expected = sum(totals[a] * totals[b] * distance(a, b) for a in totals for b in totals) / (n - 1) if n > 1 else 0.0
    if expected == 0:
        return None
    return 1 - sum(amount * distance(a, b) for (a, b), amount in together.items()) / expected


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Kappa of two readers: agreement beyond what their own habits would give by chance; None where that is certain anyway."""
    n = len(first)
    if n == 0 or len(second) != n:
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    ones, twos = Counter(first), Counter(second)
    chance = sum(ones[value] * twos[value] for value in ones) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def alpha_of_two(counts: Four) -> float | None:
    """Alpha of two readers who say yes or no, from how often both, one, the other and neither said yes."""
    both, one, other, neither = counts
    n = 2 * (both + one + other + neither)
    yes = 2 * both + one + other
    expected = 2 * yes * (n - yes)
    return None if n < 2 or expected == 0 else 1 - 2 * (one + other) * (n - 1) / expected


def kappa_of_two(counts: Four) -> float | None:
    """Kappa of two readers who say yes or no."""
    both, one, other, neither = counts
    n = both + one + other + neither
    if n == 0:
        return None
    chance = ((both + one) * (both + other) + (other + neither) * (one + neither)) / n**2
    return None if chance == 1 else ((both + neither) / n - chance) / (1 - chance)


@dataclass(frozen=True)
class Interval:
    """Between what and what a figure lies in so many of a hundred draws."""

    low: float
    high: float


def intervals(paragraphs: Sequence[Four]) -> tuple[Interval | None, Interval | None]:
    """The percentile intervals of alpha and kappa when paragraphs are drawn anew, whole: what is said of codes in one paragraph hangs together."""
    rule = bands()
    if len(paragraphs) < 2:
        return None, None
    draw = Random(rule.seed)  # noqa: S311  (statistics, not secrets)
    kinds = Counter(paragraphs)
    known, weights = list(kinds), list(kinds.values())
    alphas, kappas = list[float | None](), list[float | None]()
    for _number in range(rule.draws):
        drawn = Counter(draw.choices(known, weights, k=len(paragraphs)))
        counts = summed([(four[0] * times, four[1] * times, four[2] * times, four[3] * times) for four, times in drawn.items()])
        alphas.append(alpha_of_two(counts))
        kappas.append(kappa_of_two(counts))
    return _between(alphas, rule), _between(kappas, rule)


def _between(values: Sequence[float | None], rule: Bands) -> Interval | None:
    found = sorted(value for value in values if value is not None)
    if len(found) < rule.draws // 2:
        return None
    edge = (1 - rule.level) / 2
    return Interval(found[int(edge * len(found))], found[min(len(found) - 1, int((1 - edge) * len(found)))])


def summed(parts: Sequence[Four]) -> Four:
    """Counts of several paragraphs together."""
    return (sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts), sum(p[3] for p in parts))


@dataclass(frozen=True)
class Agreement:
    """How far two readers agree, about one code or all."""

    counts: Four
    alpha: float | None
    kappa: float | None
    alpha_interval: Interval | None
    kappa_interval: Interval | None

    @property
    def band(self) -> str:
        """reliable, tentative, weak or none."""
        return band(self.alpha)

    @property
    def units(self) -> int:
        """How many units it stands on."""
        return sum(self.counts)


@lru_cache(maxsize=256)  # the same marks are looked at by several people, and the draws cost half a second for a long talk
def agree(paragraphs: tuple[Four, ...]) -> Agreement:
    """The figures of two readers over paragraphs, with their intervals."""
    counts = summed(paragraphs)
    return Agreement(counts, alpha_of_two(counts), kappa_of_two(counts), *intervals(paragraphs))


def compare(
    first: Mapping[str, set[int]], second: Mapping[str, set[int]], *, paragraphs: int, codes: Sequence[str]
) -> tuple[Agreement, dict[str, Agreement]]:
    """Two readers' codes (code -> paragraphs) over all units and code by code. Codes that neither used count in no unit: nobody was asked about them."""
    used = [code for code in codes if first.get(code) or second.get(code)]
    rows: dict[str, list[Four]] = {}
    for code in used:
        ones, twos = first.get(code, set()), second.get(code, set())
        rows[code] = [_one(index in ones, index in twos) for index in range(paragraphs)]
    whole = [summed([rows[code][index] for code in used]) for index in range(paragraphs)] if used else []
    return agree(tuple(whole)), {code: agree(tuple(parts)) for code, parts in rows.items()}


def _one(first: bool, second: bool) -> Four:
    return (int(first and second), int(first and not second), int(second and not first), int(not first and not second))


def _distance(level: str, totals: Mapping[float, float]) -> Callable[[float, float], float]:
    if level == NOMINAL:
        return lambda a, b: float(a != b)
    if level == INTERVAL:
        return lambda a, b: (a - b) ** 2
    if level == RATIO:
        return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0

    def ordinal(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        return (sum(amount for value, amount in totals.items() if low <= value <= high) - (totals[a] + totals[b]) / 2) ** 2

    return ordinal
