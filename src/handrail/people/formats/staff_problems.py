"""What is wrong in a staff list, as a workbook to work through beside the list."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Protocol

from handrail.kit.files import new_workbook
from handrail.kit.text import _


class _Problem(Protocol):
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def is_error(self) -> bool: ...


def error_report_xlsx(problems: Iterable[_Problem]) -> bytes:
    """The problems by row, with cause and remedy; it repeats no cell of the list, as those may be about protected people."""
    out = io.BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet(str(_("Problems"))[:31])
    strong, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    heads = (_("Row"), _("Column"), _("What is wrong"), _("What to do"), _("Left out"))
    for index, (head, width) in enumerate(zip(heads, (8, 24, 60, 60, 12), strict=True)):
        sheet.write_string(0, index, str(head), strong)
        sheet.set_column(index, index, width, wrapped)
    for line, problem in enumerate(problems, start=1):
        sheet.write_number(line, 0, problem.row, wrapped)
        for column, text in enumerate((problem.column, problem.cause, problem.remedy), start=1):
            sheet.write_string(line, column, str(text), wrapped)
        sheet.write_string(line, 4, str(_("yes") if problem.is_error else _("no")), wrapped)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
