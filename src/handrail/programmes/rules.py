"""What is true about programmes: numbers, and the part of the budget that participation brings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ORE = Decimal("0.01")


@dataclass(frozen=True)
class Split:
    """How many participants work directly or indirectly with newcomers, and how many are not marked yet."""

    direct: int
    indirect: int
    unknown: int

    @property
    def total(self) -> int:
        """Everybody who takes part."""
        return self.direct + self.indirect + self.unknown


def participation_amount(amount: Decimal, share: Decimal) -> Decimal:
    """The money that certified hours of participation must bring, to the öre (7 247 750 kr x 25 % = 1 811 937.50 kr)."""
    return (amount * share).quantize(ORE, rounding=ROUND_HALF_UP)


def next_numbers(code: str, taken: Iterable[str]) -> Iterator[str]:
    """Participation numbers after those taken: LFI-0001, LFI-0002 …; a number is never used twice."""
    pattern = re.compile(re.escape(code) + r"-(\d+)")
    last = max((int(match[1]) for one in taken if (match := pattern.fullmatch(one))), default=0)
    while True:
        last += 1
        yield f"{code}-{last:04d}"
