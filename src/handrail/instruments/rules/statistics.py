"""Shares, means and what changed between two groups of answers, each with an interval; every formula names where it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

Z95 = 1.959963984540054  # the normal distribution's quantile of 97.5 %


@dataclass(frozen=True)
class Estimate:
    """A figure with the interval in which it lies 95 times of a hundred."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Of a difference: whether nought lies outside the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Spread:
    """How many values, their mean and their standard deviation (of a sample)."""

    n: int
    mean: float
    deviation: float


def share(count: int, n: int) -> Estimate:
    """A share with Wilson's score interval (E. B. Wilson 1927, J. Am. Stat. Assoc. 22, 209)."""
    if not 0 <= count <= n or n == 0:
        raise ValueError("A share needs 0 <= count <= n, and n above nought.")
    p, z = count / n, Z95
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Estimate(p, 0.0 if count == 0 else max(0.0, middle - reach), 1.0 if count == n else min(1.0, middle + reach))


def difference_of_shares(before: tuple[int, int], after: tuple[int, int]) -> Estimate:
    """How much a share rose between two groups of different people (R. G. Newcombe 1998, Statist. Med. 17, 873, method 10)."""
    one, two = share(*after), share(*before)
    step = one.value - two.value
    return Estimate(
        step,
        max(-1.0, step - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)),
        min(1.0, step + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)),
    )


def spread_of(n: int, total: float, squares: float) -> Spread:
    """Mean and standard deviation from the number of values, their sum and the sum of their squares."""
    if n == 0:
        raise ValueError("There is no mean of nothing.")
    mean = total / n
    return Spread(n, mean, sqrt(max(0.0, (squares - total * mean) / (n - 1))) if n > 1 else 0.0)


def mean(values: Spread) -> Estimate:
    """A mean with Student's t interval ("Student" 1908, Biometrika 6, 1)."""
    reach = _t(values.n - 1) * values.deviation / sqrt(values.n) if values.n > 1 else float("inf")
    return Estimate(values.mean, values.mean - reach, values.mean + reach)


def difference_of_means(before: Spread, after: Spread) -> Estimate:
    """How much a mean rose between two groups of different people (B. L. Welch 1947, Biometrika 34, 28)."""
    step = after.mean - before.mean
    parts = [one.deviation**2 / one.n for one in (before, after)]
    if min(before.n, after.n) < 2:
        return Estimate(step, float("-inf"), float("inf"))
    if not sum(parts):
        return Estimate(step, step, step)
    freedom = sum(parts) ** 2 / sum(part**2 / (one.n - 1) for part, one in zip(parts, (before, after), strict=True))
    reach = _t(freedom) * sqrt(sum(parts))
    return Estimate(step, step - reach, step + reach)


def paired_difference(pairs: Sequence[tuple[float, float]]) -> Estimate:
    """How much the same people's values rose: Student's t on each one's own difference."""
    steps = [after - before for before, after in pairs]
    return mean(spread_of(len(steps), sum(steps), sum(one * one for one in steps)))


def _t(freedom: float) -> float:
    """The quantile of 97.5 % of Student's t, by halving until nothing more is left to halve."""
    low, high = 0.0, 20.0
    while _t_above(high, freedom) > 0.025:
        high *= 2
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_above(middle, freedom) > 0.025 else (low, middle)
    return (low + high) / 2


def _t_above(value: float, freedom: float) -> float:
    """The probability of more than `value`: half of the incomplete beta function (Abramowitz and Stegun 26.7.1, its continued fraction 26.5.8)."""
    x, a, b = freedom / (freedom + value * value), freedom / 2, 0.5
    if x > (a + 1) / (a + b + 2):
        return 0.5 - 0.5 * _beta(1 - x, b, a)
    return 0.5 * _beta(x, a, b)


def _beta(x: float, a: float, b: float) -> float:
    if x <= 0:
        return 0.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a if x < 1 else 0.0
    c, d = 1.0, 1 / _far(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 300):
        for part in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / _far(1 + part * d), _far(1 + part / c)
            found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return front * found


def _far(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
