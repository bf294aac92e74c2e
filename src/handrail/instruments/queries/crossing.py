"""Two questions crossed, or all answers of those who gave one answer: read from columns, hidden as one body of tables, the same for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.instruments.models import Book, Columns, Drawn
from handrail.instruments.queries.results import asked_of, drawn_of, splits_of
from handrail.instruments.queries.tallies import columns_read
from handrail.instruments.rules import columns as rules
from handrail.instruments.rules.hiding import ALL, hidden_in_table, hidden_together
from handrail.instruments.rules.results import WHOLE, Asked
from handrail.instruments.rules.tallying import MANY, NUMBER, ONE
from handrail.kit.lazily import when_used

np = when_used("numpy")

MOST_PARTS = 8  # of a split within which questions are crossed
NONE = "@none"  # of several choices: not this one
Counts = dict[tuple[str, str, str], int | None]  # part, value of the first, value of the second; ALL for all of them


@dataclass(frozen=True)
class Cross:
    """How two questions' answers go together, for everybody or one part."""

    first: Asked
    second: Asked
    rows: tuple[str, ...]
    columns: tuple[str, ...]  # "" stands for those who were not asked
    cells: Mapping[tuple[str, str], int | None]  # (row, column), either ALL

    @property
    def n(self) -> int | None:
        """How many answered both."""
        return self.cells.get((ALL, ALL))


@dataclass(frozen=True)
class _Side:
    """One of the two questions: its values, the bars of its numbers, and the one choice of several that is meant."""

    asked: Asked
    values: tuple[str, ...]
    edges: list[str]
    option: str = ""


@dataclass(frozen=True)
class Laid:
    """The columns of one collection that are needed, and which rows count."""

    columns: Columns
    rows: int
    here: Any
    data: Mapping[str, Any]

    def of(self, side: _Side) -> Any:
        """Each row's place among the values of a question; -1 where it has none."""
        codes = self.data.get(side.asked.name)
        if codes is None:
            found = np.full(self.rows, -1, dtype=np.int16)
        else:
            book = self.columns.books[side.asked.name]
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
    Of a second question with several choices `option` says which one is crossed.
    """
    drawn = drawn_of(book)
    parts = _parts(book, drawn, split)
    if parts is None or part not in {*parts, WHOLE[1]}:
        return None
    return _crossed(book, _laid(drawn, (first.name, second.name)), drawn, parts, first, second, part, option)


def filtered(book: Book, second: Asked, value: str) -> dict[str, Any] | None:
    """The figures of every question among those who gave one answer to another, hidden as in the tables of the two; None where nobody may be told apart."""
    drawn = drawn_of(book)
    parts = _parts(book, drawn, WHOLE[0]) or {}
    every = [one for one in may_cross(book) if one.name != second.name]
    laid = _laid(drawn, [second.name, *(one.name for one in every)])
    option = value if second.kind == MANY else ""
    found: dict[str, Any] = {}
    for first in every:
        cross = _crossed(book, laid, drawn, parts, first, second, WHOLE[1], option)
        total = cross.cells.get((ALL, value))
        values = {row: cross.cells.get((row, value), 0) for row in cross.rows if row}
        found[first.name] = {WHOLE[0]: {WHOLE[1]: {"n": total, "v": values}}, **({"edges": _edges(book, first)} if first.kind == NUMBER else {})}
    counted = book.figures["questions"].get(second.name, {}).get(WHOLE[0], {}).get(WHOLE[1], {}).get("v", {}).get(value)
    return {"people": {WHOLE[0]: {WHOLE[1]: counted}}, "questions": found} if counted else None


def _parts(book: Book, drawn: Mapping[int, Drawn], split: str) -> Mapping[str, Any] | None:
    if split == WHOLE[0]:
        return {WHOLE[1]: [(key, row["language"]) for key, one in drawn.items() for row in one.atoms]}
    parts = splits_of(book, drawn).get(split)
    return parts if parts is not None and len(parts) <= MOST_PARTS else None


def _crossed(
    book: Book, laid: Mapping[int, Laid], drawn: Mapping[int, Drawn], parts: Mapping[str, Any], first: Asked, second: Asked, part: str, option: str
) -> Cross:
    columns = values_of(book, second, option)
    across = _Side(second, columns, _edges(book, second), option)
    threshold = max(first.threshold, second.threshold)
    rows = values_of(book, first)
    cells: dict[tuple[str, str], int | None] = {}
    totals: dict[str, int | None] = {}
    if first.kind == MANY:  # each choice is a question of its own: chosen or not
        for value in rows:
            cube = hidden_cube(_count(laid, drawn, parts, _Side(first, values_of(book, first, value), [], value), across), threshold=threshold)
            cells |= {(value, column): cube.get((part, value, column), 0) for column in (*columns, ALL)}
            for column in (*columns, ALL):
                told = cube.get((part, ALL, column), 0)
                totals[column] = None if told is None or totals.get(column, 0) is None else told
        cells |= {(ALL, column): totals.get(column, 0) for column in (*columns, ALL)}
    else:
        cube = hidden_cube(_count(laid, drawn, parts, _Side(first, rows, _edges(book, first)), across), threshold=threshold)
        cells = {(row, column): cube.get((part, row, column), 0) for row in (*rows, ALL) for column in (*columns, ALL)}
    return Cross(first, second, rows, columns, cells)


def _edges(book: Book, asked: Asked) -> list[str]:
    return list(book.figures["questions"].get(asked.name, {}).get("edges", ()))


def values_of(book: Book, asked: Asked, option: str = "") -> tuple[str, ...]:
    """The rows (or columns) of a crossing: choices, or where the bars of a histogram begin; "" for those who were not asked."""
    shown = book.figures["questions"].get(asked.name, {}).get(WHOLE[0], {}).get(WHOLE[1], {}).get("v", {})
    return ((NONE, option) if option else tuple(shown)) + (("",) if asked.is_conditional and asked.kind != MANY else ())


def _laid(drawn: Mapping[int, Drawn], names: Sequence[str]) -> dict[int, Laid]:
    every = {one: min(one.rows, drawn[one.collection_id].rows) for one in Columns.objects.filter(collection_id__in=drawn)}
    gone = any(one.gone for one in every)
    data = columns_read(every, [rules.LANGUAGE, *names, *([rules.GONE] if gone else [])])
    found = {}
    for columns, rows in every.items():
        if rows:
            own = {name: array for (key, name), array in data.items() if key == columns.pk}
            here = rules.is_there(own[rules.GONE], rows) if rules.GONE in own and columns.gone else np.ones(rows, dtype=bool)
            found[columns.collection_id] = Laid(columns, rows, here, own)
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
                here = here & np.isin(one.data[rules.LANGUAGE], [code for code, language in enumerate(known, start=1) if language in languages])
            table = rules.crossed(first, second, here, size)
            for row_at, row in enumerate(down.values):
                for column_at, value in enumerate(across.values):
                    found[part, row, value] += int(table[row_at, column_at])
    return found


def hidden_cube(counts: Mapping[tuple[str, str, str], int], *, threshold: int) -> Counts:
    """Parts × rows × columns with all their sums, so much of it hidden that no small group can be worked out from the rest."""
    sides = [list(dict.fromkeys(name[side] for name in counts)) for side in range(3)]
    cells: dict[Any, set[Any]] = {}
    for name in counts:
        for part in (name[0], WHOLE[1]):
            for row in (name[1], ALL):
                for value in (name[2], ALL):
                    cells.setdefault((part, row, value), set()).add(name)
    hidden: set[Any] = set()
    for part in dict.fromkeys([*sides[0], WHOLE[1]]):
        flat = {(row, value): sum(counts.get(one, 0) for one in cells.get((part, row, value), ())) for row in sides[1] for value in sides[2]}
        hidden |= {(part, row, value) for row, value in hidden_in_table(flat, threshold=threshold)}
    last = [name for name in cells if ALL in name or name[0] == WHOLE[1]]
    gone = hidden_together(cells, counts, threshold=threshold, hidden=hidden & set(cells), last=last)
    return {name: None if name in gone else sum(counts[one] for one in inside) for name, inside in cells.items()}
