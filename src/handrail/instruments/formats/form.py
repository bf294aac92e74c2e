"""A questionnaire as plain data, and the JSON in which a version of it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

GROUP, REPEAT, NOTE = "group", "repeat", "note"
TEXT, INTEGER, DECIMAL, RANGE = "text", "integer", "decimal", "range"
DATE, TIME, DATETIME = "date", "time", "datetime"
SELECT_ONE, SELECT_MULTIPLE, RANK, ACKNOWLEDGE = "select_one", "select_multiple", "rank", "acknowledge"
GEOPOINT, GEOTRACE, GEOSHAPE, BARCODE, FILE = "geopoint", "geotrace", "geoshape", "barcode", "file"
CALCULATE, HIDDEN = "calculate", "hidden"

QUESTIONS = (
    TEXT, INTEGER, DECIMAL, RANGE, DATE, TIME, DATETIME, SELECT_ONE, SELECT_MULTIPLE, RANK, ACKNOWLEDGE, GEOPOINT, GEOTRACE, GEOSHAPE,
    BARCODE, FILE,
)  # fmt: skip
SELECTS = (SELECT_ONE, SELECT_MULTIPLE, RANK)
NUMBERS = (INTEGER, DECIMAL, RANGE)
MEDIA = ("image", "audio", "video")

Texts = Mapping[str, str]  # language code → text


@dataclass(frozen=True)
class Language:
    """A language of a form: its code and the name it has in the workbook's headers."""

    code: str
    name: str


@dataclass(frozen=True)
class Choice:
    """One answer of a list; `level` is the competence level it stands for, None where it stands for none ("don't know")."""

    name: str
    labels: Texts
    level: int | None = None
    extra: Texts = field(default_factory=dict)  # column → text, for choice_filter
    images: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A group, a repeat, a note, a question or a calculation; `row` is its row in the workbook it came from, 0 where there was none."""

    kind: str
    name: str
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    relevant: str = ""
    required: str = ""  # "", "true()" or an expression
    required_messages: Texts = field(default_factory=dict)
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    appearance: str = ""
    list_name: str = ""
    choices: tuple[Choice, ...] = ()
    competence: str = ""
    items: tuple[Item, ...] = ()
    row: int = 0
    guidance: Texts = field(default_factory=dict)
    images: Texts = field(default_factory=dict)
    choice_filter: str = ""
    calculation: str = ""
    default: str = ""
    readonly: str = ""  # "", "true()" or an expression
    repeat_count: str = ""
    parameters: Texts = field(default_factory=dict)
    media: str = ""  # what a file is: image, audio, video or file

    @property
    def is_question(self) -> bool:
        """Whether a person answers it."""
        return self.kind in QUESTIONS

    @property
    def has_value(self) -> bool:
        """Whether something is kept for it: an answer, or what is calculated from answers."""
        return self.kind in QUESTIONS or self.kind in {CALCULATE, HIDDEN}

    @property
    def holds_items(self) -> bool:
        """Whether it is a group or a repeat."""
        return self.kind in {GROUP, REPEAT}

    def walk(self) -> Iterator[Item]:
        """This item and everything in it, in the order of the workbook."""
        yield self
        for item in self.items:
            yield from item.walk()

    def fields(self) -> Iterator[Item]:
        """What an answer to one time round this repeat can hold: values and repeats in it, but not what is in those."""
        return _fields(self.items)


@dataclass(frozen=True)
class Form:
    """A questionnaire: groups at the top are its pages."""

    title: str
    id: str
    version: str
    languages: tuple[Language, ...]
    default_language: str
    items: tuple[Item, ...]
    style: str = ""
    instance_name: str = ""

    def walk(self) -> Iterator[Item]:
        """Every group, repeat, note, question and calculation, in the order of the workbook."""
        for item in self.items:
            yield from item.walk()

    def questions(self) -> Iterator[Item]:
        """Everything that a person answers, in repeats as well."""
        return (item for item in self.walk() if item.is_question)

    def pictures(self) -> tuple[str, ...]:
        """The names of all pictures that questions and choices show, each once: what has to be brought along with the form."""
        places = [texts for item in self.walk() for texts in (item.images, *(choice.images for choice in item.choices))]
        return tuple(dict.fromkeys(name for texts in places for name in texts.values()))

    def fields(self) -> Iterator[Item]:
        """What a set of answers can hold at its top: values and repeats, but not what is in those."""
        return _fields(self.items)


@dataclass(frozen=True)
class FormProblem:
    """What is wrong in a workbook: sheet, row as Excel shows it, column, cause and remedy in words."""

    sheet: str
    row: int
    column: str
    code: str
    cause: str
    remedy: str
    is_error: bool = True


def to_json(form: Form) -> dict[str, Any]:
    """The form as plain JSON data, without what is empty."""
    return _plain(form)  # type: ignore[no-any-return]


def from_json(data: Mapping[str, Any]) -> Form:
    """The form that `to_json` stored. Raises KeyError or TypeError for anything else."""
    return Form(
        title=data.get("title", ""),
        id=data["id"],
        version=data.get("version", ""),
        languages=tuple(Language(**language) for language in data["languages"]),
        default_language=data["default_language"],
        items=tuple(_item(item) for item in data.get("items", ())),
        style=data.get("style", ""),
        instance_name=data.get("instance_name", ""),
    )


def _fields(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if item.kind == GROUP:
            yield from _fields(item.items)
        elif item.has_value or item.kind == REPEAT:
            yield item


def _plain(value: Any) -> Any:
    if isinstance(value, Form | Item | Choice | Language):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: _plain(content) for name, content in pairs if content or (content == 0 and name == "level")}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def _item(data: Mapping[str, Any]) -> Item:
    rest = {name: content for name, content in data.items() if name not in {"choices", "items"}}
    choices = tuple(Choice(**{"labels": {}, **choice}) for choice in data.get("choices", ()))
    return Item(**rest, choices=choices, items=tuple(_item(item) for item in data.get("items", ())))
