"""People with their histories as a workbook: bytes in, rows out; and the empty workbook to start from."""

from handrail.placements.formats.histories import COLUMNS, ROWS_AT_MOST, HistoryRow, Problem, read_histories, write_histories

__all__ = ["COLUMNS", "ROWS_AT_MOST", "HistoryRow", "Problem", "read_histories", "write_histories"]
