"""Guidance is read by every company, so it names nobody: which words might be names, and what looks like somebody's number or address."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_END = re.compile(r"[.!?:;\n]+")
NO_NAMES = frozenset(  # what English writes with a capital inside a sentence
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December "
    "Danish Swedish English Denmark Sweden Danmark Sverige Arabic Easter Christmas".split()
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"(?<![\w])(?:\+\d{2,3}[ -]?)?\d{2}(?:[ -]?\d{2}){3}(?!\d)|\b\d{6}[- ]?\d{4}\b")


def candidate_names(text: str) -> set[str]:
    """The words of a text that begin with a capital letter: only these are looked up among the names of people."""
    return {word for word in _WORD.findall(text) if word[0].isupper() and len(word) > 1}


def capitals_inside(text: str) -> set[str]:
    """The words with a capital letter that stand inside a sentence: in the languages here such a word is nearly always a name of something.

    Abbreviations (AMU) and what begins a sentence are no sign. It asks no list of people, so it tells nobody who takes part.
    """
    found = set()
    for sentence in _END.split(text):
        for word in _WORD.findall(sentence)[1:]:
            if word[0].isupper() and len(word) > 1 and not word.isupper() and word not in NO_NAMES:
                found.add(word)
    return found


def contact_details(text: str) -> list[str]:
    """What looks like a telephone number, a personal number or an e-mail address. Dates and hours do not."""
    return _EMAIL.findall(text) + _NUMBER.findall(text)
