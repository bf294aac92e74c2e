"""Put the CSS files of the kit one after the other into what browsers load: `python tools/css.py` (`--check` only compares).

There is no build: what is written is what is served. One request instead of thirty, comments and indentation left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent / "src/handrail/kit/static/kit"
LAYERS = "@layer reset, tokens, elements, layout, components, pages;\n"
BASE = ["reset.css", "tokens.css", "elements.css", "layout.css"]
# What a page by link needs on a slow phone; `kit.css` holds everything.
PARTICIPANT = ["alert", "button", "empty", "facts", "field", "gauge", "knots", "menu", "quote", "section", "shell", "tag", "task"]


def bundles() -> dict[str, str]:
    """The content of each bundle by its name."""
    parts = sorted(path.name for path in (KIT / "c").glob("*.css"))
    return {
        "kit.css": _joined([*BASE, *(f"c/{name}" for name in parts), "print.css"]),
        "kit-participant.css": _joined([*BASE, *(f"c/{name}.css" for name in PARTICIPANT), "print.css"]),
    }


def _joined(names: list[str]) -> str:
    text = "\n".join((KIT / name).read_text(encoding="utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return LAYERS + re.sub(r"\n\s*", "\n", text).strip() + "\n"


def main() -> None:
    """Write the bundles, or with --check say which are stale and fail."""
    stale = {name: text for name, text in bundles().items() if not (KIT / name).exists() or (KIT / name).read_text(encoding="utf-8") != text}
    if "--check" in sys.argv:
        raise SystemExit(f"Stale: {', '.join(stale)}. Run python tools/css.py." if stale else 0)
    for name, text in stale.items():
        (KIT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
