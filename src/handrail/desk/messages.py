"""Turns the catalogues of words (.po) into what the programme reads (.mo), without any tool from outside."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def catalogues() -> list[Path]:
    """Every catalogue of ours."""
    return sorted(Path(settings.PACKAGE).glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_messages() -> int:
    """Compile the catalogues that changed; answers how many."""
    count = 0
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        count += 1
    return count
