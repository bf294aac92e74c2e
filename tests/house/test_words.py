"""Every word a person reads exists in Swedish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

SRC = Path(__file__).resolve().parents[2] / "src" / "handrail"
APPS = sorted(path.parent.name for path in SRC.glob("*/apps.py"))


def messages_in_python(app: str) -> set[str]:
    found: set[str] = set()
    for path in (SRC / app).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for _line, message, _comments, _context in extract_from_file("python", path, {"_": None, "plural": (1, 2)}):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


def messages_in_templates(app: str) -> set[str]:
    from django.utils.translation.template import templatize

    found: set[str] = set()
    for path in (SRC / app).rglob("templates/**/*.*"):
        if path.suffix not in {".html", ".txt"}:
            continue
        python = templatize(path.read_text())
        for match in re.finditer(r"""\bn?gettext\(\s*(?:u?)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", python):
            found.add(str(eval(match.group(1))))
        for match in re.finditer(r"""(?<![\w.])_\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*\)""", python):
            found.add(str(eval(match.group(1))))
    return found


def catalogue(app: str) -> dict[str, str]:
    path = SRC / app / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        rows = read_po(file, locale="sv")
    return {
        (row.id[0] if isinstance(row.id, tuple) else row.id): (all(row.string) if isinstance(row.string, tuple | list) else row.string)
        for row in rows
        if row.id and not row.fuzzy
    }


def everything() -> dict[str, str]:
    known: dict[str, str] = {}
    for app in APPS:
        known.update({message: text for message, text in catalogue(app).items() if text})
    return known


@pytest.mark.parametrize("app", APPS)
def test_every_message_has_its_swedish(app: str) -> None:
    known = everything()
    missing = sorted(message for message in messages_in_python(app) | messages_in_templates(app) if message and message not in known)
    assert missing == []
