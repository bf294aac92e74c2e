"""Bytes to dataclasses: the notices that are shipped as TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeSection:
    """A heading with what stands under it."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """A notice in one language: a sentence that says it all, then the details."""

    language: str
    title: str
    lead: str
    sections: tuple[NoticeSection, ...]


def read_notice(data: bytes) -> Notice:
    """A notice from TOML: language, title, lead, and sections of heading, paragraphs and points."""
    raw = tomllib.loads(data.decode("utf-8"))
    return Notice(
        language=raw["language"], title=raw["title"], lead=raw["lead"],
        sections=tuple(
            NoticeSection(one["heading"], tuple(one.get("paragraphs", ())), tuple(one.get("points", ()))) for one in raw["sections"]
        ),
    )  # fmt: skip
