"""The child process that opens word-processor files and PDFs: run by path, alone, with little memory and time, as such files are hostile.

It imports nothing of ours. It reads the file from standard input and writes one JSON answer: {"text": ...} or {"error": code}.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any

MEMBERS = 2_000
XML_BYTES = 40 * 1024 * 1024
RATIO = 200
SMALL = 1024 * 1024
CHARACTERS = 1_000_000
PAGES = 400
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Refused(Exception):
    """The file may not be opened; the code says why."""


def limit(memory: int, seconds: int) -> None:
    """Bound this process before it has read a byte. Windows has no such limits: there only the clock of the parent holds."""
    try:
        import resource
    except ImportError:  # pragma: no cover
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def text_of_docx(data: bytes) -> str:
    """The paragraphs of a Word document's body, its tables' cells among them; deleted text, comments, headers and notes stay out."""
    from defusedxml.ElementTree import fromstring

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {member.filename: member for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise Refused("malformed") from None
    if len(members) > MEMBERS:
        raise Refused("packed")
    member = members.get("word/document.xml")
    if member is None:
        raise Refused("not_document")
    if member.flag_bits & 1:
        raise Refused("encrypted")
    xml = b""
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(256 * 1024):
                xml += chunk
                if len(xml) > XML_BYTES or (len(xml) > SMALL and len(xml) > RATIO * len(data)):
                    raise Refused("packed")
        root = fromstring(xml, forbid_dtd=True)
    except Refused:
        raise
    except Exception:  # zlib, struct, CRC, XML, entities: every one of them means a broken file
        raise Refused("malformed") from None
    return "\n".join(_paragraph(one) for one in root.iter(f"{W}p"))


def _paragraph(paragraph: Any) -> str:
    words = []
    for one in paragraph.iter():
        if one.tag == f"{W}t":
            words.append(one.text or "")
        elif one.tag in {f"{W}tab", f"{W}noBreakHyphen"}:
            words.append(" " if one.tag == f"{W}tab" else "-")
        elif one.tag in {f"{W}br", f"{W}cr"}:
            words.append("\n")
    return "".join(words)


def text_of_pdf(data: bytes) -> str:
    """The text of a PDF's pages, lines joined to paragraphs where a line does not end a sentence."""
    import logging

    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused("encrypted")
        if len(reader.pages) > PAGES:
            raise Refused("too_long")
        pages = [page.extract_text() or "" for page in reader.pages]
    except (Refused, MemoryError):
        raise
    except Exception:  # the reader raises dozens of kinds, all of which mean the same to the user
        raise Refused("malformed") from None
    if not "".join(pages).strip():
        raise Refused("no_text")
    return joined("\n".join(pages))


def joined(text: str) -> str:
    """Lines that a page broke stand together again: a line that does not end a sentence, before one that begins no speaker."""
    out: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        is_label = ":" in line[:30] and not line[:1].islower()
        if out and out[-1] and line and not is_label and out[-1][-1] not in ".!?…:؟。":
            out[-1] = out[-1][:-1] + line if out[-1].endswith("-") and line[:1].islower() else f"{out[-1]} {line}"
        else:
            out.append(line)
    return "\n".join(out)


def answer(data: bytes) -> dict[str, str]:
    """The text of a file, or why there is none."""
    try:
        text = text_of_pdf(data) if data.startswith(b"%PDF-") else text_of_docx(data)
    except Refused as refused:
        return {"error": str(refused)}
    except (MemoryError, RecursionError):
        return {"error": "packed"}
    return {"text": text} if len(text) <= CHARACTERS else {"error": "too_long"}


def main() -> None:
    """Limits first, then the file; the numbers come as arguments from the parent."""
    limit(int(sys.argv[1]), int(sys.argv[2]))
    reply = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(reply).encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
