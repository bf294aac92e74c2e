"""What a cell of a foreign table can hold, and how it reads as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | datetime | time | timedelta | None
Rows = list[list[Cell]]

# Spaces that HR systems and word processors leave behind: no-break, narrow no-break, zero width, byte order mark, soft hyphen;
# and what nobody writes and neither XML nor PostgreSQL holds: control characters, halves of characters.
_INVISIBLE: dict[int, str | None] = {
    **dict.fromkeys((0xA0, 0x202F, 0x2007), " "),
    **dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, 0xFFFE, 0xFFFF)),
    **dict.fromkeys(code for code in range(0x20) if code not in range(0x09, 0x0E)),
    **dict.fromkeys(range(0x7F, 0xA0)),
    **dict.fromkeys(range(0xD800, 0xE000)),
}


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
