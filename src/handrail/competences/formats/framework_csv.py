"""Our own table of a framework: one row a competence, a column for each text and language.

area_code; area_name::sv; competence_code; name::sv; description::sv; level 0::sv … level 4::sv; development_area.
A row whose area_code is # describes the framework itself: its code, names and the names of the levels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.competences.formats.draft import (
    CODE_LENGTH,
    HIGHEST_LEVEL,
    NAME_LENGTH,
    TEXT_LENGTH,
    DraftArea,
    DraftCompetence,
    FrameworkDraft,
    FrameworkReading,
    Reporter,
    Texts,
)
from handrail.instruments.formats.xlsform_columns import language_code
from handrail.kit.errors import RuleBroken
from handrail.kit.files import Rows, as_text, read_table, write_delimited
from handrail.kit.files.delimited import unguarded
from handrail.kit.text import _

MAX_ROWS, MAX_COLUMNS = 2_000, 200
FRAMEWORK = "#"
ALIASES = {
    "area_code": ("area code", "areakod", "områdeskod", "kod område"),
    "area_name": ("area name", "area", "område", "områdesnamn", "kompetensområde"),
    "competence_code": ("competence code", "competency code", "code", "kod", "kompetenskod"),
    "name": ("name", "namn", "competence", "competence name", "kompetens", "benämning"),
    "description": ("description", "beskrivning"),
    "development_area": ("development area", "utvecklingsområde", "kompetensutvecklingsområde"),
}
_BASES = {alias: base for base, aliases in ALIASES.items() for alias in (*aliases, base.replace("_", " "))}
_LEVEL = re.compile(r"(?:level|nivå|nivåtext|level text)\s*(\d+)")


@dataclass
class _Reader:
    columns: list[tuple[str, str, str]]  # base, language, header
    report: Reporter = field(default_factory=Reporter)

    def header(self, base: str) -> str:
        return next((header for found, _language, header in self.columns if found == base), base)

    def one(self, cells: list[str], base: str) -> str:
        return next(
            (text for text, (found, _language, _h) in zip(cells, self.columns, strict=False) if found == base and text), ""
        )

    def texts(self, row: int, cells: list[str], base: str, longest: int = TEXT_LENGTH) -> dict[str, str]:
        found: dict[str, str] = {}
        for text, (name, language, header) in zip(cells, self.columns, strict=False):
            if name == base and text:
                if len(text) > longest:
                    self.report.error(row, header, "too_long", _("The text is too long."),
                                      _("Write at most %(limit)d characters.") % {"limit": longest})  # fmt: skip
                found.setdefault(language, text)
        return found

    def levels(self, row: int, cells: list[str]) -> dict[int, Texts]:
        found = {level: self.texts(row, cells, f"level {level}") for level in range(HIGHEST_LEVEL + 1)}
        return {level: texts for level, texts in found.items() if texts}


def read_framework(data: bytes, *, name: str, language: str = "sv") -> FrameworkReading:
    """A framework in our own table, as CSV or workbook; `language` is that of columns whose header names none.

    Raises RuleBroken (field "file") when the file cannot be read or has no such header row.
    """
    _sheet, rows = read_table(data, name=name, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    at = _header_index(rows)
    reader = _Reader([_column(as_text(cell), language) for cell in rows[at]])
    _check_headers(reader, at + 1)
    areas: dict[str, DraftArea] = {}
    competences: dict[str, tuple[int, DraftCompetence]] = {}
    about = FrameworkDraft((), ())
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = [_text(unguarded(cell)) if isinstance(cell, str) else as_text(cell) for cell in row]
        if not any(cells):
            continue
        if reader.one(cells, "area_code") == FRAMEWORK:
            about = FrameworkDraft(
                (), (), levels=reader.levels(number, cells), code=reader.one(cells, "competence_code")[:60],
                names=reader.texts(number, cells, "name", NAME_LENGTH), descriptions=reader.texts(number, cells, "description"),
            )  # fmt: skip
            continue
        area = _read_area(reader, number, cells, areas)
        if competence := _read_competence(reader, number, cells, area):
            if competence.code in competences:
                reader.report.error(
                    number, reader.header("competence_code"), "code_twice",
                    _("The code %(code)s is used in row %(row)d as well.") % {"code": competence.code, "row": competences[competence.code][0]},
                    _("Give every competence a code of its own."),
                )  # fmt: skip
            competences.setdefault(competence.code, (number, competence))
    if not competences and not reader.report.has_errors:
        raise RuleBroken(_("There are no competences below the headers. Choose the file with the framework in it."), field="file")
    draft = FrameworkDraft(
        tuple(areas.values()), tuple(competence for _row, competence in competences.values()), about.levels, about.code, about.names,
        about.descriptions,
    )  # fmt: skip
    return reader.report.reading(draft)


def _text(cell: object) -> str:
    return "\n".join(as_text(line) for line in str(cell or "").splitlines()).strip()


def _header_index(rows: Rows) -> int:
    for index, row in enumerate(rows[:20]):
        bases = {_column(as_text(cell), "sv")[0] for cell in row if isinstance(cell, str)}
        if {"competence_code", "name"} <= bases:
            return index
    raise RuleBroken(
        _(
            "No row with the headers competence_code and name was found. Download the framework of the demonstration to see the columns."
        ),
        field="file",
    )


def _column(header: str, language: str) -> tuple[str, str, str]:
    text, mark, tongue = header.partition("::")
    plain = " ".join(text.replace("_", " ").casefold().split())
    level = _LEVEL.fullmatch(plain)
    base = f"level {int(level[1])}" if level else _BASES.get(plain, "")
    return base, (language_code(tongue.strip()) if mark else language), header


def _check_headers(reader: _Reader, row: int) -> None:
    for base, language, header in reader.columns:
        if base and not language:
            reader.report.error(row, header, "language", _("The language of this column is not known."),
                                _("Write its code, for example name::sv."))  # fmt: skip
        if base.startswith("level ") and int(base[6:]) > HIGHEST_LEVEL:
            reader.report.error(row, header, "level", _("Levels go from 0 to %(highest)d.") % {"highest": HIGHEST_LEVEL},
                                _("Delete the column, or join its text to another level."))  # fmt: skip
        if not base and header:
            reader.report.warn(row, header, "column", _("The column %(name)s is not read.") % {"name": header[:60]},
                               _("Nothing needs to be done if it is not needed."))  # fmt: skip


def _read_area(reader: _Reader, row: int, cells: list[str], areas: dict[str, DraftArea]) -> str:
    code = reader.one(cells, "area_code")
    names = reader.texts(row, cells, "area_name", NAME_LENGTH)
    if not code:
        reader.report.error(row, reader.header("area_code"), "area_missing", _("The row belongs to no area."),
                            _("Write the code of its area."))  # fmt: skip
        return ""
    if len(code) > CODE_LENGTH:
        reader.report.error(row, reader.header("area_code"), "too_long", _("The text is too long."),
                            _("Write at most %(limit)d characters.") % {"limit": CODE_LENGTH})  # fmt: skip
    before = areas.get(code)
    if before is None:
        areas[code] = DraftArea(code, names, reader.one(cells, "development_area"))
        if not names:
            reader.report.warn(row, reader.header("area_name"), "name_missing", _("The area has no name."),
                               _("Write it in the first row of the area, or the code is shown."))  # fmt: skip
    elif any(names.get(language, text) != text for language, text in before.names.items()):
        reader.report.warn(row, reader.header("area_name"), "area_name", _("The area has another name in an earlier row, which was kept."),
                           _("Write the same name in every row of the area, or only in the first."))  # fmt: skip
    return code


def _read_competence(reader: _Reader, row: int, cells: list[str], area: str) -> DraftCompetence | None:
    code = reader.one(cells, "competence_code")
    names = reader.texts(row, cells, "name", NAME_LENGTH)
    if not code and not names:
        return None  # a row for an area alone
    if not code or len(code) > CODE_LENGTH:
        reader.report.error(row, reader.header("competence_code"), "code", _("The competence has no code, or a long one."),
                            _("Write a short code that stays the same, such as K1."))  # fmt: skip
        return None
    if not names:
        reader.report.error(
            row, reader.header("name"), "name_missing", _("The competence has no name."), _("Write what people are to read.")
        )
    return DraftCompetence(code, area, names, reader.texts(row, cells, "description"), reader.levels(row, cells))


def write_framework_csv(draft: FrameworkDraft) -> bytes:
    """The framework as our own table (UTF-8, semicolons), which `read_framework` reads back whole."""
    languages = _languages(draft)
    levels = range(HIGHEST_LEVEL + 1)

    def in_all(texts: Texts) -> list[str]:
        return [texts.get(language, "") for language in languages]

    def row(
        codes: tuple[str, str], area: Texts, names: Texts, descriptions: Texts, texts: Mapping[int, Texts], development: str
    ) -> list[str]:
        level_cells = [cell for level in levels for cell in in_all(texts.get(level, {}))]
        return [codes[0], *in_all(area), codes[1], *in_all(names), *in_all(descriptions), *level_cells, development]

    head = ["area_code", *(f"area_name::{language}" for language in languages), "competence_code"]
    head += [
        f"{base}::{language}"
        for base in ("name", "description", *(f"level {level}" for level in levels))
        for language in languages
    ]
    rows = [[*head, "development_area"]]
    if draft.code or draft.names or draft.levels:
        rows.append(row((FRAMEWORK, draft.code), {}, draft.names, draft.descriptions, draft.levels, ""))
    for area in draft.areas:
        own = [competence for competence in draft.competences if competence.area == area.code]
        if not own:
            rows.append(row((area.code, ""), area.names, {}, {}, {}, area.development_area))
        rows += [row((area.code, c.code), area.names, c.names, c.descriptions, c.levels, area.development_area) for c in own]
    return write_delimited(rows, delimiter=";")


def _languages(draft: FrameworkDraft) -> list[str]:
    found: dict[str, None] = {}
    groups: list[Texts] = [draft.names, draft.descriptions, *draft.levels.values(), *(area.names for area in draft.areas)]
    for competence in draft.competences:
        groups += [competence.names, competence.descriptions, *competence.levels.values()]
    for texts in groups:
        found.update(dict.fromkeys(texts))
    return list(found) or ["sv"]
