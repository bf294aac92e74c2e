"""Moodle's competency CSV in, of any version and interface language: by its headers, else by its order."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

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
from handrail.competences.formats.moodle_out import LEVELS_CLASS, SHORTNAME
from handrail.kit.errors import RuleBroken
from handrail.kit.files import Cell, Rows, as_text, read_delimited
from handrail.kit.files.delimited import unguarded
from handrail.kit.text import _

MAX_ROWS = 5_000
DEEPEST = 20
FIELDS = (
    "parent",
    "id",
    "name",
    "description",
    "format",
    "scale",
    "configuration",
    "rule",
    "outcome",
    "config",
    "is_framework",
    "taxonomy",
)
HEADERS = {
    "parentidnumber": "parent", "idnumber": "id", "shortname": "name", "description": "description", "descriptionformat": "format",
    "scalevalues": "scale", "scaleconfiguration": "configuration", "isframework": "is_framework", "taxonomy": "taxonomy",
}  # fmt: skip
# Later versions put one or two columns (related competencies, exported id) before the last two.
WIDTHS = (len(FIELDS), len(FIELDS) + 1, len(FIELDS) + 2)
_LEVEL = re.compile(r"(\d): ?(.*)", re.DOTALL)


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def is_moodle(data: bytes) -> bool:
    """Whether a file begins as Moodle's competency CSV does."""
    head = data[:2000].decode("utf-8", "ignore").casefold()
    return "scale configuration" in head and "is framework" in head


def read_moodle(data: bytes, *, language: str = "sv") -> FrameworkReading:
    """The framework in Moodle's competency CSV; `language` is the one its texts are in, as the file does not say.

    Rows at the top become areas, everything below competences; a framework without a second storey becomes one area.
    A parent without a row of its own is made up, with a warning. Raises RuleBroken (field "file") for other files.
    """
    report = Reporter()
    rows = _rows(read_delimited(data, max_rows=MAX_ROWS, max_columns=60))
    head = next((row for row in rows if row["is_framework"] not in {"", "0"}), None)
    if head is None:
        raise RuleBroken(_("No row is marked as the framework. Export the framework from Moodle again, whole."), field="file")
    tops, children = _tree(report, [row for row in rows if row is not head and (row["id"] or row["name"])], head["id"])
    if not tops:
        raise RuleBroken(_("There are no competences in the file. Export the framework from Moodle again, whole."), field="file")
    name, description, _levels = _words(head)
    levels, proficient = _scale(report, head, language)
    code = head["id"] or "framework"
    areas: list[DraftArea] = []
    competences: list[DraftCompetence] = []
    if not any(children.get(top["id"]) for top in tops):  # flat: the framework itself is the area
        areas.append(DraftArea(code[:CODE_LENGTH], {language: name}))
        competences += [_competence(report, top, code[:CODE_LENGTH], "", language) for top in tops]
    else:
        for top in tops:
            title, _description, _levels = _words(top)
            areas.append(DraftArea(top["id"][:CODE_LENGTH], {language: title or top["id"]}))
            stack = [(child, "") for child in reversed(children.get(top["id"], []))]
            while stack:
                row, parent = stack.pop()
                competences.append(_competence(report, row, top["id"][:CODE_LENGTH], parent, language))
                stack += [(child, row["id"]) for child in reversed(children.get(row["id"], []))]
    draft = FrameworkDraft(
        tuple(areas), tuple(competences), levels, code[:60], {language: name or code}, {language: description} if description else {}, proficient
    )  # fmt: skip
    return report.reading(draft)


def _rows(rows: Rows) -> list[_Row]:
    at = next((index for index, row in enumerate(rows[:5]) if len(row) >= WIDTHS[0] - 1), None)
    if at is None:
        raise RuleBroken(_not_moodle(), field="file")
    names = [HEADERS.get(re.sub(r"\W", "", as_text(cell)).casefold(), "") for cell in rows[at]]
    if not {"id", "name", "is_framework"} <= set(names):
        if len(rows[at]) not in WIDTHS:
            raise RuleBroken(_not_moodle(), field="file")
        names = [*FIELDS[:10], *[""] * (len(rows[at]) - len(FIELDS)), *FIELDS[10:]]
    return [
        _Row(number, {name: _text(unguarded(cell)) for name, cell in zip(names, row, strict=False) if name})
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
    ]


def _text(cell: Cell) -> str:
    return "\n".join(as_text(line) for line in str(cell or "").splitlines()).strip()


def _not_moodle() -> str:
    return str(
        _("This is not a competency framework as Moodle exports it. Its first column is Parent ID number, its last Taxonomy.")
    )


def _tree(report: Reporter, rows: list[_Row], framework: str) -> tuple[list[_Row], dict[str, list[_Row]]]:
    """The rows at the top and the children of each, with parents made up where the file lacks their rows."""
    by_id: dict[str, _Row] = {}
    ordered: list[_Row] = []
    for row in rows:
        if not row["id"] or len(row["id"]) > CODE_LENGTH:
            report.error(row.number, "ID number", "code", _("The competence has no code, or a long one."),
                         _("Write a short ID number in Moodle and export again."))  # fmt: skip
        elif row["id"] in by_id:
            report.error(row.number, "ID number", "code_twice",
                         _("The code %(code)s is used in row %(row)d as well.") % {"code": row["id"], "row": by_id[row["id"]].number},
                         _("Give every competence a code of its own."))  # fmt: skip
        else:
            by_id[row["id"]] = row
            ordered.append(row)
    known = {"", framework}
    for row in list(ordered):
        parent = row["parent"]
        if parent not in known and parent not in by_id and len(parent) <= CODE_LENGTH:
            made = _Row(row.number, {"id": parent, "name": parent, "parent": _dotted_parent(parent, by_id)})
            by_id[parent] = made
            ordered.insert(ordered.index(row), made)
            report.warn(row.number, "Parent ID number", "parent_missing",
                        _("%(code)s has no row of its own and was added.") % {"code": parent},
                        _("Give it a name here, or export the whole framework from Moodle."))  # fmt: skip
    tops: list[_Row] = []
    children: dict[str, list[_Row]] = {}
    for row in ordered:
        if len(row["parent"]) > CODE_LENGTH:
            report.error(row.number, "Parent ID number", "code", _("The competence has no code, or a long one."),
                         _("Write a short ID number in Moodle and export again."))  # fmt: skip
            continue
        if _is_in_circle(row, by_id, known):
            report.error(row.number, "Parent ID number", "circle", _("The parents form a circle, or lie too deep in each other."),
                         _("Correct the parent in Moodle and export again."))  # fmt: skip
        elif row["parent"] in known:
            tops.append(row)
        else:
            children.setdefault(row["parent"], []).append(row)
    return tops, children


def _dotted_parent(code: str, by_id: Mapping[str, _Row]) -> str:
    """The nearest code above a dotted one that has a row: 1 for 1.1, "" where there is none."""
    while "." in code:
        code = code.rpartition(".")[0]
        if code in by_id:
            return code
    return ""


def _is_in_circle(row: _Row, by_id: Mapping[str, _Row], known: set[str]) -> bool:
    at: _Row | None = row
    for _step in range(DEEPEST):
        if at is None or at["parent"] in known:
            return False
        at = by_id.get(at["parent"])
    return True


def _scale(report: Reporter, head: _Row, language: str) -> tuple[dict[int, Texts], int | None]:
    names = [name.strip() for name in head["scale"].split(",") if name.strip()]
    if len(names) > HIGHEST_LEVEL + 1:
        report.error(head.number, "Scale values", "scale",
                     _("The scale has %(count)d values; levels go from 0 to %(highest)d.") % {"count": len(names), "highest": HIGHEST_LEVEL},
                     _("Choose a scale with fewer values in Moodle."))  # fmt: skip
        names = []
    proficient: list[int] = []
    try:
        configuration = json.loads(head["configuration"] or "[]") if len(head["configuration"]) < 10_000 else []
        proficient = [
            int(part["id"]) - 1 for part in configuration if isinstance(part, dict) and part.get("proficient") and "id" in part
        ]
    except (ValueError, TypeError, RecursionError):
        report.warn(head.number, "Scale configuration", "configuration", _("The scale configuration cannot be read."),
                    _("Nothing needs to be done: role profiles say here which level is needed."))  # fmt: skip
    lowest = min((place for place in proficient if 0 <= place < len(names)), default=None)
    return {level: {language: name[:NAME_LENGTH]} for level, name in enumerate(names)}, lowest


def _competence(report: Reporter, row: _Row, area: str, parent: str, language: str) -> DraftCompetence:
    name, description, levels = _words(row)
    if not name:
        report.error(
            row.number, "Shortname", "name_missing", _("The competence has no name."), _("Write what people are to read.")
        )
    return DraftCompetence(
        code=row["id"],
        area=area,
        names={language: name[:NAME_LENGTH]},
        descriptions={language: description[:TEXT_LENGTH]} if description else {},
        levels={level: {language: text} for level, text in levels.items()},
        parent=parent,
    )


def _words(row: _Row) -> tuple[str, str, dict[int, str]]:
    """Name, description as plain text and level texts; a name that Moodle cut is taken whole from the description."""
    reader = _Paragraphs()
    reader.feed(row["description"][: 4 * TEXT_LENGTH])
    reader.close()
    paragraphs = [text.strip() for text in reader.paragraphs if text.strip()]
    name = row["name"]
    if len(name) == SHORTNAME and paragraphs and paragraphs[0].startswith(name):
        name = paragraphs.pop(0)
    return " ".join(html.unescape(name).split()), "\n".join(paragraphs), reader.levels


class _Paragraphs(HTMLParser):
    """The text of a description, paragraph by paragraph, and the level texts that we write as a list."""

    BREAKS = frozenset({"p", "div", "li", "br", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "tr", "td"})
    HIDDEN = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = [""]
        self.levels: dict[int, str] = {}
        self.in_levels = False
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "ul" and LEVELS_CLASS in (dict(attrs).get("class") or "").split():
            self.in_levels = True
        self.hidden += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN and self.hidden > 0
        if self.in_levels and tag == "li":
            if match := _LEVEL.fullmatch(self.paragraphs[-1].strip()):
                if int(match[1]) <= HIGHEST_LEVEL:
                    self.levels[int(match[1])] = " ".join(match[2].split())
                self.paragraphs.pop()
            self.paragraphs.append("")
        elif tag == "ul":
            self.in_levels = False
        if tag in self.BREAKS:
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.paragraphs[-1] = " ".join(f"{self.paragraphs[-1]}{data}".split()) + (" " if data[-1:].isspace() else "")
