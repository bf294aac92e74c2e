"""Tagged, accessible PDF (PDF/UA-1) from a page of ours; nothing outside the package is ever fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

STATIC = Path(__file__).resolve().parents[2] / "kit" / "static"


class OutsideRefused(ValueError):
    """A page that is printed asked for something outside the package."""


def packaged_only(url: str, *_args: Any, **_more: Any) -> dict[str, Any]:
    """Only files of the kit's own static folder, by the address `packaged:<path>`; everything else is refused."""
    parts = urlparse(url)
    path = (STATIC / unquote(parts.path).lstrip("/")).resolve()
    if parts.scheme != "packaged" or not path.is_relative_to(STATIC) or not path.is_file():
        raise OutsideRefused("Only packaged files may be printed.")
    return {"string": path.read_bytes(), "mime_type": "font/woff2" if path.suffix == ".woff2" else "application/octet-stream"}


def as_pdf(html: str) -> bytes:
    """The page as PDF/UA-1: tagged, with title and language from the page itself."""
    from weasyprint import HTML

    written: bytes = HTML(string=html, base_url="packaged:/", url_fetcher=packaged_only).write_pdf(pdf_variant="pdf/ua-1")
    return written
