"""Two questions crossed, or all answers of those who gave one answer: read from columns, hidden as one body of tables, the same for everybody."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from handrail.instruments.models import Book, Columns, Drawn
from handrail.instruments.queries.results import asked_of, drawn_of, splits_of
from handrail.instruments.queries.tallies import column
from handrail.instruments.rules import columns as rules
from handrail.instruments.rules.hiding import ALL, hidden_in_table, hidden_together
from handrail.instruments.rules.results import WHOLE, Asked
from handrail.instruments.rules.tallying import MANY, NUMBER, ONE

MOST_PARTS = 8  # of a split within which questions are crossed
NONE = "@none"  # of several choices: not this one
Counts = dict[tuple[str, str, str], int | None]  # part, value of the first, value of the second; ALL for all of them


@dataclass(frozen=True)
class Cross:
    """How two questions' answers go together, for everybody or one part."""

    first: Asked
    second: Asked
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]  # (row, column), either ALL

    @property
    def n(self) -> int | None:
        """How many answered both."""
        return self.cells.get((ALL, ALL))


@dataclass(frozen=True)
class Laid:
    """The columns of one collection as they are needed, and which rows count."""

    columns: Columns
    rows: int
    here: Any
    languages: Any

    def of(self, side: _Side) -> Any:
        """Each row's place among the values of a question; -1 where it has none."""
        book = self.columns.books.get(side.asked.name)
        if book is None:
            found = np.full(self.rows, -1, dtype=np.int16)
        else:
            codes = column(self.columns, side.asked.name, self.rows)
            found = rules.chose(codes, book, side.option) if side.option else rules.places_of(codes, book, side.values, edges=side.edges)
        if "" in side.values:  # who was not asked is told apart, so that nobody is found by subtraction
            found = np.where(found < 0, np.int16(side.values.index("")), found)
        return found


def may_cross(book: Book) -> list[Asked]:
    """Which questions can be crossed: those with figures, a choice or a number, and asked once of each person."""
    figures = book.figures.get("questions", {})
    return [one for one in asked_of(book) if one.kind in (ONE, MANY, NUMBER) and one.name in figures and not figures[one.name].get("repeated")]


def crossing(book: Book, first: Asked, second: Asked, *, split: str = WHOLE[0], part: str = WHOLE[1], option: str = "") -> Cross | None:
    """Two questions crossed within one part of a split; None where a part is not told apart.

    What is hidden is decided for all parts of the split, their sum, and every row and column together, so that no other look gives it away.
    Of a question with several choices `option` says which one is crossed.
    """
    drawn = drawn_of(book)
    atoms = [(key, row["language"]) for key, one in drawn.items() for row in one.atoms]
    parts = {WHOLE[1]: atoms} if split == WHOLE[0] else splits_of(book, drawn).get(split)
    if parts is None or part not in {*parts, WHOLE[1]} or len(parts) > MOST_PARTS:
        return None
    laid = _laid(drawn)
    columns = values_of(book, second, option)
    across = _Side(second, columns, _edges(book, second), option)
    threshold = max(first.threshold, second.threshold)
    cells: Counts = {}
    if first.kind == MANY:  # each choice is a question of its own: chosen or not
        rows = values_of(book, first)
        for value in rows:
            cube = hidden_cube(_count(laid, drawn, parts, _Side(first, values_of(book, first, value), [], value), across), threshold=threshold)
            cells |= {name: count for name, count in cube.items() if name[1] in (value, ALL)}
    else:
        rows = values_of(book, first)
        cells = hidden_cube(_count(laid, drawn, parts, _Side(first, rows, _edges(book, first)), across), threshold=threshold)
    return Cross(first, second, rows, columns, {(row, column): cells.get((part, row, column), 0) for row in (*rows, ALL) for column in (*columns, ALL)})


@dataclass(frozen=True)
class _Side:
    """One of the two questions: its values, the bars of its numbers, and the one choice of several that is meant."""

    asked: Asked
    values: tuple[str, ...]
    edges: list[str]
    option: str = ""


def _edges(book: Book, asked: Asked) -> list[str]:
    return list(book.figures["questions"].get(asked.name, {}).get("edges", ()))


def values_of(book: Book, asked: Asked, option: str = "") -> tuple[str, ...]:
    """The rows (or columns) of a crossing: choices, or where the bars of a histogram begin; "" for those who were not asked."""
    shown = book.figures["questions"].get(asked.name, {}).get(WHOLE[0], {}).get(WHOLE[1], {}).get("v", {})
    return ((NONE, option) if option else tuple(shown)) + (("",) if asked.is_conditional and asked.kind != MANY else ())


def _laid(drawn: Mapping[int, Drawn]) -> dict[int, Laid]:
    found = {}
    for columns in Columns.objects.filter(collection_id__in=drawn):
        rows = min(columns.rows, drawn[columns.collection_id].rows)
        if rows:
            gone = column(columns, rules.GONE, rows) if columns.gone else np.zeros(rows, dtype=np.int64)
            found[columns.collection_id] = Laid(columns, rows, rules.is_there(gone, rows), column(columns, rules.LANGUAGE, rows))
    return found


def _count(laid: Mapping[int, Laid], drawn: Mapping[int, Drawn], parts: Mapping[str, Any], down: _Side, across: _Side) -> dict[tuple[str, str, str], int]:
    """True counts of (part, row, column)."""
    size = (len(down.values), len(across.values))
    found: dict[tuple[str, str, str], int] = {(part, row, column): 0 for part in parts for row in down.values for column in across.values}
    for key, one in laid.items():
        first, second = one.of(down), one.of(across)
        for part, atoms in parts.items():
            languages = {language for collection, language in atoms if collection == key}
            if not languages:
                continue
            here = one.here
            if len(languages) < len(drawn[key].atoms):
                known = one.columns.books[rules.LANGUAGE]["values"]
                here = here & np.isin(one.languages, [code for code, language in enumerate(known, start=1) if language in languages])
            table = rules.crossed(first, second, here, size)
            for row_at, row in enumerate(down.values):
                for column_at, value in enumerate(across.values):
                    found[part, row, value] += int(table[row_at, column_at])
    return found


def hidden_cube(counts: Mapping[tuple[str, str, str], int], *, threshold: int) -> Counts:
    """Parts × rows × columns with all their sums, so much of it hidden that no small group can be worked out from the rest."""
    sides = [list(dict.fromkeys(name[side] for name in counts)) for side in range(3)]
    cells: dict[Hashable, set[Hashable]] = {}
    for name in counts:
        for part in (name[0], WHOLE[1]):
            for row in (name[1], ALL):
                for value in (name[2], ALL):
                    cells.setdefault((part, row, value), set()).add(name)
    hidden: set[Hashable] = set()
    for part in dict.fromkeys([*sides[0], WHOLE[1]]):
        flat = {(row, value): sum(counts.get(one, 0) for one in cells.get((part, row, value), ())) for row in sides[1] for value in sides[2]}
        hidden |= {(part, row, value) for row, value in hidden_in_table(flat, threshold=threshold)}
    last = [name for name in cells if ALL in name or name[0] == WHOLE[1]]  # type: ignore[operator]
    gone = hidden_together(cells, counts, threshold=threshold, hidden=hidden & set(cells), last=last)
    return {name: None if name in gone else sum(counts[one] for one in inside) for name, inside in cells.items()}  # type: ignore[misc]
