"""The words of an expression: only what is let through, with every bracket closed and every function given its parts."""

from __future__ import annotations

import re

from handrail.instruments.rules.functions import FUNCTIONS
from handrail.instruments.rules.patterns import BadPattern, compile_pattern

MOST_TOKENS = 1_000
DEEPEST = 40

NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<reference>\$\{{\s*(?P<name>{NAME})\s*\}})|(?P<text>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    rf"""|(?P<relative>(?:current\(\)/)?(?:\.\./)+(?:{NAME}/)*(?P<tail>{NAME})(?!\s*\())|(?P<inner>(?:{NAME}/)+(?P<end>{NAME}))|/(?P<step>{NAME})|(?P<parents>\.\.(?:/\.\.)*(?![\w/]))"""
    rf"""|(?P<word>jr:choice-name|{NAME})|(?P<self>\.(?![\w.]))|(?P<mark><=|>=|!=|[=<>+\-*(),\[\]]))"""
)
_WORDS = {"and", "or", "div", "mod"}
_OPERANDS = {"reference", "text", "number", "self", "close", "column", "parents", "step"}
_OF_REPEATS = {"count", "count-non-empty", "position", "indexed-repeat"}

Token = tuple[str, str]


class BadExpression(ValueError):
    """An expression that cannot be used: `code` says why, `found` is the place or word it is about."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code = code
        self.found = found


def tokens_of(text: str, columns: bool = False) -> list[Token]:
    """The words of an expression, each of a kind that is let through."""
    found: list[Token] = []
    at, end, inside = 0, len(text.rstrip()), 0  # inside so many [ ]
    if not end:
        raise BadExpression("empty")
    while at < end:
        match = _TOKEN.match(text, at)
        if not match or (match["step"] and not (found and found[-1] == ("close", "]"))):
            rest = text[at:].strip()
            raise BadExpression("path" if rest[:1] in "/@[]:|" or rest[:2] in {"..", "./"} else "sign", rest[:20])
        at = match.end()
        kind = str(match.lastgroup)
        if match["inner"] and not inside:
            raise BadExpression("word", match["inner"].partition("/")[0])
        if match["reference"] or match["relative"] or match["inner"]:
            found.append(("reference", match["name"] or match["tail"] or match["end"]))
        elif match["step"]:
            found.append(("step", match["step"]))
        elif kind == "word":
            word = _word(match["word"], found, text[at:], columns or inside > 0)
            found.append(("reference" if word == "column" and inside else word, match["word"]))
        elif kind == "mark" and match["mark"] in "[]":
            inside += 1 if match["mark"] == "[" else -1
            found.append(_bracket(match["mark"], found, inside))
        elif kind == "mark":
            found.append((_mark(match["mark"], found), match["mark"]))
        else:
            found.append((kind, match[kind]))
        if len(found) > MOST_TOKENS:
            raise BadExpression("too_long")
    _check_calls(found)
    return found


def _word(word: str, before: list[Token], rest: str, columns: bool) -> str:
    if word in _WORDS and before and before[-1][0] in _OPERANDS:
        return "operator"
    if rest.lstrip().startswith("("):
        if word not in FUNCTIONS:
            raise BadExpression("function", word)
        return "function"
    if not columns or rest.startswith(":"):
        raise BadExpression("word", word)
    return "column"


def _mark(mark: str, before: list[Token]) -> str:
    if mark in "()":
        return "open" if mark == "(" else "close"
    if mark == ",":
        return "comma"
    if mark != "-" and (not before or before[-1][0] not in _OPERANDS):
        raise BadExpression("sign", mark)  # a bare * would be a path, and = at the beginning nothing at all
    return "operator"


def _bracket(mark: str, before: list[Token], inside: int) -> Token:
    """[ after a repeat opens a condition for each time round it, in which words are its questions."""
    if inside not in {0, 1} or (mark == "[" and (not before or before[-1][0] != "reference")):
        raise BadExpression("path", mark)
    return ("open", "[") if mark == "[" else ("close", "]")


def _check_calls(tokens: list[Token]) -> None:
    """Brackets close, and every function has as many parts as it takes."""
    stack: list[tuple[str, int, int]] = []  # function or "", commas, index of its bracket
    for index, (kind, word) in enumerate(tokens):
        if word in "[]" and kind in {"open", "close"}:
            stack = _bracketed(stack, word, index)
        elif kind == "open":
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
            if name == "[":
                raise BadExpression("brackets")
            if name:
                _check_call(name, count, tokens[start + 1 : index])
            elif count == 0:
                raise BadExpression("brackets")
        elif kind == "parents" and (not stack or stack[-1][0] != "position"):
            raise BadExpression("path", word)
    if stack:
        raise BadExpression("brackets")


def _bracketed(stack: list[tuple[str, int, int]], word: str, index: int) -> list[tuple[str, int, int]]:
    if word == "[":
        return [*stack, ("[", 0, index)]
    if not stack or stack[-1][0] != "[" or stack[-1][1] or stack[-1][2] == index - 1:
        raise BadExpression("brackets")
    return stack[:-1]


def _check_call(name: str, count: int, parts: list[Token]) -> None:
    fewest, most = FUNCTIONS[name]
    if not fewest <= count <= most or (name == "indexed-repeat" and count % 2 == 0):
        raise BadExpression("arguments", name)
    if name in _OF_REPEATS and parts[0][0] not in {"reference", "parents"}:
        raise BadExpression("arguments", name)
    if name == "regex":  # the pattern is a text in quotation marks, so that it can be judged when publishing
        if len(parts) < 2 or parts[-1][0] != "text" or parts[-2][0] != "comma":
            raise BadExpression("pattern_text")
        try:
            compile_pattern(parts[-1][1][1:-1])
        except BadPattern as bad:
            raise BadExpression(f"pattern_{bad}") from None


def parts_of(tokens: list[Token]) -> list[list[Token]]:
    """The parts of a function, between the commas that are its own."""
    found: list[list[Token]] = [[]]
    depth = 0
    for kind, word in tokens:
        depth += (kind == "open") - (kind == "close")
        if kind == "comma" and not depth:
            found.append([])
        else:
            found[-1].append((kind, word))
    return found
