"""Passages of a text: paragraphs cut where marks begin and end, sentences to choose from, and what a passage says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.research.rules.turns import Turn

TONES = 8
_SENTENCE = re.compile(r"[^.!?…؟。]+(?:[.!?…؟。]+[\"'»”)\]]*|$)\s*")


@dataclass(frozen=True)
class Mark:
    """A code on some characters; `row` is whatever it stands for."""

    start: int
    end: int
    row: Any = None


@dataclass(frozen=True)
class Piece:
    """Some characters under the same marks; `ends` are the marks whose last character is in it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A turn in pieces."""

    number: int
    who: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


def paragraphs(body: str, turns: Sequence[Turn], marks: Iterable[Mark]) -> list[Paragraph]:
    """The text's turns, each cut where a mark begins or ends, so that marks may lie over each other in any way."""
    rows = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    return [
        Paragraph(number, turn.who, turn.start, turn.end, _pieces(body, turn, [m for m in rows if m.start < turn.end and turn.start < m.end]))
        for number, turn in enumerate(turns, 1)
    ]


def _pieces(body: str, turn: Turn, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    edges = {turn.start, turn.end}
    for mark in marks:
        edges |= {edge for edge in (mark.start, mark.end) if turn.start < edge < turn.end}
    cuts = sorted(edges)
    return tuple(
        Piece(
            start, body[start:end], tuple(m for m in marks if m.start < end and start < m.end),
            tuple(m for m in marks if start < m.end <= end),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    )  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A sentence to choose from where nothing can be selected: number of its paragraph, of itself in it, from where to where."""

    paragraph: int
    number: int
    start: int
    end: int

    @property
    def key(self) -> str:
        """3.2"""
        return f"{self.paragraph}.{self.number}"


def sentences(body: str, turns: Sequence[Turn]) -> list[Sentence]:
    """Every sentence of every turn, without the space around it."""
    found: list[Sentence] = []
    for paragraph, turn in enumerate(turns, 1):
        number = 0
        for hit in _SENTENCE.finditer(body[turn.start : turn.end]):
            start, end = trimmed(body, turn.start + hit.start(), turn.start + hit.end())
            if start < end:
                number += 1
                found.append(Sentence(paragraph, number, start, end))
    return found


def numbered(body: str, turns: Sequence[Turn]) -> dict[str, tuple[int, int]]:
    """Where each paragraph (12) and each sentence (12.3) stands, for whoever marks by number."""
    found = {str(number): (turn.start, turn.end) for number, turn in enumerate(turns, 1)}
    return found | {one.key: (one.start, one.end) for one in sentences(body, turns)}


def trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """A passage without the space at its ends, inside the text."""
    start, end = max(0, start), min(len(body), end)
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return start, end


def touched(turns: Sequence[Turn], start: int, end: int) -> set[int]:
    """The places in the list of the turns that a passage lies in."""
    return {index for index, turn in enumerate(turns) if turn.start < end and start < turn.end}


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two passages share a character."""
    return one[0] < other[1] and other[0] < one[1]


def aligned(turns: Sequence[Turn], others: Sequence[Turn], start: int, end: int) -> tuple[int, int] | None:
    """Where in another text (a translation with the same turns) the turns of a passage stand; None where the two do not run side by side."""
    places = touched(turns, start, end)
    if not places or len(turns) != len(others):
        return None
    return others[min(places)].start, others[max(places)].end


def tone(colour: str) -> int:
    """Which of our eight tones is nearest to a colour of another tool (#RRGGBB): by hue; grey and none are the first."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return 1
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    high, low = max(red, green, blue), min(red, green, blue)
    if high - low < 0.08:
        return 1
    if high == red:
        hue = (green - blue) / (high - low) % 6
    elif high == green:
        hue = (blue - red) / (high - low) + 2
    else:
        hue = (red - green) / (high - low) + 4
    return 2 + int(hue / 6 * (TONES - 1)) % (TONES - 1)
