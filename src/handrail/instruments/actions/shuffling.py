"""Rows of columns that came between two steps are mixed, so that nobody sees in which order people answered."""

from __future__ import annotations

from random import SystemRandom

from handrail.instruments.models import ColumnBlock, Columns
from handrail.instruments.queries.tallies import columns_read
from handrail.instruments.rules import columns as rules
from handrail.kit.lazily import when_used

np = when_used("numpy")


def shuffle_rows(collection: int, start: int, end: int) -> None:
    """Mix the rows from `start` to before `end`: they stay within the step in which they are first seen."""
    held = Columns.objects.filter(collection=collection).first()
    if held is None or end - start < 2:
        return
    first = start // rules.ROWS
    order = np.random.default_rng(SystemRandom().getrandbits(128)).permutation(end - start)
    whole = columns_read({held: held.rows}, list(held.books))
    blocks = []
    for name in held.books:
        codes = whole[held.pk, name].copy()
        codes[start:end] = codes[start:end][order]
        for number in range(first, -(-held.rows // rules.ROWS)):
            blocks.append(ColumnBlock(columns=held, question=name, number=number, codes=codes[number * rules.ROWS : (number + 1) * rules.ROWS].tobytes()))
    ColumnBlock.objects.bulk_create(blocks, batch_size=50, update_conflicts=True, unique_fields=["columns", "question", "number"], update_fields=["codes"])
