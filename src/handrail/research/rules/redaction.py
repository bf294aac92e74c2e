"""What names somebody, found by plain rules, and what was changed, side by side. A person decides; a second one agrees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

NAME, PLACE, DATE, PHONE, MAIL, NUMBER, OTHER = "name", "place", "date", "phone", "e-mail", "number", "something"
KINDS = (NAME, PLACE, DATE, PHONE, MAIL, NUMBER, OTHER)
MOST_WORDS = 40
# The first that fits wins: an address before a number in it, a date before a phone number.
_RULES = (
    (MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (MAIL, re.compile(r"\bhttps?://\S+|\bwww\.\S+")),
    (NUMBER, re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)")),  # Nordic personal numbers
    (DATE, re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")),
    (PHONE, re.compile(r"(?<![\w+])(?:\+|00)\d[\d ()/.-]{6,18}\d|(?<!\d)0\d{1,4}[ /-]?\d{2,4}(?:[ -]?\d{2,4}){1,3}(?!\d)")),
    (NUMBER, re.compile(r"(?<!\d)\d{5,}(?!\d)")),
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_PIECE = re.compile(r"\s+|[^\s\w]|\w+|.")


@dataclass(frozen=True)
class Suggestion:
    """These characters say who somebody is; `kind` stands in their place in brackets."""

    start: int
    end: int
    kind: str

    @property
    def replacement(self) -> str:
        """[name]"""
        return f"[{self.kind}]"


def suggest(body: str, marked: Mapping[str, str] | None = None) -> list[Suggestion]:
    """Addresses, dates, phone numbers and long numbers, and every word that the reader marked (word -> kind), from the beginning on, none inside another."""
    found = [Suggestion(hit.start(), hit.end(), kind) for word, kind in (marked or {}).items() for hit in _whole(word).finditer(body)]
    found += [Suggestion(hit.start(), hit.end(), kind) for kind, rule in _RULES for hit in rule.finditer(body)]
    kept: list[Suggestion] = []
    for one in found:  # earlier rules win
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def redact(body: str, suggestions: Iterable[Suggestion]) -> str:
    """The text with a sign in brackets where each suggestion stood."""
    out, at = list[str](), 0
    for one in sorted(suggestions, key=lambda one: one.start):
        out += [body[at : one.start], one.replacement]
        at = one.end
    return "".join([*out, body[at:]])


def capitals(body: str) -> list[tuple[str, int]]:
    """Words with a capital letter inside a sentence, which may be names or places, with how often; languages without capitals have none."""
    counts: Counter[str] = Counter()
    for hit in _WORD.finditer(body):
        word = hit.group()
        if len(word) < 2 or not word[0].isupper():
            continue
        before = body[: hit.start()].rstrip(" \"'«“„([")
        if before and before[-1] not in ".!?…:\n" and body[hit.start() - 1] != "[":
            counts[word] += 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]


@dataclass(frozen=True)
class Part:
    """A stretch of one side: the same on both, taken out, or put in."""

    kind: str  # same | out | in
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph before and after."""

    before: tuple[Part, ...]
    after: tuple[Part, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return any(part.kind != "same" for part in (*self.before, *self.after))


def differences(before: str, after: str) -> list[Row]:
    """Both texts beside each other, line by line, with what differs marked word by word."""
    old, new = before.split("\n"), after.split("\n")
    rows: list[Row] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row((Part("same", line),), (Part("same", line),)) for line in old[a0:a1]]
            continue
        for index in range(max(a1 - a0, b1 - b0)):
            rows.append(_row(old[a0 + index] if a0 + index < a1 else "", new[b0 + index] if b0 + index < b1 else ""))
    return rows


def moved(before: str, after: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """Where passages of a text stand after it was changed; None where nothing is left of one."""
    starts, ends = list(range(len(before) + 1)), list(range(len(before) + 1))
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        for place in range(a0, a1 + 1):
            inside = tag == "equal"
            starts[place] = b0 + place - a0 if inside else (b0 if place < a1 else b1)
            if place > a0:
                ends[place] = b0 + place - a0 if inside else b1
        if a0 == 0 and not inside:
            ends[0] = b0
    return [(starts[start], ends[end]) if starts[start] < ends[end] else None for start, end in places]


def _row(before: str, after: str) -> Row:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    left, right = list[Part](), list[Part]()
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(Part("same", "".join(old[a0:a1])))
            right.append(Part("same", "".join(new[b0:b1])))
            continue
        if a1 > a0:
            left.append(Part("out", "".join(old[a0:a1])))
        if b1 > b0:
            right.append(Part("in", "".join(new[b0:b1])))
    return Row(tuple(left), tuple(right))


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
