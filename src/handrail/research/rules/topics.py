"""Interview guides as plain data: what is left of what was typed, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Topic = Mapping[str, Any]


def filled_topics(topics: Sequence[Topic]) -> list[dict[str, Any]]:
    """A guide without what was left empty: texts in languages, questions, topics."""
    found = []
    for topic in topics:
        title = _said(topic.get("title", {}))
        questions = [said for said in map(_said, topic.get("questions", ())) if said]
        if title or questions:
            found.append({"title": title, "questions": questions})
    return found


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: " ".join(text.split()) for language, text in texts.items() if text.strip()}


@dataclass(frozen=True)
class Change:
    """One line of a comparison: what it is (title or question), what became of it (same, new, gone, changed), in the languages that it has."""

    kind: str
    what: str
    before: Mapping[str, str]
    now: Mapping[str, str]


def changes(before: Sequence[Topic], now: Sequence[Topic]) -> list[Change]:
    """What differs between two versions of a guide, line by line and in the order of the newer one; a line counts as changed when it took another's place."""
    old, new = _lines(before), _lines(now)
    found: list[Change] = []
    keys = [[(kind, tuple(sorted(texts.items()))) for kind, texts in lines] for lines in (old, new)]
    for tag, a, b, c, d in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change(kind, "same", texts, texts) for kind, texts in new[c:d]]
            continue
        pairs = min(b - a, d - c) if all(x[0] == y[0] for x, y in zip(old[a:b], new[c:d], strict=False)) else 0
        found += [Change(new[c + i][0], "changed", old[a + i][1], new[c + i][1]) for i in range(pairs)]
        found += [Change(kind, "gone", texts, {}) for kind, texts in old[a + pairs : b]]
        found += [Change(kind, "new", {}, texts) for kind, texts in new[c + pairs : d]]
    return found


def _lines(topics: Sequence[Topic]) -> list[tuple[str, Mapping[str, str]]]:
    return [line for topic in topics for line in [("title", topic["title"]), *(("question", one) for one in topic["questions"])]]
