"""A codebook as a table: one row a code, a column for each language, for whoever writes codes in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

PATH = " > "
MOST = 2_000
_COLUMN = re.compile(r"(name|description)[ _:]+([a-z]{2,3}(?:-[a-z]{2,4})?)", re.IGNORECASE)


@dataclass(frozen=True)
class TableCode:
    """A row: where the code stands (names above it, its own last), its words by language."""

    path: tuple[str, ...]
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    colour: str = ""
    is_codable: bool = True
    memo: str = ""


def to_rows(codes: Sequence[TableCode], languages: Sequence[str]) -> list[list[str]]:
    """The table with its head."""
    head = ["code", *(f"name {one}" for one in languages), *(f"description {one}" for one in languages), "colour", "codable", "memo"]
    return [head, *(
        [
            PATH.join(one.path), *(one.names.get(language, "") for language in languages), *(one.descriptions.get(language, "") for language in languages),
            one.colour, "yes" if one.is_codable else "no", one.memo,
        ]
        for one in codes
    )]  # fmt: skip


def from_rows(rows: Sequence[Sequence[str]]) -> list[TableCode]:
    """The codes of a table with a head as `to_rows` writes it. Raises RuleBroken (field "file")."""
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "code" not in head:
        raise RuleBroken(_("The first row must hold the names of the columns, one of them “code”. Download the codebook to see how."), field="file")
    if len(rows) > MOST:
        raise RuleBroken(_("More than %(most)d codes are no codebook. Bring in fewer.") % {"most": MOST}, field="file")
    found = []
    for row in rows[1:]:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        path = tuple(part.strip() for part in cells.get("code", "").split(PATH.strip()) if part.strip())
        if not path:
            continue
        texts: dict[str, dict[str, str]] = {"name": {}, "description": {}}
        for name, value in cells.items():
            if value and (column := _COLUMN.fullmatch(name)):
                texts[column.group(1)][column.group(2)] = value
        colour = cells.get("colour", "")
        found.append(TableCode(
            path, texts["name"], texts["description"], colour.upper() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else "",
            cells.get("codable", "yes").casefold() not in {"no", "false", "0"}, cells.get("memo", ""),
        ))  # fmt: skip
    return found
