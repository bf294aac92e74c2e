"""Files that people bring and take away: workbooks and delimited text in, delimited text out."""

from handrail.kit.files.cells import Cell, Rows, as_text
from handrail.kit.files.delimited import read_delimited, write_delimited
from handrail.kit.files.tables import looks_like_workbook, read_table
from handrail.kit.files.workbook import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, read_workbook
from handrail.kit.files.written import new_workbook

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Cell",
    "Rows",
    "as_text",
    "looks_like_workbook",
    "new_workbook",
    "read_delimited",
    "read_table",
    "read_workbook",
    "write_delimited",
]
