"""What is true about programmes: numbers, and the part of the budget that participation brings."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from handrail.kit.disclosure import INSIDE, hidden_cells, hidden_parts, smallest_group

ORE = Decimal("0.01")


@dataclass(frozen=True)
class Split:
    """Counts by organisation and column as they may be shown: None is hidden. `totals` ends with the whole."""

    rows: Mapping[Hashable, tuple[int | None, ...]]
    sums: Mapping[Hashable, int | None]
    totals: tuple[int | None, ...]


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


def split_shown(counts: Mapping[Hashable, Sequence[int]], *, own: frozenset[Hashable], threshold: int = INSIDE.counts) -> Split:
    """A table of counts by organisation, with small counts of others hidden so that they cannot be worked out.

    One's own figures are known to the reader, so what others' hidden figures add up to is known too: they are hidden among
    themselves. An organisation whose sum must be hidden shows nothing; where hiding cannot be made safe, the totals go too.
    """
    others = {key: tuple(row) for key, row in counts.items() if key not in own}
    width = max((len(row) for row in counts.values()), default=0)
    closed = hidden_parts({key: sum(row) for key, row in others.items()}, threshold=threshold)
    # Closed rows are only known together: as one row they take part in what the others must hide.
    table: dict[tuple[Hashable, Hashable], int] = {
        (key, column): row[column] for key, row in others.items() if key not in closed for column in range(width)
    }
    if closed:
        table |= {("closed", column): sum(others[key][column] for key in closed) for column in range(width)}
    hidden = hidden_cells(table, threshold=threshold)
    is_safe = not smallest_group(table, hidden, threshold=threshold)  # a sparse table may give somebody away by its totals
    rows: dict[Hashable, tuple[int | None, ...]] = {}
    sums: dict[Hashable, int | None] = {}
    for key, row in counts.items():
        if key in closed:
            rows[key], sums[key] = (None,) * width, None
        else:
            rows[key] = tuple(None if (key, column) in hidden else row[column] for column in range(width))
            sums[key] = sum(row)
    covered = [tuple(others[key]) for key in closed]
    is_safe = is_safe and (not closed or _hides([sum(row) for row in covered], threshold))
    for column in range(width):
        inside = [others[key][column] for key in others if key in closed or (key, column) in hidden]
        is_safe = is_safe and (not any(0 < one < threshold for one in inside) or _hides(inside, threshold))
    if not is_safe:
        return Split(rows, sums, (None,) * (width + 1))
    totals = tuple(sum(row[column] for row in counts.values()) for column in range(width))
    return Split(rows, sums, (*totals, sum(totals)))


def _hides(values: Iterable[int], threshold: int) -> bool:
    present = [one for one in values if one > 0]
    return len(present) >= 2 and sum(present) >= threshold
