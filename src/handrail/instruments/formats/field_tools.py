"""What the field's own tools say: a form that we accept, pyxform accepts, so that it can be used in ODK and Kobo as well."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handrail.instruments.formats.form import FormProblem
from handrail.kit.files import Rows, as_text
from handrail.kit.text import _

OURS: dict[str, tuple[str, ...]] = {"survey": ("competence",), "choices": ("level",)}
_PLACE = re.compile(r"^\[row : (\d+)\]\s*")
_SHEET = re.compile(r"On the '(survey|choices|settings)' sheet, the '([^']+)' value")


def field_tool_problems(sheets: Mapping[str, Rows]) -> list[FormProblem]:
    """pyxform's verdict on the sheets as they came, in its own words (English) under our row and remedy; [] when it accepts them."""
    from pyxform.errors import PyXFormError  # loading takes a second, and only importing a form needs it

    try:
        convert_sheets(sheets)
    except PyXFormError as error:
        return [_problem(str(error))]
    except Exception as error:  # it raises KeyError and the like for odd sheets; the form is not usable there
        return [_problem(type(error).__name__)]
    return []


def convert_sheets(sheets: Mapping[str, Rows]) -> str:
    """The sheets as an XForm, by pyxform. Raises its errors."""
    from pyxform.xls2xform import convert

    known: dict[str, list[dict[str, str]]] = {}
    for title, rows in sheets.items():
        if rows:
            known[f"{title}_header"], known[title] = _dicts(rows, OURS.get(title, ()))
    return str(convert(known, form_name="data", validate=False).xform)


def _dicts(rows: Rows, ours: tuple[str, ...]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The header and the rows as pyxform takes them. Blank ones stay, so that its row numbers are Excel's."""
    at = next((index for index, row in enumerate(rows) if any(as_text(cell) for cell in row)), 0)
    headers = ["" if as_text(cell).casefold() in ours else as_text(cell) for cell in rows[at]]
    found: list[dict[str, str]] = [{} for _ in range(at)]
    for row in rows[at + 1 :]:
        pairs = ((header, as_text(cell)) for header, cell in zip(headers, row, strict=False))
        found.append({header: text for header, text in pairs if header and text})
    return [dict.fromkeys(header for header in headers if header)], found  # type: ignore[list-item]


def _problem(message: str) -> FormProblem:
    row = _PLACE.match(message)
    place = _SHEET.search(message)
    return FormProblem(
        sheet=place[1] if place else "survey",
        row=int(row[1]) if row else 0,
        column=place[2] if place else "",
        code="field_tools",
        cause=str(_("The form would not open in ODK or Kobo: %(message)s") % {"message": _PLACE.sub("", message)[:400]}),
        remedy=str(_("Correct the cell and choose the file again.")),
    )
