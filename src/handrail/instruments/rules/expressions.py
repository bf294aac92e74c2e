"""Expressions of XLSForms (relevant, constraint, calculation, …): XPath 1.0 without paths, checked when published, evaluated on the server.

Only questions in ${…} or as ../name, the answer itself (.), texts, numbers, operators and the functions of `functions` are
understood, and all there is to see are the answers to this form: there is nothing else that an expression could read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from handrail.instruments.rules.functions import CALLS, FUNCTIONS, Context
from handrail.instruments.rules.tokens import NAME, BadExpression, Token, parts_of, tokens_of
from handrail.instruments.rules.xpath import Value, clean, compare, days_of, to_boolean, to_number, to_text

__all__ = ["FUNCTIONS", "BadExpression", "Context", "Expression", "compile_expression"]

LONGEST = 4_000
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))  # the loosest first
_OF_PLACE = {"position", "indexed-repeat"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

Evaluate = Callable[[Context], Value]


@dataclass(frozen=True)
class Expression:
    """A checked expression, the questions it refers to, and whether it looks at the answer itself or at which time round a repeat it is."""

    references: tuple[str, ...]
    uses_answer: bool
    columns: tuple[str, ...]
    is_of_place: bool
    evaluate: Evaluate

    def holds(self, context: Context) -> bool:
        """Whether it holds, given what there is to look at."""
        return to_boolean(self._value(context))

    def text(self, context: Context) -> str:
        """What it comes to, as an answer would be written; nothing where the calculation has no result."""
        value = self._value(context)
        return "" if isinstance(value, float) and not math.isfinite(value) else clean(to_text(value))

    def is_true(self, values: Mapping[str, str], *, answer: str = "", today: date | None = None) -> bool:
        """Whether the expression holds for these answers; questions without an answer count as empty texts."""
        return self.holds(Context(values, answer, today))

    def _value(self, context: Context) -> Value:
        try:
            return self.evaluate(context)
        except (ValueError, ArithmeticError, RecursionError):  # the check when publishing leaves nothing; if it did, fail closed
            return False


@lru_cache(maxsize=5_000)
def compile_expression(text: str, *, columns: bool = False) -> Expression:
    """The expression, checked and ready; `columns` lets words through that name columns of choices. Raises BadExpression."""
    if len(text) > LONGEST:
        raise BadExpression("too_long")
    tokens = tokens_of(text, columns)
    if any(kind == "function" and word in {"today", "date", "now"} for kind, word in tokens):
        for kind, word in tokens:
            if kind == "text" and _DATE.fullmatch(word[1:-1]) and math.isnan(days_of(word[1:-1])):
                raise BadExpression("date", word[1:-1])
    parser = _Parser(tokens)
    evaluate = parser.whole()
    return Expression(
        tuple(dict.fromkeys(parser.references)), any(kind == "self" for kind, _word in tokens),
        tuple(dict.fromkeys(word for kind, word in tokens if kind == "column")), any(word in _OF_PLACE for kind, word in tokens if kind == "function"), evaluate,
    )  # fmt: skip


class _Parser:
    """Turns words into something that can be evaluated: operators by how strongly they bind, chains of them as one step."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.references = tokens, 0, [word for kind, word in tokens if kind == "reference"]

    def whole(self) -> Evaluate:
        found = self.level(0)
        if self.at < len(self.tokens):
            raise BadExpression("syntax")
        return found

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self) -> Token:
        found = self.peek()
        self.at += 1
        return found

    def level(self, number: int) -> Evaluate:
        if number == len(_LEVELS):
            return self.negated()
        first = self.level(number + 1)
        rest: list[tuple[str, Evaluate]] = []
        while self.peek()[0] == "operator" and self.peek()[1] in _LEVELS[number]:
            mark = self.take()[1]
            rest.append((mark, self.level(number + 1)))
        return _chain(_LEVELS[number][0], first, rest) if rest else first

    def negated(self) -> Evaluate:
        times = 0
        while self.peek() == ("operator", "-"):
            self.take()
            times += 1
        inner = self.operand()
        return inner if not times else lambda context: to_number(inner(context)) * (-1.0) ** times

    def operand(self) -> Evaluate:
        kind, word = self.take()
        if kind == "reference":
            return self.reference(word)
        if kind == "text":
            text = word[1:-1]
            return lambda _context: text
        if kind == "number":
            number = float(word)
            return lambda _context: number
        if kind == "self":
            return lambda context: clean(context.answer)
        if kind == "column":
            return lambda context: context.columns.get(word, "")
        if kind == "function":
            return self.call(word)
        if (kind, word) != ("open", "("):
            raise BadExpression("syntax")
        inner = self.level(0)
        if self.take()[0] != "close":
            raise BadExpression("syntax")
        return inner

    def reference(self, name: str) -> Evaluate:
        """A question; or a repeat with a condition in [ ], counted or followed by one of its questions."""
        if self.peek() != ("open", "["):
            return lambda context: context.value(name)
        self.take()
        condition = self.level(0)
        if self.take() != ("close", "]"):
            raise BadExpression("syntax")
        step = self.take()[1] if self.peek()[0] == "step" else ""
        if step:
            self.references.append(step)

        def chosen(context: Context) -> Value:
            rounds = [one for one in context.rounds(name) if to_boolean(condition(one))]
            return [to_text(one.value(step)) for one in rounds] if step else [""] * len(rounds)

        return chosen

    def call(self, name: str) -> Evaluate:
        self.take()
        if name == "position":
            steps = self.take()
            self.take()
            if steps[0] == "reference":
                return lambda context: context.position(0)
            return lambda context: context.position(steps[1].count(".."))
        start, parts = self.at, []
        while self.peek()[0] != "close":
            parts.append(self.level(0))
            if self.peek()[0] == "comma":
                self.take()
            elif self.peek()[0] != "close":
                raise BadExpression("syntax")
        inside = self.tokens[start : self.at]
        self.take()
        if name in CALLS:
            function = CALLS[name]
            return lambda context: function(context, *(part(context) for part in parts))
        return self.special(name, parts, inside)

    def special(self, name: str, parts: list[Evaluate], inside: list[Token]) -> Evaluate:
        """The functions that do not look at all their parts, or at what they name."""
        if name == "if":
            condition, yes, no = parts
            return lambda context: yes(context) if to_boolean(condition(context)) else no(context)
        if name == "coalesce":
            return lambda context: next((value for part in parts if to_text(value := part(context)) not in {"", "NaN"}), "")
        if name == "once":
            return lambda context: context.answer or parts[0](context)
        if name == "indexed-repeat":
            named = [part[0][1] if len(part) == 1 and part[0][0] == "reference" else "" for part in parts_of(inside)]
            wanted, repeats, indexes = named[0], named[1::2], parts[2::2]
            if not wanted or not all(repeats):
                raise BadExpression("arguments", name)
            return lambda context: context.indexed(
                wanted, [(repeat, _index(part(context))) for repeat, part in zip(repeats, indexes, strict=True)]
            )
        match = re.fullmatch(rf"['\"]\s*\$\{{\s*({NAME})\s*\}}\s*['\"]", inside[-1][1]) or (
            re.fullmatch(rf"({NAME})", inside[-1][1]) if inside[-1][0] == "reference" else None
        )
        if not match:
            raise BadExpression("choice_name")
        question = match[1]
        self.references.append(question)
        return lambda context: context.label(question, to_text(parts[0](context)))


def _index(value: Value) -> int:
    number = to_number(value)
    return int(number) if math.isfinite(number) else 0


def _chain(level: str, first: Evaluate, rest: list[tuple[str, Evaluate]]) -> Evaluate:
    if level == "or":
        return lambda context: to_boolean(first(context)) or any(to_boolean(part(context)) for _mark, part in rest)
    if level == "and":
        return lambda context: to_boolean(first(context)) and all(to_boolean(part(context)) for _mark, part in rest)
    step = compare if level in {"=", "<"} else _arithmetic

    def result(context: Context) -> Value:
        value = first(context)
        for mark, part in rest:
            value = step(mark, value, part(context))
        return value

    return result


def _arithmetic(mark: str, left: Value, right: Value) -> Value:
    a, b = to_number(left), to_number(right)
    if mark == "+":
        return a + b
    if mark == "-":
        return a - b
    if mark == "*":
        return a * b
    if math.isnan(a) or math.isnan(b):
        return math.nan
    if mark == "div":
        return a / b if b else math.nan if not a else math.copysign(math.inf, a) * math.copysign(1.0, b)
    return math.fmod(a, b) if b and math.isfinite(a) else math.nan
