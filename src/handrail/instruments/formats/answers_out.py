"""Answers out as the field's users know them: a column for each question, 0 and 1 for each choice, repeats as sheets of their own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handrail.instruments.formats.answer_columns import MAIN, AnswerTable, Column, labels_of, tables_of, text_in, value_text
from handrail.instruments.formats.form import SELECTS, Form
from handrail.kit.files import new_workbook, write_delimited

Cell = str | int | float | None
Row = list[Cell]
Sheets = dict[str, list[Row]]
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Answered:
    """One set of answers to be taken away; `more` are further columns, such as the channel by which it came."""

    uuid: str
    answers: Mapping[str, Any]
    received_at: datetime | None = None
    more: Mapping[str, Cell] = field(default_factory=dict)


def answer_sheets(form: Form, sets: Iterable[Answered], *, language: str = "", with_groups: bool = False) -> Sheets:
    """The sheets of an export: names and values as stored, or with `language` the labels that people read; `with_groups` writes group/question."""
    tables = {table.name: table for table in tables_of(form)}
    every = list(sets)
    more = list(dict.fromkeys(name for one in every for name in one.more))
    labels = {column.item.name: labels_of(form, column.item, language) for table in tables.values() for column in table.columns} if language else {}
    sheets: Sheets = {}
    for table in tables.values():
        header: Row = [_header(form, column, language, with_groups) for column in table.columns]
        end = ["_uuid", "_submission_time", "_index", *more] if table.name == MAIN else ["_index", "_parent_table_name", "_parent_index", "_submission__uuid"]
        sheets[table.name] = [[*header, *end]]
    writer = _Writer(tables, sheets, labels)
    for one in every:
        index = len(sheets[MAIN])
        received = one.received_at.isoformat(timespec="seconds") if one.received_at else ""
        sheets[MAIN].append([*writer.cells(tables[MAIN], one.answers), one.uuid, received, index, *(one.more.get(name) for name in more)])
        writer.rounds(MAIN, one.answers, index, one.uuid)
    return sheets


def write_answers_xlsx(sheets: Sheets) -> bytes:
    """An export as one workbook, a sheet for each repeat; no text in it can become a formula."""
    out = io.BytesIO()
    book = new_workbook(out)
    strong = book.add_format({"bold": True})
    for title, rows in zip(_titles(sheets), sheets.values(), strict=True):
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(line, index, cell)
                elif cell:
                    sheet.write_string(line, index, cell, strong if line == 0 else None)
    book.close()
    return out.getvalue()


def write_answers_csv(sheets: Sheets) -> bytes:
    """The first sheet of an export as CSV; see `write_answers_zip` for a form with repeats."""
    return write_delimited(sheets[MAIN])


def write_answers_zip(sheets: Sheets) -> bytes:
    """Every sheet of an export as CSV, in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for title, rows in sheets.items():
            archive.writestr(zipfile.ZipInfo(f"{_NOT_IN_TITLES.sub('_', title)}.csv", (1980, 1, 1, 0, 0, 0)), write_delimited(rows))
    return out.getvalue()


@dataclass
class _Writer:
    """Writes sets of answers into the sheets."""

    tables: dict[str, AnswerTable]
    sheets: Sheets
    labels: dict[str, dict[str, str]]

    def cells(self, table: AnswerTable, answers: Mapping[str, Any]) -> Row:
        return [self.cell(column, answers.get(column.item.name)) for column in table.columns]

    def cell(self, column: Column, value: Any) -> Cell:
        if value is None:
            return None
        if column.choice is not None:
            return int(column.choice.name in (value if isinstance(value, list) else value_text(value).split()))
        known = self.labels.get(column.item.name)
        if known and column.item.kind in SELECTS:
            names = value if isinstance(value, list) else value_text(value).split()
            return ", ".join(known.get(str(name), str(name)) for name in names)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else value_text(value)

    def rounds(self, parent: str, answers: Mapping[str, Any], parent_index: int, uuid: str) -> None:
        for table in self.tables.values():
            if table.parent != parent:
                continue
            for once in answers.get(table.name) or ():
                index = len(self.sheets[table.name])
                self.sheets[table.name].append([*self.cells(table, once), index, parent, parent_index, uuid])
                self.rounds(table.name, once, index, uuid)


def _header(form: Form, column: Column, language: str, with_groups: bool) -> str:
    if not language:
        return "/".join([*(group.name for group in column.path if with_groups), column.name])
    parts = [text_in(form, group.labels, language) or group.name for group in column.path if with_groups]
    parts.append(text_in(form, column.item.labels, language) or column.item.name)
    return "/".join([*parts, *([text_in(form, column.choice.labels, language) or column.choice.name] if column.choice else [])])


def _titles(sheets: Iterable[str]) -> list[str]:
    """Names that Excel takes for sheets: at most 31 characters, each once."""
    found: list[str] = []
    for name in sheets:
        title, number = _NOT_IN_TITLES.sub("_", name)[:31], 2
        while title.casefold() in {one.casefold() for one in found}:
            title, number = f"{name[:27]}_{number}", number + 1
        found.append(title)
    return found
