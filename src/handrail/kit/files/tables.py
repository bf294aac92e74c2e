"""One table out of whatever a person brings: the workbook's fullest sheet, or the text."""

from __future__ import annotations

from handrail.kit.errors import RuleBroken
from handrail.kit.files.cells import Rows
from handrail.kit.files.delimited import read_delimited
from handrail.kit.files.workbook import MAX_COLUMNS, MAX_ROWS, OLE, ZIP, not_a_workbook, read_workbook
from handrail.kit.text import _


def looks_like_workbook(data: bytes) -> bool:
    """Whether the first bytes are those of XLSX or XLS, whatever the file is called."""
    return data.startswith((ZIP, OLE))


def read_table(data: bytes, *, name: str, max_rows: int = MAX_ROWS, max_columns: int = MAX_COLUMNS) -> tuple[str, Rows]:
    """The name and the rows of the sheet with most in it, or ("", rows) of a delimited text.

    Raises RuleBroken (field "file") as `read_workbook` and `read_delimited` do, and for a workbook with nothing in it.
    """
    if looks_like_workbook(data):
        sheets = read_workbook(data, name=name, max_rows=max_rows, max_columns=max_columns)
        if not any(sheets.values()):
            raise RuleBroken(_("The workbook has no rows. Choose the file with the list in it."), field="file")
        # Not the first sheet but the fullest: exports begin with a cover sheet of the questions that were asked.
        return max(sheets.items(), key=lambda item: sum(1 for row in item[1] for cell in row if cell is not None))
    if name.lower().endswith((".xls", ".xlsx", ".xlsm")) and data.strip() and not _is_text_table(data):
        raise RuleBroken(not_a_workbook(data, name), field="file")
    return "", read_delimited(data, max_rows=max_rows, max_columns=max_columns)


def _is_text_table(data: bytes) -> bool:
    """Some systems call tab-delimited text .xls; Excel opens it, so do we."""
    return data.lstrip()[:1] != b"<" and any(mark in data[:4000] for mark in (b"\t", b";", b","))
