"""What a cell of a foreign table can hold, and how it reads as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | datetime | time | timedelta | None
Rows = list[list[Cell]]

# Spaces that HR systems and word processors leave behind: no-break, narrow no-break, zero width, byte order mark, soft hyphen.
_INVISIBLE = {
    0xA0: " ", 0x202F: " ", 0x2007: " ", 0x200B: None, 0x200E: None, 0x200F: None, 0x2060: None, 0xFEFF: None, 0xAD: None
}  # fmt: skip


def as_text(cell: Cell) -> str:
    """A cell as a person would type it: 1234.0 is "1234", a date is ISO, spaces are single and inside only."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return " ".join(str(cell).translate(_INVISIBLE).split())


def trimmed(rows: Rows) -> Rows:
    """The same rows without what is empty at the end of each row and of the table."""
    for row in rows:
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
