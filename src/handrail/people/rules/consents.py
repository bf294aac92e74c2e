"""What a consent may be about, and the words that are read out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

LONGEST = timedelta(days=730)  # nobody oversees more than two years
FIELDS: dict[str, Any] = {
    "first_name": _("The first name"), "adaptations": _("What makes the work possible (a quiet place, shorter days), never why"),
    "languages": _("Which languages, and how well"), "availability": _("Which hours, and how far to travel"), "contact": _("How to reach the person"),
}  # fmt: skip
PURPOSES: dict[str, Any] = {
    "placement": _("To find a placement and carry it out"), "referral": _("To get help from another organisation"), "job": _("To get in touch about a job"),
    "course": _("To take part in a course"),
}  # fmt: skip


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom something may be told: kind (company, organisation), uid, name."""

    kind: str
    uid: UUID
    name: str


@dataclass(frozen=True)
class Wording:
    """The text that is read out in one language; a draft has not been read by a native speaker yet."""

    version: str
    language: str
    paragraphs: tuple[str, ...]
    is_draft: bool

    @property
    def name(self) -> str:
        """By what name the record remembers it: version, language, and whether it was a draft."""
        return f"{self.version}/{self.language}{'/draft' if self.is_draft else ''}"


@lru_cache
def wordings() -> dict[str, Wording]:
    """The texts by language, as `data/consent.toml` has them."""
    content = tomllib.loads((Path(__file__).parent.parent / "data" / "consent.toml").read_text())
    return {
        language: Wording(content["version"], language, tuple(one["paragraphs"]), bool(one["is_draft"])) for language, one in content["texts"].items()
    }


def purpose_words(code: str) -> str:
    """A purpose in words; what was written freely stays as it is."""
    return str(PURPOSES.get(code, code))


def field_words(codes: list[str]) -> list[str]:
    """What may be told, in words."""
    return [str(FIELDS.get(code, code)) for code in FIELDS if code in codes]


def check_consent(*, fields: list[str], until: date, today: date) -> None:
    """A consent names what may be told, and ends within two years.

    Raises RuleBroken naming the field and the remedy.
    """
    if not fields or not set(fields) <= set(FIELDS):
        raise RuleBroken(_("Choose at least one thing that may be told."), field="fields")
    if until < today:
        raise RuleBroken(_("The last day has passed already. Choose a later one."), field="until")
    if until > today + LONGEST:
        raise RuleBroken(_("Nobody oversees more than two years. Choose an earlier day, and talk again then."), field="until")
