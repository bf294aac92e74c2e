"""A form laid out for reading: what it asks, when, and which competence an answer tells about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.instruments import rules
from handrail.instruments.formats import Form, Item
from handrail.instruments.queries.answering import WRITTEN_FROM_THE_RIGHT
from handrail.instruments.queries.forms import language_for
from handrail.kit.text import _

KINDS = {
    "select_one": _("One answer"), "select_multiple": _("Several answers"), "rank": _("Answers in order"), "integer": _("Whole number"),
    "decimal": _("Number"), "range": _("Place on a scale"), "note": _("Text to read"), "group": _("Heading"), "repeat": _("Asked several times"),
    "text": _("Free text"), "date": _("Day"), "time": _("Time of day"), "datetime": _("Day and time"), "acknowledge": _("Tick to agree"),
    "geopoint": _("Place on the map"), "geotrace": _("Line on the map"), "geoshape": _("Area on the map"), "barcode": _("Barcode"),
    "file": _("Picture or file"), "calculate": _("Worked out from answers"), "hidden": _("Not shown"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing asked."""

    label: str
    kind: Any
    is_group: bool
    choices: tuple[str, ...]
    when: str
    is_required: bool
    competence: str


@dataclass(frozen=True)
class Outline:
    """A form in one of its languages."""

    language: str
    direction: str
    languages: tuple[Any, ...]
    pages: tuple[tuple[str, tuple[Line, ...]], ...]
    questions: int
    bound: int


def outline(form: Form, language: str) -> Outline:
    """A form page by page, in the language asked for or its own."""
    chosen = language_for(form, language or form.default_language)
    pages = []
    for part in rules.pages(form):
        items = [item for top in part.items for item in top.walk() if not (item is top and item.holds_items and part.labels)]
        pages.append((rules.text_for(form, part.labels, chosen), tuple(_line(form, item, chosen) for item in items)))
    questions = list(form.questions())
    return Outline(
        chosen, "rtl" if chosen in WRITTEN_FROM_THE_RIGHT else "ltr", form.languages, tuple(pages), len(questions),
        sum(bool(item.competence) for item in questions),
    )  # fmt: skip


def outlines(form: Form) -> list[dict[str, Any]]:
    """A form in each of its languages, for looking through before publishing."""
    return [{"name": language.name, "outline": outline(form, language.code)} for language in form.languages]


def _line(form: Form, item: Item, language: str) -> Line:
    choices = tuple(
        rules.text_for(form, choice.labels, language) + ("" if choice.level is None else f" ({choice.level})") for choice in item.choices
    )
    label = rules.plain(item.labels.get(language) or rules.text_for(form, item.labels, language)) or item.name
    return Line(label, KINDS[item.kind], item.holds_items, choices, item.relevant, bool(item.required), item.competence)
