"""How a sign-in sheet is laid on paper: nobody signs in less than 7 mm, and a session fits one sheet where that allows."""

from __future__ import annotations

from dataclasses import dataclass

SPARE = 4  # empty lines, for whoever comes as well
UPRIGHT = 25  # lines on an A4 standing, each of them LINE high
ACROSS = 44  # lines on an A4 lying, in two columns, each of them LEAST or higher
LINE, LEAST = 8.4, 7.0  # millimetres to write in
COLUMN = 155.0  # millimetres for the lines of a column on an A4 lying


@dataclass(frozen=True)
class SheetShape:
    """One column upright, or two across; how many lines are empty, and how high a line is in millimetres."""

    columns: int
    spare: int
    line: float


def sheet_shape(names: int) -> SheetShape:
    """Up to 21 names stand on an upright sheet, up to 44 in two columns on one lying sheet; more take several upright ones."""
    spare = min(SPARE, ACROSS - names) if names <= ACROSS else SPARE
    if names + spare <= UPRIGHT or names > ACROSS:
        return SheetShape(1, spare, LINE)
    return SheetShape(2, spare, min(LINE, COLUMN / -(-(names + spare) // 2)))
