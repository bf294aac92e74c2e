"""Turns the catalogues of words (.po) into what the programme reads (.mo), without any tool from outside.

It runs before Django starts: Django reads the catalogues once, at its first word, and would keep to English after that.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from handrail.config.beside import put_in_place

PACKAGE = Path(__file__).resolve().parent.parent


def compile_words() -> int:
    """Compile the catalogues that changed; answers how many. Several processes may do it at once."""
    count = 0
    for po in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        source = po.read_bytes()
        made_of = hashlib.blake2b(source, digest_size=16).hexdigest()
        if mo.exists() and made_of.encode() in mo.read_bytes():  # by content: a copy may carry any time
            continue
        _compile(po, source, mo, made_of)
        count += 1
    return count


def _compile(po: Path, source: bytes, mo: Path, made_of: str) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(source), locale=po.parts[-3])
    catalogue.add("made of", made_of, context="catalogue")
    written = io.BytesIO()
    write_mo(written, catalogue)
    put_in_place(mo, written.getvalue())
