"""Pictures and sounds that belong to an answer, made plain before they are kept (security.md 26): no place, no device, no script in them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS, LONGEST_SIDE = 50_000_000, 2560
SOUNDS = {  # how a file begins, from which byte on → what it is
    (0, b"ID3"): "audio/mpeg", (0, b"\xff\xfb"): "audio/mpeg", (0, b"OggS"): "audio/ogg", (0, b"#!AMR"): "audio/amr", (4, b"ftypM4A"): "audio/mp4",
    (4, b"ftypmp42"): "audio/mp4", (8, b"WAVE"): "audio/wav", (0, b"fLaC"): "audio/flac",
}  # fmt: skip


@dataclass(frozen=True)
class Attachment:
    """A file as it is kept."""

    name: str
    kind: str
    content: bytes


def made_plain(name: str, content: bytes, *, media: str) -> Attachment:
    """A file of the kind that its question asks for (`image`, `audio`, `video`, `file`), without what it says about place and device.

    A picture is drawn anew. Raises RuleBroken for what is too large, for drawings that can hold scripts, and for a file that is not of its kind.
    """
    if len(content) > MAX_BYTES:
        raise RuleBroken(_("A file may have at most %(n)d MB.") % {"n": MAX_BYTES // 1024 // 1024})
    if media == "image":
        return _picture(name, content)
    if sound := next((kind for (place, start), kind in SOUNDS.items() if content[place : place + len(start)] == start), ""):
        return Attachment(name, sound, content)
    if media == "audio" or _may_hold_script(content):
        raise RuleBroken(_("The file is of a kind that is not kept here."))
    return Attachment(name, "application/octet-stream", content)


def _picture(name: str, content: bytes) -> Attachment:
    from PIL import Image, ImageOps, UnidentifiedImageError  # on first use: most processes never see a picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF"))
            if found.width * found.height > MAX_PIXELS:  # known from the head, before anything is unpacked
                raise RuleBroken(_("The picture is too large."))
            turned = ImageOps.exif_transpose(found) or found
            has_holes = turned.mode in ("RGBA", "LA", "P")
            plain = turned.convert("RGBA" if has_holes else "RGB")
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = Image.new(plain.mode, plain.size)
            drawn.paste(plain)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RuleBroken(_("The file is of a kind that is not kept here.")) from None
    out = io.BytesIO()
    drawn.save(out, "PNG" if has_holes else "JPEG", **({} if has_holes else {"quality": 88}))
    return Attachment(name, "image/png" if has_holes else "image/jpeg", out.getvalue())


def _may_hold_script(content: bytes) -> bool:
    start = content[:2048].lstrip().lower()
    return any(mark in start for mark in (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml"))
