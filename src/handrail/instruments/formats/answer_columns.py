"""The columns in which answers are taken away: one for each question, one for each choice where several can be chosen, a table for each repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.instruments.formats.form import GROUP, NUMBERS, REPEAT, SELECT_MULTIPLE, SELECTS, Choice, Form, Item, Texts

MAIN = "answers"


@dataclass(frozen=True)
class Column:
    """A column: its question, and where several can be chosen the one choice that it is about; `path` are the groups around it."""

    item: Item
    choice: Choice | None = None
    path: tuple[Item, ...] = ()

    @property
    def name(self) -> str:
        """The name as it stands in files: helps, or helps/walk for one choice."""
        return f"{self.item.name}/{self.choice.name}" if self.choice else self.item.name

    @property
    def is_number(self) -> bool:
        """Whether there are numbers in it."""
        return self.choice is not None or self.item.kind in NUMBERS


@dataclass(frozen=True)
class AnswerTable:
    """The table of the whole form, or of a repeat in it: its name, the table that it belongs to and its columns."""

    name: str
    parent: str
    columns: tuple[Column, ...]
    item: Item | None = None


def tables_of(form: Form) -> tuple[AnswerTable, ...]:
    """The tables of a form: the one of the form itself first, then one for each repeat, a repeat before those in it."""
    return tuple(_tables(MAIN, "", form.items, None))


def text_in(form: Form, texts: Texts, language: str) -> str:
    """A label in a language, else in the form's own, in one line, with ${name} as it stands."""
    text = texts.get(language) or texts.get(form.default_language) or next(iter(texts.values()), "")
    return " ".join(re.sub(r"<[^<>]*>|\*\*", "", text).split())


def choices_once(item: Item) -> list[Choice]:
    """The choices of a question, each name once: the first, where a list has twins."""
    found: dict[str, Choice] = {}
    for choice in item.choices:
        found.setdefault(choice.name, choice)
    return list(found.values())


def value_text(value: object) -> str:
    """An answer in one cell of text: several choices with spaces between."""
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else "" if value is None else str(value)


def _tables(name: str, parent: str, items: Iterable[Item], item: Item | None) -> Iterator[AnswerTable]:
    found = list(_items(items, ()))
    columns = [column for one, path in found if one.kind != REPEAT for column in _columns(one, path)]
    yield AnswerTable(name, parent, tuple(columns), item)
    for one, _path in found:
        if one.kind == REPEAT:
            yield from _tables(one.name, name, one.items, one)


def _items(items: Iterable[Item], path: tuple[Item, ...]) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    for item in items:
        if item.kind == GROUP:
            yield from _items(item.items, (*path, item))
        elif item.has_value or item.kind == REPEAT:
            yield item, path


def _columns(item: Item, path: tuple[Item, ...]) -> Iterator[Column]:
    yield Column(item, None, path)
    if item.kind == SELECT_MULTIPLE:
        for choice in choices_once(item):
            yield Column(item, choice, path)


def labels_of(form: Form, item: Item, language: str) -> dict[str, str]:
    """Choice → what people read, for a question with choices."""
    return {one.name: text_in(form, one.labels, language) or one.name for one in choices_once(item)} if item.kind in SELECTS else {}
