"""Attendance brought as a table: who by participation number or e-mail address, how many minutes, and why if it corrects something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.files import as_text, read_table
from handrail.kit.text import _

ROWS_AT_MOST = 2_000
HEADERS = {
    "who": {"number", "participation number", "nummer", "deltagarnummer", "deltagernummer", "e-mail", "email", "mail", "e-post", "epost", "e-postadress"},
    "minutes": {"minutes", "min", "minuter", "minutter", "fremmøde (min)", "närvarominuter", "närvaro (min)"},
    "reason": {"reason", "why", "orsak", "skäl", "anledning", "begrundelse", "årsag", "kommentar"},
}


@dataclass(frozen=True)
class MarkRow:
    """One row as it was read: the row's number in the file, who, minutes, why."""

    row: int
    who: str
    minutes: int
    reason: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what to do. Never the row's values."""

    row: int
    column: str
    text: Any


def read_marks(data: bytes, *, name: str) -> tuple[list[MarkRow], list[Problem]]:
    """The rows of an attendance table and what is wrong with it, row by row.

    The header may stand below title rows and name the columns in Swedish or English. Raises RuleBroken (field "file") for no table.
    """
    _sheet, rows = read_table(data, name=name, max_rows=ROWS_AT_MOST + 20)
    start, columns = _header([[as_text(cell).casefold() for cell in row] for row in rows])
    found, problems, seen = [], [], set()
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {name: as_text(row[at]) if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        who, written = cells["who"].casefold(), cells["minutes"].removesuffix("min").strip()
        if not who:
            problems.append(Problem(number, "who", _("Nobody is named. Write the participation number or the e-mail address.")))
        elif who in seen:
            problems.append(Problem(number, "who", _("The same person stands in an earlier row. Keep one of them.")))
        elif not written.isdecimal() or len(written) > 4:
            problems.append(Problem(number, "minutes", _("Minutes must be a whole number such as 95.")))
        else:
            seen.add(who)
            found.append(MarkRow(number, who, int(written), cells.get("reason", "")[:300]))
    return found, problems


def _header(rows: Iterable[list[str]]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows):
        if number > 15:
            break
        columns = {name: row.index(cell) for name, known in HEADERS.items() for cell in row if cell in known}
        if {"who", "minutes"} <= columns.keys():
            return number, columns
    raise RuleBroken(
        _("The file needs one column with participation numbers or e-mail addresses and one called Minutes. Download the empty list to start from."),
        field="file",
    )
