"""What to do in common situations: short lists that are data, in the reader's language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.kit.text import plain_language

LANGUAGES = ("en", "sv", "da")


@dataclass(frozen=True)
class Playbook:
    """One situation: what to do in order, and whom to ring."""

    code: str
    title: str
    lead: str
    steps: tuple[str, ...]
    ring: tuple[str, ...]


@lru_cache
def _content() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parents[1] / "data" / "playbooks.toml").read_text())


def playbooks() -> list[Playbook]:
    """All of them in the order of `data/playbooks.toml`, in the reader's language, else in English."""
    language = plain_language() if plain_language() in LANGUAGES else "en"
    return [_read(code, one[language]) for code, one in _content().items()]


def playbook(code: str) -> Playbook | None:
    """One of them."""
    return next((one for one in playbooks() if one.code == code), None)


def _read(code: str, words: dict[str, Any]) -> Playbook:
    return Playbook(code, words["title"], words["lead"], tuple(words["steps"]), tuple(words["ring"]))
