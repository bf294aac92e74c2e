"""The map as a table and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from handrail.competences.models import Competence
from handrail.competences.queries import Cell, ColumnView
from handrail.competences.rules import FEW
from handrail.competences.views.map_parts.figures import level_text
from handrail.competences.views.map_parts.look import Look
from handrail.kit.files import new_workbook
from handrail.kit.text import _, number, signed

Row = tuple[Competence, ColumnView, Cell]


def table_rows(look: Look) -> list[Row]:
    """Every competence by column, sorted as the address asks; hidden ones last."""
    assert look.table is not None
    rows = [(one, column, column.cells[one.pk]) for one in look.table.competences for column in look.table.columns if one.pk in column.cells]
    order = {one.pk: index for index, one in enumerate(look.table.competences)}
    wanted = look.request.GET.get("sort", "gap")
    keys: dict[str, Any] = {
        "gap": lambda row: row[2].distance or 0.0, "level": lambda row: row[2].level or 0.0, "column": lambda row: row[1].label,
        "competence": lambda row: order[row[0].pk], "n": lambda row: row[2].people,
    }  # fmt: skip
    key = keys.get(wanted.lstrip("-"), keys["gap"])
    rows.sort(key=lambda row: (key(row), order[row[0].pk]), reverse=wanted.startswith("-"))
    return [row for row in rows if not row[2].why_hidden] + [row for row in rows if row[2].why_hidden]


def table_columns(look: Look) -> list[dict[str, Any]]:
    """The table's head."""
    where = _("Municipality") if look.organisation is None and look.sight.municipalities else _("Unit")
    return [
        {"label": _("Competence"), "key": "competence"}, {"label": _("Area")}, {"label": where, "key": "column"},
        {"label": _("Level"), "key": "level", "number": True}, {"label": _("Target"), "number": True},
        {"label": _("Distance"), "key": "gap", "number": True}, {"label": _("Answers"), "key": "n", "number": True},
    ]  # fmt: skip


def as_cells(look: Look, row: Row) -> dict[str, Any]:
    """One row as the table prints it."""
    competence, column, cell = row
    if cell.why_hidden:
        return {"cells": [str(competence), str(competence.area), column.label, _("hidden"), "–", _("hidden"), _("fewer than five") if cell.why_hidden == FEW else _("protects its neighbour")]}
    return {
        "cells": [
            str(competence), str(competence.area), column.label, level_text(cell), number(cell.target, 1),
            {"text": signed(cell.distance), "strong": True}, number(cell.people),
        ]
    }  # fmt: skip


def as_file(look: Look, kind: str) -> bytes:
    """The rows that the screen shows as CSV (for Excel in Swedish: semicolons) or workbook; texts are never formulas."""
    head = [str(one["label"]) for one in table_columns(look)]
    rows = [_plain_row(row) for row in table_rows(look)]
    if kind == "xlsx":
        out = io.BytesIO()
        with new_workbook(out) as book:
            sheet = book.add_worksheet()
            for index, cells in enumerate([head, *rows]):
                sheet.write_row(index, 0, cells)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 2, 30)
        return out.getvalue()
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in [head, *rows]:
        writer.writerow([number(cell, 1) if isinstance(cell, float) else _inert(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _plain_row(row: Row) -> list[Any]:
    competence, column, cell = row
    hidden = str(_("hidden"))
    names = [str(competence), str(competence.area), column.label]
    if cell.why_hidden or cell.level is None or cell.target is None:
        return [*names, hidden, "", hidden, ""]
    level: Any = level_text(cell) if cell.end else round(cell.level, 1)
    return [*names, level, round(cell.target, 1), cell.distance, cell.people]


def _inert(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r＝＋－＠") else value
