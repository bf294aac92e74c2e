"""Monthly sheets and summaries as workbooks: text stays text, numbers stay numbers, nothing is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from handrail.kit.files import new_workbook

TEXT, NUMBER, MONEY = "text", "number", "money"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it holds (text, number or money) and how wide it is, in characters."""

    label: str
    kind: str = TEXT
    width: int = 14


@dataclass(frozen=True)
class Table:
    """A table with its heading, rows of text, whole numbers or amounts, and the total row; `note` says what it holds."""

    name: str  # of the worksheet, at most 31 characters
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A document of tables: title, facts above, and what stands at its foot."""

    title: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    foot: str = ""
    language: str = "sv"
    notices: Sequence[str] = field(default_factory=tuple)


def write_workbook(sheet: Sheet) -> bytes:
    """The document as XLSX, one worksheet per table."""
    target = io.BytesIO()
    book = new_workbook(target)
    book.set_properties({"title": sheet.title})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 14}), "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        TEXT: book.add_format({"text_wrap": True, "valign": "top"}), NUMBER: book.add_format({"num_format": "#,##0", "valign": "top"}),
        MONEY: book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "total-text": book.add_format({"bold": True, "top": 1}), "total-number": book.add_format({"bold": True, "top": 1, "num_format": "#,##0"}),
        "total-money": book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"}), "wrap": book.add_format({"text_wrap": True}),
    }  # fmt: skip
    for number, table in enumerate(sheet.tables):
        page = book.add_worksheet(worksheet_name(table.name))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, sheet.title, forms["title"])
        row = 1
        for label, value in sheet.facts if number == 0 else ():
            page.write_string(row, 0, f"{label}: {value}")
            row += 1
        for notice in (*sheet.notices, *([table.note] if table.note else [])):
            page.write_string(row, 0, notice)
            row += 1
        row += 1
        for index, column in enumerate(table.columns):
            page.set_column(index, index, column.width)
            page.write_string(row, index, column.label, forms["head"])
        page.repeat_rows(row)
        page.freeze_panes(row + 1, 1)
        for values in table.rows:
            row += 1
            _write(page, row, table.columns, values, forms, "")
        if table.total:
            _write(page, row + 1, table.columns, table.total, forms, "total-")
    book.close()
    return target.getvalue()


def worksheet_name(name: str) -> str:
    """A name that a workbook accepts: 31 characters, none of []:*?/\\."""
    return "".join("-" if letter in "[]:*?/\\" else letter for letter in name)[:31].strip("'") or "1"


def _write(page: Any, row: int, columns: Sequence[Column], values: Sequence[Any], forms: dict[str, Any], prefix: str) -> None:
    for index, (column, value) in enumerate(zip(columns, values, strict=True)):
        look = forms[f"{prefix}{column.kind}"]
        if value is None or value == "":
            page.write_blank(row, index, None, look)
        elif isinstance(value, int | Decimal) and column.kind != TEXT:
            page.write_number(row, index, float(value), look)
        else:
            page.write_string(row, index, str(value), look)
