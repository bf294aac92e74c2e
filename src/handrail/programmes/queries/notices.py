"""The privacy and accessibility notices, as shipped, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

from handrail.programmes.formats import Notice, read_notice

FOLDER = Path(__file__).resolve().parent.parent / "data" / "notices"


def notice(kind: str) -> Notice:
    """The notice of a kind ("privacy" or "accessibility") in the reader's language, else in the site's, else in English."""
    wanted = (translation.get_language() or "").split("-")[0]
    for language in (wanted, settings.LANGUAGE_CODE, "en"):
        if found := _notice(kind, language):
            return found
    raise LookupError(kind)


@lru_cache
def _notice(kind: str, language: str) -> Notice | None:
    file = FOLDER / f"{kind}.{language}.toml"
    return read_notice(file.read_bytes()) if file.is_file() else None
