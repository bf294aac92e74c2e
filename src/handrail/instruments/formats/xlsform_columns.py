"""The columns of XLSForm sheets: their aliases and the languages in their headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from handrail.kit.files import Cell, Rows, as_text

MEDIA = ("image", "big-image", "audio", "video")
TRANSLATED = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "image")
SURVEY = (
    "type", "name", *TRANSLATED, "relevant", "required", "constraint", "appearance", "competence", "choice_filter", "calculation", "default",
    "readonly", "repeat_count", "parameters",
)  # fmt: skip
CHOICES = ("list_name", "name", "label", "level", "image")
SETTINGS = ("form_title", "form_id", "version", "default_language", "allow_choice_duplicates", "style", "instance_name")
ALIASES = {
    "relevance": "relevant", "bind_relevant": "relevant", "bind_required": "required", "bind_constraint": "constraint",
    "command": "type", "caption": "label", "title": "form_title", "id_string": "form_id", "list": "list_name", "value": "name",
    "constraining_message": "constraint_message", "constraint_msg": "constraint_message", "required_msg": "required_message",
    "read_only": "readonly", "bind_readonly": "readonly", "calculate": "calculation", "bind_calculate": "calculation", "tag": "name",
    "count": "repeat_count", "jr:count": "repeat_count", "control_jr:count": "repeat_count", "body_jr:count": "repeat_count",
    "control_jr_count": "repeat_count", "body_jr_count": "repeat_count", "body_appearance": "appearance", "requiredmsg": "required_message",
    "bind_jr:constraintmsg": "constraint_message", "bind_jr:requiredmsg": "required_message", "set_form_title": "form_title",
    "set_form_id": "form_id", "control_appearance": "appearance", "bind_jr_constraintmsg": "constraint_message", "bind_jr_requiredmsg": "required_message",
}  # fmt: skip
# Columns that only explain, in other tools; nothing is lost when they are not read.
HARMLESS = ("note", "notes", "comment", "comments", "image_alt", "order", "$kuid", "$kuid_", "clean_text_values", "")
_CODE = re.compile(r"(?P<name>.*?)\s*\((?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\)\s*$")
_KNOWN = [
    "sv", "en", "da", "de", "no", "nb", "nn", "fi", "is", "ar", "so", "ti", "fa", "prs", "ps", "uk", "ru", "pl", "es", "fr",
    "tr", "ku", "ckb", "kmr", "sq", "bs", "hr", "sr", "mk", "ro", "bg", "it", "pt", "nl", "el", "hu", "et", "lv", "lt", "am",
    "sw", "ur", "vi", "th", "zh",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in which language (as the header names it), and the header itself."""

    base: str
    language: str
    header: str


@dataclass(frozen=True)
class Table:
    """A sheet under its headers: rows are (row number as Excel shows it, {column: text})."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[int, dict[Column, str]], ...]

    def has(self, base: str) -> bool:
        """Whether there is a column for it, in any language."""
        return any(column.base == base for column in self.columns)


def column_of(header: str) -> Column:
    """The column that a header names: "label::Svenska (sv)" is label in "Svenska (sv)"."""
    base, mark, language = header.partition("::")
    if not mark:
        plain, mark, rest = header.partition(":")
        if mark and _base(plain) in TRANSLATED:
            base, language = plain, rest
    if _base(base) == "media" and language:
        base, _mark, language = language.partition("::")
        return Column(base.strip().casefold(), " ".join(language.split()), header)
    if _base(base) in {"bind", "control", "body", "instance"} and language:
        inner = language.replace("::", "_").replace(":", "_")
        return Column(_base(f"{base}_{inner}"), "", header)
    return Column(_base(base), " ".join(language.split()), header)


def _base(text: str) -> str:
    name = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    return ALIASES.get(name, name)


def table_of(rows: Rows) -> Table:
    """A sheet under its first row that has anything in it."""
    at = next((index for index, row in enumerate(rows) if any(as_text(cell) for cell in row)), None)
    if at is None:
        return Table((), ())
    columns = tuple(column_of(as_text(cell)) for cell in rows[at])
    found = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells: dict[Column, str] = {}
        for column, cell in zip(columns, row, strict=False):
            if text := _text(cell):
                cells.setdefault(column, text)
        if cells:
            found.append((number, cells))
    return Table(columns, tuple(found))


def _text(cell: Cell) -> str:
    """Text with its line breaks, as labels have paragraphs; other cells as a person would type them."""
    if isinstance(cell, str):
        return "\n".join(as_text(line) for line in cell.splitlines()).strip()
    return as_text(cell)


def language_code(name: str) -> str:
    """The code of a language as headers name it: "Svenska (sv)", "Svenska", "Swedish" and "sv" are sv; "" where it is not known."""
    if match := _CODE.fullmatch(name):
        return match["code"].replace("_", "-").lower()
    return _names().get(name.strip().casefold(), "")


@cache
def _names() -> dict[str, str]:
    """Names of languages in English and in themselves, and their codes."""
    found: dict[str, str] = {}
    for code in _KNOWN:
        try:
            locale = Locale.parse(code)
        except UnknownLocaleError:
            continue
        for name in (code, locale.english_name, locale.display_name):
            if name:
                found.setdefault(name.casefold(), code)
    for code, name in Locale("en").languages.items():
        if re.fullmatch(r"[a-z]{2,3}", code):
            found.setdefault(name.casefold(), code)
    return {"kurmanji": "kmr", "sorani": "ckb", "dari": "prs", "farsi": "fa", "francais": "fr", "espanol": "es", **found}


def made_up_code(name: str, number: int) -> str:
    """A private code (as BCP 47 has them) for a language that has no known name: x-klingons."""
    letters = re.sub(r"[^a-z0-9]", "", name.casefold())[:8]
    return f"x-{letters or f'lang{number}'}"


def language_name(code: str) -> str:
    """A language's name in itself, for headers that we write: Svenska."""
    try:
        name = Locale.parse(code.replace("-", "_")).display_name
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else code
