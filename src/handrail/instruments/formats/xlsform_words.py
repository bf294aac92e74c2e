"""Types and appearances of XLSForm: those we use, those we pass over, those we refuse, and what to do instead."""

from __future__ import annotations

import re
from typing import Any

from handrail.instruments.formats import form
from handrail.kit.text import _

END_GROUP, END_REPEAT = "end_group", "end_repeat"
# Types as authors write them (without case, underscores as spaces) → ours.
TYPES = {
    "text": form.TEXT, "string": form.TEXT, "integer": form.INTEGER, "int": form.INTEGER, "decimal": form.DECIMAL, "note": form.NOTE,
    "date": form.DATE, "time": form.TIME, "datetime": form.DATETIME, "date time": form.DATETIME, "range": form.RANGE,
    "acknowledge": form.ACKNOWLEDGE, "trigger": form.ACKNOWLEDGE, "calculate": form.CALCULATE, "hidden": form.HIDDEN,
    "geopoint": form.GEOPOINT, "gps": form.GEOPOINT, "location": form.GEOPOINT, "geotrace": form.GEOTRACE, "geoshape": form.GEOSHAPE,
    "barcode": form.BARCODE, "image": form.FILE, "photo": form.FILE, "audio": form.FILE, "video": form.FILE, "file": form.FILE,
    "begin group": form.GROUP, "end group": END_GROUP,
    "begin repeat": form.REPEAT, "begin lgroup": form.REPEAT, "end repeat": END_REPEAT, "end lgroup": END_REPEAT,
}  # fmt: skip
MEDIA = {"photo": "image", "image": "image", "audio": "audio", "video": "video", "file": "file"}
SELECT = re.compile(
    r"(?i)(?P<what>select[ _]?(?:one|1)|(?P<many>select[ _]?(?:multiple|all[ _]that[ _]apply))|(?P<rank>rank))"
    r"(?P<source>[ _]from[ _]file|[ _]external|[ _]from)? (?P<list>\S+)(?P<other> (?:or[ _]other|or[ _]specify[ _]other))?"
)
# What a phone records by itself. It is not collected here; "today" can be worked out.
META = (
    "start", "end", "today", "deviceid", "device id", "phonenumber", "phone number", "username", "email", "simserial", "sim serial", "subscriberid",
    "subscriber id", "audit", "start-geopoint", "start geopoint", "background-audio", "background audio", "background-geopoint", "imei", "start time",
    "end time",
)  # fmt: skip
REMEDIES: dict[str, Any] = {
    "csv-external": _("Put the table in the sheet choices and use select_one with choice_filter."),
    "xml-external": _("Put the table in the sheet choices and use select_one with choice_filter."),
    "osm": _("Use geopoint."),
    "begin loop": _("Use begin_repeat and end_repeat."),
    "end loop": _("Use begin_repeat and end_repeat."),
}
# Appearances that are drawn here, and such as only say how a phone draws what is drawn here in its own way.
DRAWN = ("likert", "minimal", "horizontal", "horizontal-compact", "multiline", "numbers", "label", "list-nolabel", "list", "table-list", "month-year", "year")
OF_DEVICES = (
    "field-list", "autocomplete", "search", "quick", "quickcompact", "compact", "columns", "columns-pack", "no-buttons", "no-calendar", "picker", "vertical",
    "no-ticks", "maps", "placement-map", "thousands-sep", "new", "new-front", "inline", "textarea", "rating",
)  # fmt: skip
# The words of the choice and the question that `or_other` adds, in the languages of those who answer.
OTHER: dict[str, tuple[str, str]] = {
    "en": ("Other", "Please say which"), "sv": ("Annat", "Skriv vilket"), "da": ("Andet", "Skriv hvilket"), "nb": ("Annet", "Skriv hvilket"),
    "de": ("Anderes", "Bitte angeben"), "fr": ("Autre", "Veuillez préciser"), "es": ("Otro", "Indique cuál"), "ar": ("غير ذلك", "يرجى التحديد"),
    "fa": ("سایر", "لطفاً بنویسید"), "uk": ("Інше", "Напишіть, що саме"), "ru": ("Другое", "Напишите, что именно"), "so": ("Mid kale", "Fadlan sheeg"),
    "tr": ("Diğer", "Lütfen belirtin"), "pl": ("Inne", "Proszę podać"),
}  # fmt: skip


def is_known_appearance(word: str) -> bool:
    """Whether nothing is lost here by an appearance."""
    return word in DRAWN or word in OF_DEVICES or re.fullmatch(r"columns-\d+|w\d+", word) is not None


def type_remedy(kind: str = "") -> Any:
    """What to use instead of a type."""
    return REMEDIES.get(kind) or _(
        "Use text, integer, decimal, range, date, time, dateTime, select_one, select_multiple, rank, acknowledge, note, calculate, geopoint, image, file, begin_group or begin_repeat."
    )


def missing_sheet(found: list[str]) -> Any:
    """Why a workbook is no XLSForm."""
    names = ", ".join(name[:40] for name in found[:8]) or "–"
    return _(
        "The workbook has no sheet called survey with questions in it (its sheets are: %(names)s). An XLSForm has the sheets survey, choices and settings."
    ) % {"names": names}
