"""XForms out, as ODK Collect and KoboCollect fetch them over OpenRosa."""

from __future__ import annotations

from handrail.instruments.formats.field_tools import convert_sheets
from handrail.instruments.formats.form import Form
from handrail.instruments.formats.xlsform_out import to_sheets


def write_xform(form: Form, *, form_id: str = "", version: str = "") -> str:
    """The form as XForm XML with its id and version and a place for the instanceID; `form_id` and `version` stand for the form's own.

    It is made by pyxform from the workbook that we write, so that a client sees what the workbook says. Takes some 20 ms: keep it.
    """
    sheets = to_sheets(form)
    names, values = sheets["settings"]
    own = dict(zip(names, values, strict=True)) | ({"form_id": form_id} if form_id else {}) | ({"version": version} if version else {})
    sheets["settings"] = [list(own), list(own.values())]
    return convert_sheets(sheets)  # type: ignore[arg-type]
