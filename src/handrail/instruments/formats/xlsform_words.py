"""Types of XLSForm: those we use, those we refuse, and what to do instead."""

from __future__ import annotations

from typing import Any

from handrail.instruments.formats.form import GROUP, INTEGER, NOTE, TEXT
from handrail.kit.text import _

# Types as authors write them (without case, underscores as spaces) → ours.
TYPES = {
    "text": TEXT, "string": TEXT, "integer": INTEGER, "int": INTEGER, "note": NOTE,
    "begin group": GROUP, "end group": "end_group",
}  # fmt: skip
META = (
    "start", "end", "today", "deviceid", "device id", "phonenumber", "phone number", "username", "email", "simserial", "sim serial", "subscriberid",
    "subscriber id", "audit", "start-geopoint", "start geopoint", "background-audio", "background audio", "imei", "start time", "end time",
)  # fmt: skip
REMEDIES: dict[str, Any] = {
    "decimal": _("Use integer; ask in a smaller unit where halves matter, such as minutes instead of hours."),
    "calculate": _("Delete the row; write the condition into relevant or constraint of the question that needs it."),
    "begin repeat": _("Write the questions as often as they are needed at most, with relevant."),
    "end repeat": _("Write the questions as often as they are needed at most, with relevant."),
    "date": _("Use text with a constraint, or select_one with the months."),
    "acknowledge": _("Use select_one with one choice."),
    "hidden": _("Delete the row."),
}
RENAMED: dict[str, Any] = {
    "choice_filter": _("Make a list of choices for each case, with relevant."),
    "calculation": _("Delete the column; write the condition into relevant or constraint."),
    "default": _("Delete the column: an answer must be the person's own."),
    "repeat_count": _("Write the questions as often as they are needed at most, with relevant."),
    "read_only": _("Use a note for what is only to be read."),
}


def type_remedy(kind: str = "") -> Any:
    """What to use instead of a type."""
    return REMEDIES.get(kind) or _("Use select_one, select_multiple, integer, text, note, begin_group or end_group.")


def missing_sheet(found: list[str]) -> Any:
    """Why a workbook is no XLSForm."""
    names = ", ".join(name[:40] for name in found[:8]) or "–"
    return _(
        "The workbook has no sheet called survey with questions in it (its sheets are: %(names)s). An XLSForm has the sheets survey, choices and settings."
    ) % {"names": names}
