"""Delimited text as systems export it: ; , tab or |, in UTF-8, UTF-16, Windows or old DOS letters."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from handrail.kit.errors import RuleBroken
from handrail.kit.files.cells import Cell, Rows, trimmed
from handrail.kit.files.workbook import MAX_COLUMNS, MAX_ROWS, check_size
from handrail.kit.text import _

DELIMITERS = ";,\t|"
CELL_CHARACTERS = 20_000
_DANGEROUS = tuple("=+-@\t\r＝＋－＠")
# In code page 850, å ä ö Å Ä are 86 84 94 8F 8E: next to letters, Windows would show † „ ” there.
_DOS = re.compile(rb"[A-Za-z][\x84\x86\x94]|[\x84\x86\x94][a-z]")
_WINDOWS = re.compile(rb"[\xe4\xe5\xf6\xc4\xc5\xd6\xe6\xf8\xfc\xe9]")


def read_delimited(data: bytes, *, max_rows: int = MAX_ROWS, max_columns: int = MAX_COLUMNS) -> Rows:
    """The rows of a delimited text, every cell text or None; the delimiter and the encoding are found out.

    Row 1 of the file is index 0. Raises RuleBroken (field "file") when it is no text, too large or malformed.
    """
    check_size(data)
    text = decode(data)
    first, _newline, rest = text.partition("\n")
    declared = re.fullmatch(r"\s*sep=(.)\s*", first)
    if declared:  # Excel's own first line; it stays a row, so that row numbers are those of the file
        delimiter, text = declared[1], "\n" + rest
    else:
        delimiter = sniff(text)
    rows: Rows = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= max_rows or len(record) > max_columns:
                _refuse_size(record, max_rows, max_columns)
            if any(len(field) > CELL_CHARACTERS for field in record):
                raise RuleBroken(
                    _("Row %(row)d has a cell with more than %(limit)d characters. Check that every quotation mark is closed.")
                    % {"row": len(rows) + 1, "limit": CELL_CHARACTERS},
                    field="file",
                )
            rows.append([field if field.strip() else None for field in record])
    except csv.Error:
        raise RuleBroken(
            _("Row %(row)d cannot be read: a quotation mark is not closed, or the row is damaged. Export the file again.")
            % {"row": len(rows) + 1},
            field="file",
        ) from None
    return trimmed(rows)


def _refuse_size(record: list[str], max_rows: int, max_columns: int) -> None:
    if any(field.strip() for field in record):
        raise RuleBroken(
            _("The file has more than %(rows)d rows or %(columns)d columns. Delete what is not needed, or divide it.")
            % {"rows": max_rows, "columns": max_columns},
            field="file",
        )


def decode(data: bytes) -> str:
    """Text of unknown encoding: marks first, then UTF-8, then UTF-16 by its zeros, DOS by its places, else Windows-1252."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        elif b"\x00" in data[:2000]:
            text = data.decode("utf-16-le" if data[1:2000:2].count(0) >= data[0:2000:2].count(0) else "utf-16-be")
        else:
            text = _decode_bytes(data)
    except UnicodeDecodeError:
        raise RuleBroken(_not_text(), field="file") from None
    if sum(1 for c in text[:4000] if ord(c) < 32 and c not in "\t\r\n\f\v") > 4 or "\x00" in text:
        raise RuleBroken(_not_text(), field="file")
    return text.removeprefix("\ufeff")


def _decode_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_dos = len(_DOS.findall(data)) > len(_WINDOWS.findall(data))
        return data.decode("cp850" if is_dos else "cp1252")


def _not_text() -> str:
    return str(_("The file is neither a workbook nor readable text. Save it as an Excel workbook (.xlsx) or as CSV (UTF-8)."))


def sniff(text: str) -> str:
    """The delimiter that gives most rows of the beginning the same number of columns, more than one."""
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for record in csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=delimiter):
                widths[len(record)] += 1
                if widths.total() >= 60:  # enough to see the shape
                    break
        except csv.Error:
            pass  # the end of the sample may cut a quoted cell
        width, count = max(widths.items(), key=lambda item: (item[0] > 1) * item[1] * item[0], default=(1, 0))
        score = count * min(width, 40) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def write_delimited(rows: Iterable[Sequence[object]], *, delimiter: str = ",", guard: bool = True) -> bytes:
    """Rows as UTF-8 CSV for any spreadsheet: every cell quoted, formulas disarmed by an apostrophe (security.md 24).

    `guard=False` is for files that a named machine reads back and that hold no text of strangers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        # A number is no formula: -5 stays -5.
        writer.writerow([_guarded(str("" if cell is None else cell)) if guard and not isinstance(cell, int | float) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig" if guard else "utf-8")


def _guarded(text: str) -> str:
    return "'" + text if text.lstrip(" \n").startswith(_DANGEROUS) else text


def unguarded(cell: Cell) -> Cell:
    """A cell without the apostrophe that `write_delimited` put before what looked like a formula."""
    if isinstance(cell, str) and cell.startswith("'") and cell[1:].lstrip(" \n").startswith(_DANGEROUS):
        return cell[1:]
    return cell
