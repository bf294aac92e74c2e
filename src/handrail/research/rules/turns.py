"""Who speaks when: paragraphs of a transcript with their speakers. Positions count characters (code points), the end is exclusive."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
OFTEN = 3  # an unknown word before a colon is a speaker when it begins so many lines
_LABEL = re.compile(r"^[\s\u200e\u200f]*([^\s:：\[\](){}0-9][^:：\n]{0,30}?)\s*[:：]\s*(?=\S)")
_NUMBERED = re.compile(r"^(P\d{1,2})\s*[:：]\s*(?=\S)")
_INVISIBLE = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


@dataclass(frozen=True)
class Turn:
    """One paragraph: who says it ("" where that is not marked), from and to which character."""

    who: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """As it is stored beside its text."""
        return {"who": self.who, "start": self.start, "end": self.end}


def clean(text: str) -> str:
    """A text as it is kept: one kind of line end, no invisible characters, no empty lines in a row, composed letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\u00a0", " ").replace("\t", " ")
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    lines = [re.sub(r" +", " ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def read_turns(text: str) -> tuple[str, list[Turn]]:
    """The text with speakers written as I, R and T (or P1, P2 where a name stood), and its paragraphs.

    A speaker is a known letter or word before a colon, or any word that begins at least three lines so. A paragraph without one goes on with whoever spoke.
    """
    lines = clean(text).split("\n")
    counts = Counter(found.group(1).casefold() for line in lines if (found := _LABEL.match(line)))
    unknown: dict[str, str] = {}
    taken = {found.group(1) for line in lines if (found := _NUMBERED.match(line))}
    out, turns, at, who = list[str](), list[Turn](), 0, ""
    for line in lines:
        words = line
        if numbered := _NUMBERED.match(line):
            who, words = numbered.group(1), line[numbered.end():]
        elif found := _LABEL.match(line):
            label = found.group(1).casefold()
            speaker = _known().get(label, "")
            if not speaker and counts[label] >= OFTEN:
                speaker = unknown.setdefault(label, _free(taken))
                taken.add(speaker)
            if speaker:
                who, words = speaker, line[found.end():]
        is_marked = words is not line
        kept = f"{who}: {words}" if is_marked else words
        start = at + len(kept) - len(words)
        if words:
            turns.append(Turn(who, start, start + len(words)))
        out.append(kept)
        at += len(kept) + 1
    return "\n".join(out), turns


def find_turns(body: str) -> list[Turn]:
    """The paragraphs of a text that may not change, with the speakers whose letters are known."""
    turns, who = list[Turn](), ""
    for line in re.finditer(r"[^\n]+", body):
        start = line.start()
        found = _NUMBERED.match(line.group()) or _LABEL.match(line.group())
        speaker = _known().get(found.group(1).casefold(), found.group(1) if found.re is _NUMBERED else "") if found else ""
        if found and speaker:
            who, start = speaker, start + found.end()
        if body[start : line.end()].strip():
            turns.append(Turn(who, start, line.end()))
    return turns


def turns_of(stored: list[dict[str, Any]], body: str) -> list[Turn]:
    """The stored paragraphs of a text; of a text without any, its lines."""
    if stored:
        return [Turn(str(one["who"]), int(one["start"]), int(one["end"])) for one in stored]
    return find_turns(body)


@cache
def _known() -> dict[str, str]:
    data = tomllib.loads((DATA / "speakers.toml").read_text(encoding="utf-8"))
    return {word.casefold(): speaker for speaker, words in data.items() for word in words}


def _free(taken: set[str]) -> str:
    return next(name for number in range(1, 100) if (name := f"P{number}") not in taken)
