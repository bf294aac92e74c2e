"""The card's fields, how many words each may have, and what is still missing (data/template.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.kit.text import told

DATA = Path(__file__).parents[1] / "data"
TRANSLATED_FIRST = ("title", "summary")  # without these a translation helps nobody to choose
_WORD = re.compile(r"\S*\w\S*")


@dataclass(frozen=True)
class CardPart:
    """One field of the card: its limit in words, its labels in English, Swedish and Danish, the page of the form on which it stands."""

    code: str
    words: int
    labels: tuple[str, ...]
    helps: tuple[str, ...]
    group: str
    is_optional: bool

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return told(self.labels)

    @property
    def help(self) -> str:
        """What is to be written, in the reader's language."""
        return told(self.helps)


@lru_cache
def _content() -> dict[str, Any]:
    return tomllib.loads((DATA / "template.toml").read_text())


@lru_cache
def card_parts(group: str = "") -> tuple[CardPart, ...]:
    """The fields of the European template in its order, or those of one page of the form ("card", "steps")."""
    rows = (
        CardPart(one["code"], one["words"], tuple(one["label"]), tuple(one["help"]), one["group"], one.get("optional", False)) for one in _content()["part"]
    )
    return tuple(one for one in rows if group in ("", one.group))


def template_source() -> str:
    """Where the fields and limits come from."""
    return str(_content()["source"])


def count_words(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or figure, so that a dash alone is none."""
    return len(_WORD.findall(text))


def too_long(texts: Mapping[str, str]) -> dict[str, int]:
    """The fields with more words than the template allows, with how many they have."""
    counted = {part.code: (count_words(texts.get(part.code, "")), part.words) for part in card_parts()}
    return {code: words for code, (words, most) in counted.items() if words > most}


def missing_parts(texts: Mapping[str, str]) -> list[str]:
    """The fields that must still be written before the card can be handed in."""
    return [part.code for part in card_parts() if not part.is_optional and not texts.get(part.code, "").strip()]


def is_old_enough(starts_on: date, today: date) -> bool:
    """Whether a practice has run as long as the template asks: a year."""
    return today - starts_on >= timedelta(days=_content()["least_days"])


def is_outdated_text(number: int, later: Sequence[tuple[int, bool]]) -> bool:
    """Whether a translation of version `number` no longer says what the original says: some later version changed the meaning.

    `later` holds each version's number and whether it changed the meaning; a corrected comma makes no translation old.
    """
    return any(changed for other, changed in later if other > number)
