"""Short lists that are data: what a company prepares, what work may ask."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from handrail.kit.text import plain_language


@lru_cache
def _words(name: str, table: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = tomllib.loads((Path(__file__).parents[1] / "data" / f"{name}.toml").read_text())[table]
    return content


def _in_words(name: str, table: str) -> list[tuple[str, str]]:
    place = {"en": 0, "sv": 1, "da": 2}.get(plain_language(), 0)
    return [(code, words[place]) for code, words in _words(name, table).items()]


def preparation_items() -> list[tuple[str, str]]:
    """What a company does before somebody starts, in the reader's language (`data/preparation.toml`)."""
    return _in_words("preparation", "items")


def demand_items() -> list[tuple[str, str]]:
    """What work may ask of somebody, in the reader's language (`data/demands.toml`)."""
    return _in_words("demands", "demands")
