"""Expressions of XLSForms (relevant, constraint, required): XPath 1.0 without paths, checked when published, evaluated on the server.

Only questions in ${…}, the answer itself (.), texts, numbers, operators and the functions below are let through to XPath, and the
document that it sees is one empty element: there is nothing else that an expression could read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from lxml import etree

from handrail.instruments.rules.patterns import BadPattern, compile_pattern, matches

LONGEST = 2_000
MOST_TOKENS = 400
DEEPEST = 20

# Function → fewest and most arguments. Those without an implementation below are XPath's own.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "selected": (2, 2), "count-selected": (1, 1), "if": (3, 3), "coalesce": (2, 2), "regex": (2, 2), "int": (1, 1), "pow": (2, 2),
    "today": (0, 0), "date": (1, 1), "string-length": (1, 1), "not": (1, 1), "true": (0, 0), "false": (0, 0), "number": (1, 1),
    "string": (1, 1), "boolean": (1, 1), "round": (1, 1), "contains": (2, 2), "starts-with": (2, 2), "normalize-space": (1, 1),
}  # fmt: skip
_TOKEN = re.compile(
    r"""\s*(?:(?P<reference>\$\{\s*(?P<name>[^\W\d][\w.-]*)\s*\})|(?P<text>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    r"""|(?P<word>[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z])|(?P<self>\.(?![\w.]))|(?P<mark><=|>=|!=|[=<>+\-*(),]))"""
)
_OPERATORS = {"and", "or", "div", "mod"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPERANDS = {"reference", "text", "number", "self", "close"}


class BadExpression(ValueError):
    """An expression that cannot be used: `code` says why, `found` is the place or word it is about."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code = code
        self.found = found


@dataclass(frozen=True)
class Expression:
    """A checked expression, the questions it refers to and whether it looks at the answer itself."""

    references: tuple[str, ...]
    uses_answer: bool
    xpath: Any

    def is_true(self, values: Mapping[str, str], *, answer: str = "", today: date | None = None) -> bool:
        """Whether the expression holds for these answers; questions without an answer count as empty texts."""
        variables: dict[str, Any] = {f"v{i}": _clean(values.get(name, "")) for i, name in enumerate(self.references)}
        variables["answer"] = _clean(answer)
        variables["today"] = float(today.toordinal()) if today else math.nan
        try:
            return bool(self.xpath(etree.Element("nothing"), **variables))
        except etree.XPathError:  # the check when publishing leaves nothing that could raise; if it did, fail closed
            return False


@lru_cache(maxsize=5_000)
def compile_expression(text: str) -> Expression:
    """The expression, checked and ready. Raises BadExpression for whatever could not be evaluated."""
    if len(text) > LONGEST:
        raise BadExpression("too_long")
    kinds = _tokens(text)
    references: list[str] = []
    parts: list[str] = []
    with_dates = any(kind == "function" and word in {"today", "date"} for kind, word in kinds)
    skip_brackets = 0
    for index, (kind, word) in enumerate(kinds):
        if skip_brackets:
            skip_brackets -= 1
        elif kind == "reference":
            if word not in references:
                references.append(word)
            parts.append(f"$v{references.index(word)}")
        elif kind == "self":
            parts.append("$answer")
        elif kind == "function" and word == "today":
            parts.append("$today")
            skip_brackets = 2
        elif kind == "text" and with_dates and _DATE.fullmatch(word[1:-1]) and kinds[max(index - 2, 0)] != ("function", "date"):
            parts.append(_day_text(word[1:-1]))  # XPath compares dates as texts; we compare days
        else:
            parts.append(word)
    try:
        xpath = etree.XPath(f"boolean({' '.join(parts)})", extensions=_EXTENSIONS, smart_strings=False)
        xpath(etree.Element("nothing"), answer="", today=0.0, **{f"v{i}": "" for i in range(len(references))})
    except (etree.XPathError, ValueError):
        raise BadExpression("syntax") from None
    return Expression(tuple(references), any(kind == "self" for kind, _word in kinds), xpath)


def _tokens(text: str) -> list[tuple[str, str]]:
    """The words of an expression, each of a kind that is let through."""
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    if not end:
        raise BadExpression("empty")
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            raise BadExpression(
                "path" if text[at:].lstrip()[:1] in "/@[]:|" or text[at:].lstrip()[:2] == ".." else "sign", text[at:].strip()[:20]
            )
        at = match.end()
        kind = str(match.lastgroup)
        if match["reference"]:
            found.append(("reference", match["name"]))
        elif kind == "word":
            found.append((_word(match["word"], found, text[at:]), match["word"]))
        elif kind == "mark":
            found.append((_mark(match["mark"], found), match["mark"]))
        else:
            found.append((kind, match[kind]))
        if len(found) > MOST_TOKENS:
            raise BadExpression("too_long")
    _check_calls(found)
    return found


def _word(word: str, before: list[tuple[str, str]], rest: str) -> str:
    if rest.lstrip().startswith("("):
        if word not in FUNCTIONS:
            raise BadExpression("function", word)
        return "function"
    if word not in _OPERATORS or not before or before[-1][0] not in _OPERANDS:
        raise BadExpression("word", word)
    return "operator"


def _mark(mark: str, before: list[tuple[str, str]]) -> str:
    if mark in "()":
        return "open" if mark == "(" else "close"
    if mark == ",":
        return "comma"
    if mark != "-" and (not before or before[-1][0] not in _OPERANDS):
        raise BadExpression("sign", mark)  # a bare * would be a path, and = at the beginning nothing at all
    return "operator"


def _check_calls(tokens: list[tuple[str, str]]) -> None:
    """Brackets close, and every function has as many arguments as it takes."""
    stack: list[tuple[str, int, int]] = []  # function or "", commas, index of its bracket
    for index, (kind, word) in enumerate(tokens):
        if kind == "open":
            is_call = index > 0 and tokens[index - 1][0] == "function"
            stack.append((tokens[index - 1][1] if is_call else "", 0, index))
            if len(stack) > DEEPEST:
                raise BadExpression("too_long")
        elif kind == "comma":
            if not stack or not stack[-1][0]:
                raise BadExpression("sign", word)
            name, commas, start = stack.pop()
            stack.append((name, commas + 1, start))
        elif kind == "close":
            if not stack:
                raise BadExpression("brackets")
            name, commas, start = stack.pop()
            count = 0 if index == start + 1 else commas + 1
            if name:
                fewest, most = FUNCTIONS[name]
                if not fewest <= count <= most:
                    raise BadExpression("arguments", name)
                if name == "regex":
                    _check_pattern(tokens[start + 1 : index])
            elif count == 0:
                raise BadExpression("brackets")
    if stack:
        raise BadExpression("brackets")


def _check_pattern(arguments: list[tuple[str, str]]) -> None:
    """The pattern is a text in quotation marks, so that it can be judged when publishing."""
    if len(arguments) < 2 or arguments[-1][0] != "text" or arguments[-2][0] != "comma":
        raise BadExpression("pattern_text")
    try:
        compile_pattern(arguments[-1][1][1:-1])
    except BadPattern as bad:
        raise BadExpression(f"pattern_{bad}") from None


# The functions that XPath 1.0 lacks. They get texts, numbers and booleans only, as there are no nodes.


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    return str(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _int(_context: Any, value: Any) -> float:
    number = _number(value)
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _pow(_context: Any, base: Any, exponent: Any) -> float:
    try:
        result = _number(base) ** _number(exponent)
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return result if isinstance(result, float) else math.nan  # a root of a negative number


def _day(_context: Any, value: Any) -> float:
    if isinstance(value, float):
        return value
    try:
        return float(date.fromisoformat(_text(value)[:10]).toordinal())
    except ValueError:
        return math.nan


def _day_text(text: str) -> str:
    day = _day(None, text)
    if math.isnan(day):
        raise BadExpression("date", text)
    return str(int(day))


_EXTENSIONS: dict[tuple[None, str], Any] = {
    (None, "selected"): lambda _context, answers, name: _text(name) in _text(answers).split(),
    (None, "count-selected"): lambda _context, answers: float(len(_text(answers).split())),
    (None, "if"): lambda _context, condition, yes, no: yes if condition and condition == condition else no,
    (None, "coalesce"): lambda _context, first, second: first if _text(first) else second,
    (None, "regex"): lambda _context, text, pattern: matches(_text(text), _text(pattern)),
    (None, "int"): _int,
    (None, "pow"): _pow,
    (None, "date"): _day,
}


def _clean(text: str) -> str:
    """What XML cannot hold is no part of an answer."""
    return _NOT_XML.sub("", text)
