"""How often the figures under a finding may move."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.kit.disclosure import INSIDE

Cell = Sequence[object]  # group, country, said so, answered otherwise


def may_count_anew(before: Sequence[Cell], now: Sequence[Cell]) -> bool:
    """Whether two looks at a finding tell nothing about one person: in each group of each country nobody more answered, or at least five (security.md, T15)."""
    if not before:
        return True
    was, is_now = _answered(before), _answered(now)
    return all(abs(is_now.get(cell, 0) - was.get(cell, 0)) >= INSIDE.new_answers for cell in was.keys() | is_now.keys() if is_now.get(cell, 0) != was.get(cell, 0))


def _answered(cells: Sequence[Cell]) -> dict[tuple[object, object], int]:
    return {(group, country): int(yes) + int(no) for group, country, yes, no in cells}  # type: ignore[call-overload]
