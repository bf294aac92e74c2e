"""Turns the catalogues of words (.po) into what the programme reads (.mo), without any tool from outside.

It runs before Django starts: Django reads the catalogues once, at its first word, and would keep to English after that.
"""

from __future__ import annotations

import io
from pathlib import Path

from handrail.config.beside import put_in_place

PACKAGE = Path(__file__).resolve().parent.parent


def compile_words() -> int:
    """Compile the catalogues that changed; answers how many. Several processes may do it at once."""
    count = 0
    for po in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        _compile(po, mo)
        count += 1
    return count


def _compile(po: Path, mo: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    written = io.BytesIO()
    write_mo(written, catalogue)
    put_in_place(mo, written.getvalue())
