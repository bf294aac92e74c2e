"""The lifeline's texts: data by language, each draft or read by a native speaker; never the catalogue of the interface."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FALLBACK = "en"


@dataclass(frozen=True)
class Language:
    """One language of the lifeline: how it calls itself, which way it is written, and whether a native speaker has read its texts."""

    code: str  # BCP 47
    name: str
    english: str
    dir: str
    status: str  # "draft" or "read"
    read_by: str
    read_on: str
    texts: dict[str, str]

    @property
    def is_draft(self) -> bool:
        """No native speaker has read it."""
        return self.status != "read"

    @property
    def is_rtl(self) -> bool:
        """Written from right to left."""
        return self.dir == "rtl"


def languages() -> dict[str, Language]:
    """Every language of `data/lifeline.toml` by its code, in the order of the file."""
    return read_languages(Path(__file__).parents[1] / "data" / "lifeline.toml")


@lru_cache
def read_languages(path: Path) -> dict[str, Language]:
    """Every language of a file like `data/lifeline.toml`: the texts of a page by link, each draft or read."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        code: Language(
            code, one["name"], one["english"], one.get("dir", "ltr"), one["status"], one.get("by", ""), str(one.get("on", "")), dict(one["texts"]),
        )
        for code, one in content.items()
    }  # fmt: skip


def language(code: str) -> Language:
    """One language; English where there is no such."""
    return languages().get(code) or languages()[FALLBACK]


def text(code: str, key: str, **known: str) -> str:
    """One text in a language, with names and times put in.

    Raises KeyError for a key that the file does not have: a page half in another language is a defect.
    """
    return put(language(code), key, **known)


def put(found: Language, key: str, **known: str) -> str:
    """One text of a language, with names and times put in. Raises KeyError for a key that it does not have."""
    # A name of the other direction is set apart, so that it turns nothing around it.
    return found.texts[key].format(**{name: f"\u2068{value}\u2069" if found.is_rtl else value for name, value in known.items()})
