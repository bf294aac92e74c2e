"""What practices are sorted by: fields of work, countries, languages, licences (data/lists.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handrail.kit.text import language_name, locale, told
from handrail.library.rules.template import DATA


@dataclass(frozen=True)
class Licence:
    """What readers may do with a card."""

    code: str
    names: tuple[str, ...]
    url: str
    sentences: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return told(self.names)

    @property
    def says(self) -> str:
        """What it allows, in a sentence."""
        return told(self.sentences)


@lru_cache
def _content() -> dict[str, Any]:
    return tomllib.loads((DATA / "lists.toml").read_text())


def work_fields() -> dict[str, str]:
    """The fields of work by code, in the reader's language, in the order of the data."""
    return {code: told(words) for code, words in _content()["fields"].items()}


def country_codes() -> tuple[str, ...]:
    """The countries that practices come from."""
    return tuple(_content()["countries"])


def country_name(code: str) -> str:
    """A country in the reader's language; its code where nobody has a word for it."""
    return str(locale().territories.get(code, code))


def text_languages() -> dict[str, str]:
    """The languages that cards are written in, by code, in the reader's own."""
    return {code: language_name(code) for code in _content()["languages"]}


@lru_cache
def licences() -> dict[str, Licence]:
    """The licences a card may have, by code."""
    return {code: Licence(code, tuple(one["name"]), one["url"], tuple(one["says"])) for code, one in _content()["licences"].items()}


def licence(code: str) -> Licence:
    """One of them; the first where the code is no longer known."""
    return licences().get(code) or next(iter(licences().values()))
