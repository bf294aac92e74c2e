"""Workbooks that Handrail writes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def new_workbook(out: IO[bytes]) -> Workbook:
    """An empty workbook whose cells are what they are: no text becomes a formula, a link or a number (security.md 24)."""
    from xlsxwriter import Workbook  # on first use: three megabytes that most processes never need

    return Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
