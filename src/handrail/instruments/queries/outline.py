"""A form laid out for reading: what it asks, when, and which competence an answer tells about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.instruments import rules
from handrail.instruments.formats import GROUP, INTEGER, NOTE, SELECT_MULTIPLE, SELECT_ONE, Form, Item
from handrail.instruments.queries.answering import WRITTEN_FROM_THE_RIGHT
from handrail.instruments.queries.forms import language_for
from handrail.kit.text import _

KINDS = {
    SELECT_ONE: _("One answer"), SELECT_MULTIPLE: _("Several answers"), INTEGER: _("Whole number"), NOTE: _("Text to read"),
    GROUP: _("Heading"), "text": _("Free text"),
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
        items = [item for top in part.items for item in top.walk() if not (item is top and item.kind == GROUP and part.labels)]
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
    label = item.labels.get(language) or rules.text_for(form, item.labels, language)
    return Line(label, KINDS[item.kind], item.kind == GROUP, choices, item.relevant, bool(item.required), item.competence)
