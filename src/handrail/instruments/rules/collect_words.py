"""What stands around the questions for people without an account, in their own language (`data/collect.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "collect.toml"


@dataclass(frozen=True)
class Around:
    """The words of a page in one language."""

    code: str
    name: str
    is_draft: bool
    texts: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]


def words_around(*wanted: str) -> Around:
    """The words in the first of the wanted languages that has any; English where none has."""
    known = _around()
    for code in wanted:
        if found := known.get(code) or known.get(code.split("-")[0]):
            return found
    return known["en"]


@lru_cache
def _around() -> dict[str, Around]:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: Around(code, one["name"], one["status"] != "read", one["texts"]) for code, one in content.items()}
