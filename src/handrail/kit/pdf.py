"""Tagged, accessible PDF (PDF/UA-1) from a page of ours; nothing outside the package is ever fetched."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

STATIC = Path(__file__).resolve().parent / "static"


class OutsideRefused(ValueError):
    """A page that is printed asked for something outside the package."""


def packaged_only(url: str) -> bytes:
    """A file of the kit's own static folder, by the address `packaged:/<path>`; everything else is refused."""
    parts = urlparse(url)
    path = (STATIC / unquote(parts.path).lstrip("/")).resolve()
    if parts.scheme != "packaged" or not path.is_relative_to(STATIC) or not path.is_file():
        raise OutsideRefused("Only packaged files may be printed.")
    return path.read_bytes()


def as_pdf(html: str) -> bytes:
    """The page as PDF/UA-1: tagged, with title and language from the page itself."""
    from weasyprint import HTML

    written: bytes = HTML(string=html, base_url="packaged:/", url_fetcher=_fetcher()).write_pdf(pdf_variant="pdf/ua-1")
    return written


@lru_cache
def _fetcher() -> Any:
    """The library's fetcher with its one door replaced by ours; made on first use, for the library is slow to import."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Packaged(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, packaged_only(url), {"Content-Type": "font/woff2" if url.endswith(".woff2") else "application/octet-stream"})

    return Packaged(allowed_protocols=["packaged"])
