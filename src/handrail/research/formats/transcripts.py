"""Transcripts as people bring them: plain text, Word, PDF with text. Word and PDF are opened in a child process (security.md 25, 26)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 300_000  # a talk of six hours
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
CHILD = Path(__file__).with_name("child.py")
ZIP, PDF, OLE = b"PK\x03\x04", b"%PDF-", bytes.fromhex("d0cf11e0a1b11ae1")


def read_transcript(data: bytes) -> str:
    """The words of a file, whatever it is called. Raises RuleBroken (field "file") for what is no readable text of bounded size."""
    if not data.strip():
        raise RuleBroken(_("The file is empty. Export it again and choose the new file."), field="file")
    if len(data) > MAX_BYTES:
        raise RuleBroken(_("The file is larger than %(limit)d MB. Save the text alone, without pictures or sound.") % {"limit": MAX_BYTES // 1024 // 1024}, field="file")
    if data.startswith(OLE):
        raise RuleBroken(_("This is an old Word file. Open it in Word and save it as .docx, or as plain text."), field="file")
    text = _ask_child(data) if data.startswith((ZIP, PDF)) else plain_text(data)
    if len(text) > MAX_CHARACTERS:
        raise RuleBroken(_("The text has more than %(limit)d characters. Bring it in in parts.") % {"limit": MAX_CHARACTERS}, field="file")
    return text


def plain_text(data: bytes) -> str:
    """Text in UTF-8 or UTF-16; else as Windows writes it, Cyrillic where most of it would be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise RuleBroken(_("The file is neither text nor a Word or PDF document. Save it as .docx or .txt."), field="file")
    western, cyrillic = data.decode("cp1252", errors="replace"), data.decode("cp1251", errors="replace")
    letters = [c for c in cyrillic if c.isalpha()]
    share = sum("А" <= c <= "я" for c in letters) / max(1, len(letters))
    return cyrillic if share > 0.6 else western


def _ask_child(data: bytes) -> str:
    try:
        done = subprocess.run(  # our own file, our own numbers; what is foreign comes through the pipe
            [sys.executable, "-I", str(CHILD), str(MEMORY), str(SECONDS)],
            input=data, capture_output=True, env={}, timeout=SECONDS + 10, check=False,
        )  # fmt: skip
        reply: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        reply = {"error": "packed"}
    if "text" in reply:
        return str(reply["text"])
    raise RuleBroken(_cause(str(reply.get("error"))), field="file")


def _cause(code: str) -> Any:
    return {
        "encrypted": _("The file is protected by a password. Remove it and save the file again."),
        "not_document": _("The file is an archive but not a Word document. Save it as .docx or .txt."),
        "packed": _("The file is too large when unpacked. Copy the text to a new document and save that."),
        "no_text": _("The PDF holds pictures of pages and no text. Bring the text itself."),
        "too_long": _("The text has more than %(limit)d characters. Bring it in in parts.") % {"limit": MAX_CHARACTERS},
    }.get(code, _("The file is damaged and cannot be read. Open it and save it again as .docx or .txt."))
