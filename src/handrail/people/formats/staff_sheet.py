"""A staff list as a sheet: the header row found below the titles, the rows with their numbers in Excel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from handrail.kit.errors import RuleBroken
from handrail.kit.files import Cell, Rows, as_text, read_table
from handrail.kit.text import _
from handrail.people.formats.staff_words import plain, synonyms, total_words

HEADER_WITHIN = 40
MAX_HEADER = 120


@dataclass(frozen=True)
class Sheet:
    """A table with unique headers; `rows` are (row number as Excel shows it, cells), `notes` the rows left out as no people."""

    name: str
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = field(repr=False)
    notes: tuple[int, ...] = ()

    def column(self, index: int) -> list[Cell]:
        """The cells of one column that have something in them."""
        return [row[index] for _number, row in self.rows if row[index] is not None]


def read_sheet(data: bytes, *, name: str) -> Sheet:
    """The staff list in a workbook or a delimited text, as the HR system exported it.

    Raises RuleBroken (field "file") when it is empty, too large, encrypted, malformed or has no row of headers.
    """
    sheet_name, rows = read_table(data, name=name)
    at = _header_index(rows)
    width = max((i + 1 for row in rows[at:] for i, cell in enumerate(row) if cell is not None), default=0)
    texts = [as_text(cell)[:MAX_HEADER] for cell in rows[at]] + [""] * (width - len(rows[at]))
    people, notes = [], []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = tuple(_blank_to_none(cell) for cell in row) + (None,) * (width - len(row))
        filled = [as_text(cell) for cell in cells if cell is not None]
        if not filled or [as_text(cell) for cell in cells] == texts:
            continue  # an empty row, or the headers again at the top of a printed page
        if _is_note(filled, len([text for text in texts if text])):
            notes.append(number)
        else:
            people.append((number, cells))
    if not people:
        raise RuleBroken(
            _("There are headers in row %(row)d but no people below them. Choose the file with the list in it.")
            % {"row": at + 1},
            field="file",
        )
    return Sheet(sheet_name, _unique(texts), at + 1, tuple(people), tuple(notes))


def _blank_to_none(cell: Cell) -> Cell:
    return None if isinstance(cell, str) and not as_text(cell) else cell


def _is_note(filled: Sequence[str], columns: int) -> bool:
    """A total, a printed-by line or a subheading: few cells, and words where the number would be."""
    few = max(2, columns // 3)
    is_total = len(filled) <= few and bool(total_words().match(plain(filled[0])))
    return is_total or (len(filled) == 1 and columns > few and "@" not in filled[0] and not filled[0][:1].isdigit())


def _header_index(rows: Rows) -> int:
    best, best_score = -1, 0
    fallback, fallback_width = -1, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        texts = [plain(as_text(cell)).replace(" ", "") for cell in row if isinstance(cell, str)]
        texts = [text for text in texts if text]
        score = len({synonyms()[text] for text in texts if text in synonyms()})
        if score > best_score:
            best, best_score = index, score
        looks_like_headers = len(set(texts)) == len(texts) and not any("@" in str(cell) for cell in row)
        if looks_like_headers and len(texts) > fallback_width and len(texts) == sum(1 for cell in row if cell is not None):
            fallback, fallback_width = index, len(texts)
    if best_score >= 2 or (best_score == 1 and sum(1 for cell in rows[best] if cell is not None) == 1):
        return best
    if fallback_width >= 3:  # headers in words we do not know: the person maps them
        return fallback
    raise RuleBroken(
        _(
            "No row with headers was found. The list needs a row that names its columns, for example employee number, first name, family name, unit."
        ),
        field="file",
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    headers = []
    for index, text in enumerate(texts):
        label = text or str(_("Column %(letter)s") % {"letter": letter(index)})
        seen[label] = seen.get(label, 0) + 1
        headers.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(headers)


def letter(index: int) -> str:
    """The letters of a column as Excel shows them: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def to_stored(sheet: Sheet, *, without: frozenset[int] = frozenset()) -> bytes:
    """The sheet as it is kept until it is saved, without the named columns (personal identity numbers are never kept)."""
    keep = [index for index in range(len(sheet.headers)) if index not in without]
    rows = [[number, [_plain(cells[index]) for index in keep]] for number, cells in sheet.rows]
    return json.dumps(
        {"name": sheet.name, "headers": [sheet.headers[index] for index in keep], "header_row": sheet.header_row, "rows": rows, "notes": sheet.notes}
    ).encode()


def from_stored(data: bytes) -> Sheet:
    """The sheet that `to_stored` kept."""
    kept = json.loads(data)
    rows = tuple((number, tuple(cells)) for number, cells in kept["rows"])
    return Sheet(kept["name"], tuple(kept["headers"]), kept["header_row"], rows, tuple(kept["notes"]))


def _plain(cell: Cell) -> str | int | float | bool | None:
    return cell if cell is None or isinstance(cell, str | int | float | bool) else as_text(cell)
