"""One card for machines: schema.org in JSON-LD (schema.org 29, types HowTo and Organization)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class CardPage:
    """A card in one language, as it stands on a page of its own. No person stands in it."""

    slug: str
    language: str
    language_name: str
    direction: str
    title: str
    parts: Sequence[tuple[str, str, str]]  # code, label, words
    steps: Sequence[Mapping[str, str]]
    facts: Sequence[tuple[str, str]]
    brought_by: str
    country: str
    fields: Sequence[str]
    licence_name: str
    licence_url: str
    url: str
    published: datetime | None
    changed: datetime
    is_outdated: bool

    def words(self, code: str) -> str:
        """One field's words."""
        return next((words for known, _label, words in self.parts if known == code), "")


def card_json(card: CardPage, others: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """The card as schema.org says it; `others` are (language, address) of the same card in other languages."""
    found: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "HowTo", "@id": card.url, "url": card.url, "name": card.title, "inLanguage": card.language, "abstract": card.words("summary"),
        "license": card.licence_url, "about": list(card.fields), "provider": {"@type": "Organization", "name": card.brought_by},
        "spatialCoverage": {"@type": "Country", "identifier": card.country}, "dateModified": card.changed.date().isoformat(),
        "step": [{"@type": "HowToStep", "position": place, "text": one.get("what", "")} for place, one in enumerate(card.steps, start=1)],
        "hasPart": [{"@type": "CreativeWork", "identifier": code, "name": label, "text": words} for code, label, words in card.parts],
    }  # fmt: skip
    if card.published:
        found["datePublished"] = card.published.date().isoformat()
    if others:
        found["workTranslation"] = [{"@type": "HowTo", "inLanguage": language, "url": url} for language, url in others]
    return found
