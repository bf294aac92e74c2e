"""The whole toolbox in one ZIP: plain pages that open from a disk, the same as JSON, and the licences."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape

from handrail.library.formats.cards import CardPage, card_json

STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#14282a;background:#fff}h1{line-height:1.2}h2{margin-block-start:2rem;border-top:2px solid;"
    "padding-block-start:.5rem;font-size:1.2rem}a{color:#0b5558}li{margin-block:.5rem}.small{font-size:.9rem;color:#465b5c}"
)
FIRST = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file


def write_whole(cards: Sequence[CardPage], day: date) -> bytes:
    """Every card in each language as a page, the list, `toolbox.json` and `LICENCES.txt`. Pages lead to each other only; nothing is fetched."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        def put(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(f"toolbox/{name}", FIRST), text.encode(), zipfile.ZIP_DEFLATED)

        put("index.html", _index(cards, day))
        for one in cards:
            put(f"{one.slug}.{one.language}.html", _page(one, [other for other in cards if other.slug == one.slug and other is not one]))
        put("toolbox.json", json.dumps([card_json(one) for one in cards], ensure_ascii=False, indent=1))
        put("LICENCES.txt", _licences(cards, day))
    return kept.getvalue()


def _document(title: str, body: str, language: str, direction: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>{body}</body></html>\n"
    )


def _index(cards: Sequence[CardPage], day: date) -> str:
    rows = "".join(
        f'<li><a href="{one.slug}.{one.language}.html" lang="{escape(one.language)}" dir="{one.direction}">{escape(one.title)}</a> <span class="small">{escape(one.brought_by)}, {escape(one.country)} · {escape(one.language)}</span></li>'
        for one in cards
    )
    body = f'<h1>Toolbox</h1><p class="small">{day.isoformat()} · <a href="LICENCES.txt">Licences</a> · <a href="toolbox.json">JSON</a></p><ul>{rows}</ul>'
    return _document("Toolbox", body, "en", "ltr")


def _page(card: CardPage, others: Sequence[CardPage]) -> str:
    parts = "".join(f"<h2>{escape(label)}</h2><p>{_lines(words)}</p>" for _code, label, words in card.parts)
    steps = "".join(
        f"<li>{_lines(one.get('what', ''))}<br><span class=\"small\">{escape(' · '.join(one[name] for name in ('who', 'time', 'cost') if one.get(name)))}</span></li>" for one in card.steps
    )
    languages = " · ".join(f'<a href="{one.slug}.{one.language}.html" hreflang="{escape(one.language)}">{escape(one.language_name)}</a>' for one in others)
    facts = "".join(f"<p>{escape(label)}: {escape(value)}</p>" for label, value in card.facts)
    body = (
        f'<p class="small"><a href="index.html">Toolbox</a>{" · " + languages if languages else ""}</p><h1>{escape(card.title)}</h1>{facts}{parts}'
        f'{f"<ol>{steps}</ol>" if steps else ""}<p class="small"><a href="{escape(card.licence_url)}">{escape(card.licence_name)}</a> · {escape(card.brought_by)} · <a href="{escape(card.url)}">{escape(card.url)}</a></p>'
    )
    return _document(card.title, body, card.language, card.direction)


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _licences(cards: Sequence[CardPage], day: date) -> str:
    rows = [f"{one.title} ({one.language})\n  {one.brought_by}\n  {one.licence_name} <{one.licence_url}>\n  {one.url}" for one in cards]
    return f"Toolbox, {day.isoformat()}\n\n" + "\n\n".join(rows) + "\n"
