"""What the field's own tools say: a form that we accept, pyxform accepts, so that it can be used in ODK and Kobo as well."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handrail.instruments.formats.form import FormProblem
from handrail.kit.files import Rows, as_text
from handrail.kit.text import _

OURS = {"survey": ("competence",), "choices": ("level",), "settings": ()}
_PLACE = re.compile(r"^\[row : (\d+)\]\s*")
_SHEET = re.compile(r"On the '(survey|choices|settings)' sheet, the '([^']+)' value")


def field_tool_problems(sheets: Mapping[str, Rows]) -> list[FormProblem]:
    """pyxform's verdict on the sheets as they came, in its own words (English) under our row and remedy; [] when it accepts them."""
    from pyxform.errors import PyXFormError  # loading takes a second, and only importing a form needs it
    from pyxform.xls2xform import convert

    try:
        convert({title: _dicts(rows, OURS[title]) for title, rows in sheets.items() if rows}, form_name="data", validate=False)
    except PyXFormError as error:
        return [_problem(str(error))]
    except Exception as error:  # it raises KeyError and the like for odd sheets; the form is not usable there
        return [_problem(type(error).__name__)]
    return []


def _dicts(rows: Rows, ours: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows as pyxform takes them. Blank ones stay, so that its row numbers are Excel's."""
    at = next((index for index, row in enumerate(rows) if any(as_text(cell) for cell in row)), 0)
    headers = [as_text(cell) for cell in rows[at]]
    found: list[dict[str, str]] = [{} for _ in range(at)]
    for row in rows[at + 1 :]:
        pairs = ((header, as_text(cell)) for header, cell in zip(headers, row, strict=False))
        found.append({header: text for header, text in pairs if header and text and header.casefold() not in ours})
    return found


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
