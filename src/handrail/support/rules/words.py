"""Which words of a question tell what it is about, and how well a piece of guidance fits them."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
SHORTEST = 4  # letters: shorter words stand in every sentence
MOST = 12


def telling_words(text: str) -> list[str]:
    """The longer words of a text in small letters, each once, at most twelve."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text) if len(word) >= SHORTEST))[:MOST]


def score(words: list[str], title: str, text: str, tags: list[str]) -> int:
    """How well guidance fits: each word found counts, in the title or tags three times. A word is found by its first letters, so that endings do not matter."""
    head, body = f"{title} {' '.join(tags)}".lower(), text.lower()
    stems = [word[: max(SHORTEST, len(word) - 2)] for word in words]
    return sum(3 if stem in head else 1 if stem in body else 0 for stem in stems)
