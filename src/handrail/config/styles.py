"""Puts the style sheets of the kit one after the other into what browsers load: one request instead of thirty.

It is no build: nothing is compiled; comments and indentation are left out. It runs before the programme starts and writes what differs.
"""

from __future__ import annotations

import re
from pathlib import Path

from handrail.config.beside import put_in_place

KIT = Path(__file__).resolve().parent.parent / "kit" / "static" / "kit"
LAYERS = "@layer reset, tokens, elements, layout, components, pages;\n"
BASE = ["reset.css", "tokens.css", "elements.css", "layout.css"]
# What a page by link needs on a slow phone; `kit.css` holds everything.
PARTICIPANT = ["alert", "button", "empty", "facts", "field", "gauge", "knots", "menu", "quote", "section", "shell", "tag", "task"]


def join_styles() -> int:
    """Write the bundles that differ from their parts (in words, not in age: a copy may carry any time); answers how many. Several processes may do it at once."""
    every = sorted(path.stem for path in (KIT / "c").glob("*.css"))
    return _join("kit.css", every) + _join("kit-participant.css", PARTICIPANT)


def _join(bundle: str, components: list[str]) -> int:
    parts = [KIT / name for name in [*BASE, *(f"c/{name}.css" for name in components), "print.css"]]
    made = KIT / bundle
    text = "\n".join(path.read_text(encoding="utf-8") for path in parts)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    whole = (LAYERS + re.sub(r"\n\s*", "\n", text).strip() + "\n").encode()
    if made.exists() and made.read_bytes() == whole:
        return 0
    put_in_place(made, whole)
    return 1
