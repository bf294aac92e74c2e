"""What readers and machines follow: an Atom feed (RFC 4287) and a map of addresses (sitemaps.org 0.9, with hreflang)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape as escape_marks
from xml.sax.saxutils import quoteattr

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # signs that no XML may hold (XML 1.0, 2.2): one would end the feed for everybody


@dataclass(frozen=True)
class FeedEntry:
    """One card in a feed or a map: where it stands, what it is called, when it changed, and the same in other languages."""

    url: str
    title: str
    summary: str
    language: str
    author: str
    changed: datetime
    others: Sequence[tuple[str, str]] = ()


def write_feed(entries: Sequence[FeedEntry], *, title: str, url: str, home: str, language: str, now: datetime) -> bytes:
    """The feed; its entries are written by organisations, never by people."""
    changed = max((one.changed for one in entries), default=now)
    rows = "".join(
        f"<entry><id>{escape(one.url)}</id><title>{escape(one.title)}</title><link href={quoteattr(one.url)} hreflang={quoteattr(one.language)}/>"
        f"<updated>{_stamp(one.changed)}</updated><author><name>{escape(one.author)}</name></author><summary xml:lang={quoteattr(one.language)}>{escape(one.summary)}</summary></entry>"
        for one in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}><id>{escape(url)}</id><title>{escape(title)}</title>'
        f'<link rel="self" href={quoteattr(url)}/><link href={quoteattr(home)}/><updated>{_stamp(changed)}</updated>{rows}</feed>\n'
    ).encode()


def write_sitemap(entries: Iterable[FeedEntry], *, more: Iterable[str] = ()) -> bytes:
    """The map of addresses, each card with the same in other languages beside it."""
    rows = [f"<url><loc>{escape(url)}</loc></url>" for url in more]
    for one in entries:
        links = "".join(f"<xhtml:link rel=\"alternate\" hreflang={quoteattr(language)} href={quoteattr(url)}/>" for language, url in one.others)
        rows.append(f"<url><loc>{escape(one.url)}</loc><lastmod>{one.changed.date().isoformat()}</lastmod>{links}</url>")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">' + "\n".join(rows) + "</urlset>\n"
    ).encode()


def escape(text: str) -> str:
    """Text as XML holds it."""
    return escape_marks(FORBIDDEN.sub("", text))


def _stamp(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
