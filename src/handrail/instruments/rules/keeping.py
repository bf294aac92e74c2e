"""Which forms a phone can hold as a page that works without a line, and their conditions in a shape that its small script evaluates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.texts import text_for
from handrail.instruments.rules.tokens import BadExpression, Token, tokens_of

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item

KINDS = {"text", "integer", "decimal", "date", "time", "datetime", "select_one", "select_multiple", "acknowledge", "note", "group"}
FUNCTIONS = {"selected", "not", "count-selected", "string-length", "true", "false", "number", "string", "regex", "if", "coalesce"}
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))  # the loosest first


class TooMuch(Exception):
    """The form asks for something that the page's script does not know; it is filled in with a line, or with a collecting app."""


@dataclass(frozen=True)
class Kept:
    """One thing on the page."""

    item: Item
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    relevant: list[Any]  # all of these hold
    required: Any
    constraint: Any
    message: str


def kept_items(form: Form, language: str) -> list[Kept]:
    """Everything on the page in its order. Raises TooMuch."""
    return list(_kept(form, form.items, language, []))


def can_be_kept(form: Form) -> bool:
    """Whether a phone can hold the form; found out once, since a form never changes."""
    found = vars(form).get("_can_be_kept")
    if found is None:
        try:
            found = bool(kept_items(form, form.default_language))
        except TooMuch:
            found = False
        vars(form)["_can_be_kept"] = found
    return bool(found)


def tree_of(text: str) -> Any:
    """A condition as lists: ["and", ["=", ["ref", "a"], "x"], …]. Raises TooMuch."""
    try:
        return _Tree(tokens_of(text)).whole()
    except BadExpression:
        raise TooMuch from None


def _kept(form: Form, items: tuple[Item, ...], language: str, around: list[Any]) -> Iterator[Kept]:
    for item in items:
        if item.kind not in KINDS or item.choice_filter or item.calculation or item.readonly or "${" in str((item.labels, item.hints, item.default)):
            raise TooMuch
        relevant = [*around, tree_of(item.relevant)] if item.relevant else around
        choices = tuple((one.name, text_for(form, one.labels, language) or one.name) for one in item.choices)
        yield Kept(
            item, text_for(form, item.labels, language), text_for(form, item.hints, language), choices, relevant,
            tree_of(item.required) if item.required else False, tree_of(item.constraint) if item.constraint else True,
            text_for(form, item.constraint_messages, language),
        )  # fmt: skip
        yield from _kept(form, item.items, language, relevant)


class _Tree:
    """The words of a condition, put together by how strongly they bind."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at = tokens, 0

    def whole(self) -> Any:
        found = self.level(0)
        if self.at < len(self.tokens):
            raise TooMuch
        return found

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self) -> Token:
        found = self.peek()
        self.at += 1
        return found

    def level(self, number: int) -> Any:
        if number == len(_LEVELS):
            return self.operand()
        found = self.level(number + 1)
        while self.peek()[0] == "operator" and self.peek()[1] in _LEVELS[number]:
            found = [self.take()[1], found, self.level(number + 1)]
        return found

    def operand(self) -> Any:
        kind, word = self.take()
        simple = {"reference": ["ref", word], "text": word[1:-1], "self": ["self"]}
        if kind in simple:
            return simple[kind]
        if kind == "number":
            return float(word)
        if (kind, word) == ("operator", "-"):
            return ["-", 0.0, self.operand()]
        if (kind, word) == ("open", "("):
            found = self.level(0)
        elif kind == "function" and word in FUNCTIONS:
            self.take()
            found = [word]
            while self.peek()[0] not in ("close", ""):
                found.append(self.level(0))
                if self.peek()[0] == "comma":
                    self.take()
        else:
            raise TooMuch
        if self.take()[0] != "close":
            raise TooMuch
        return found
