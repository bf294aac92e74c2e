"""A REFI-QDA archive, looked at before anybody believes it (security.md 25, 26): members are served from memory under their own names, nothing is extracted."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

MAX_BYTES = 60 * 1024 * 1024
MEMBERS = 5_000
TOTAL = 200 * 1024 * 1024
TEXTS = 60 * 1024 * 1024
RATIO = 200
SMALL = 1024 * 1024
NAME_BYTES = 200
KEPT = (".qde", ".txt")
# What projects hold beside texts: it is counted, never opened.
KNOWN = (*KEPT, ".docx", ".rtf", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".mp3", ".m4a", ".wav", ".wma", ".mp4", ".mov", ".avi", ".wmv", ".mpg", ".xlsx", ".csv", ".html", ".htm", ".odt", ".doc", ".svg", ".webp", ".ogg", ".xml")  # fmt: skip
_UNSAFE = re.compile(r"^(?:/|[A-Za-z]:)|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_archive(data: bytes) -> Mapping[str, bytes]:
    """The texts of an archive by lower-case name. Raises RuleBroken (field "file") for whatever is not one of bounded size with harmless names."""
    if len(data) > MAX_BYTES:
        raise _refused(_("The project is larger than %(limit)d MB. Export it without sound and film.") % {"limit": MAX_BYTES // 1024 // 1024})
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise _refused(_("This is no REFI-QDA project. Export the project as REFI-QDA (.qdpx) and choose that file.")) from None
    names = [one.filename for one in members]
    folded = [unicodedata.normalize("NFC", name).casefold() for name in names]
    if len(members) > MEMBERS or sum(one.file_size for one in members) > TOTAL:
        raise _too_large()
    if any(_UNSAFE.search(name) or len(name.encode()) > NAME_BYTES for name in names) or len(set(folded)) < len(folded):
        raise _refused(_("The archive holds names that no tool writes. Nothing was read."))
    if any((one.external_attr >> 16) & 0o170000 == 0o120000 or one.flag_bits & 1 for one in members):
        raise _refused(_("The archive is protected by a password or holds links. Nothing was read."))
    if any(not name.endswith(KNOWN) for name in folded):
        raise _refused(_("The archive holds files that do not belong into a project. Nothing was read."))
    kept: dict[str, bytes] = {}
    room = TEXTS
    for one, name in zip(members, folded, strict=True):
        if name.endswith(KEPT):
            kept[name] = _unpacked(archive, one, room=room, packed=len(data))
            room -= len(kept[name])
    return kept


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, room: int, packed: int) -> bytes:
    """One member's bytes, counted while they come: declared sizes lie."""
    out = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(256 * 1024):
                out += chunk
                if len(out) > room or (len(out) > SMALL and len(out) > RATIO * packed):
                    raise _too_large()
    except RuleBroken:
        raise
    except Exception:  # zlib, bz2, lzma, struct, CRC: every one of them means a broken archive
        raise _refused(_("The archive is damaged. Export the project again.")) from None
    return bytes(out)


def _too_large() -> RuleBroken:
    return _refused(_("The project is too large when unpacked. Export fewer sources at a time."))


def _refused(words: Any) -> RuleBroken:
    return RuleBroken(words, field="file")
