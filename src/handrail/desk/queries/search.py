"""One box for a person, a session or a figure: each found only among what the searcher may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.kit import slots
from handrail.people.models import Person
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class Hit:
    """Something found: what kind, what it is called, one line about it, where it opens."""

    kind: Any
    title: str
    line: str
    url: str


def hits(person: Person, programme: Programme | None, words: str) -> list[Hit]:
    """What the apps find for these words, at most a handful each (slot "search": dicts with kind, title, line, url)."""
    wanted = " ".join(words.split())[:80]
    if len(wanted) < 2:
        return []
    return [Hit(**found) for found in slots.gathered("search", person, programme, wanted)]
