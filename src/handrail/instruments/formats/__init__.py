"""Questionnaires as the field exchanges them: XLSForm workbooks in and out, and the form as it is stored."""

from handrail.instruments.formats.form import (
    GROUP,
    INTEGER,
    NOTE,
    SELECT_MULTIPLE,
    SELECT_ONE,
    TEXT,
    Choice,
    Form,
    FormProblem,
    Item,
    Language,
    from_json,
    to_json,
)
from handrail.instruments.formats.xlsform_in import Reading, read_sheets, read_xlsform
from handrail.instruments.formats.xlsform_out import to_sheets, write_xlsform

__all__ = [
    "GROUP",
    "INTEGER",
    "NOTE",
    "SELECT_MULTIPLE",
    "SELECT_ONE",
    "TEXT",
    "Choice",
    "Form",
    "FormProblem",
    "Item",
    "Language",
    "Reading",
    "from_json",
    "read_sheets",
    "read_xlsform",
    "to_json",
    "to_sheets",
    "write_xlsform",
]
