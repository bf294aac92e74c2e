"""Lists of choices that stand elsewhere: in a table beside the workbook (.csv), or in a sheet of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from handrail.instruments.formats.form import Choice
from handrail.instruments.formats.xlsform_columns import Column, Table, table_of
from handrail.instruments.formats.xlsform_sheets import NAME_LENGTH
from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats.xlsform_rows import Reader


def read_list(reader: Reader, row: int, named: str, source: str, parameters: Mapping[str, str], choice_filter: str) -> str:
    """Read the choices that a question takes from a file or another sheet; answers the name of their list here."""
    stem = re.sub(r"[^\w.-]+", "_", named.rpartition(".")[0] or named)
    if named in reader.used and stem in reader.lists:
        return stem
    rows = reader.tables.get(named.casefold(), reader.tables.get(stem.casefold())) if source == "from file" else reader.tables.get("external_choices")
    if rows is None or (source == "from file" and not named.casefold().endswith(".csv")):
        reader.say("survey", row, "type", "list_file",
                   _("The choices stand in %(name)s, which did not come with the workbook.") % {"name": named[:60] if source == "from file" else "external_choices"},
                   _("Put the choices in the sheet choices and use select_one with choice_filter, or add the table as a sheet with the name of the file."))  # fmt: skip
        return stem
    table = table_of(rows)
    words = set(re.findall(r"[^\W\d][\w.-]*", choice_filter))
    name_column, label_column = parameters.get("value", "name"), parameters.get("label", "label")
    found: dict[str, Choice] = {}
    for number, cells in table.rows:
        by_header = {column.header: text for column, text in cells.items()} | {column.base: text for column, text in cells.items()}
        if source == "external" and by_header.get("list_name") != named:
            continue
        name = by_header.get(name_column, "")
        if not name or any(c.isspace() for c in name) or len(name) > NAME_LENGTH:
            reader.say("survey", row, "type", "list_file_row",
                       _("Row %(row)d of %(name)s has no usable name.") % {"row": number, "name": named[:60]},
                       _("Write a short name without spaces in its column name."))  # fmt: skip
            break
        labels = _labels(reader, table, number, cells, label_column) or {reader.default: by_header.get(label_column, name)}
        found.setdefault(name, Choice(name, labels, None, {word: by_header[word] for word in sorted(words & by_header.keys())}))
    if not found:
        reader.say("survey", row, "type", "list_file", _("There are no choices for this question in %(name)s.") % {"name": named[:60]},
                   _("Add them, or correct the name."))  # fmt: skip
    reader.lists[stem] = list(found.values())
    return stem


def _labels(reader: Reader, table: Table, row: int, cells: Mapping[Column, str], base: str) -> dict[str, str]:
    return reader.texts("choices", row, cells, base) if any(column.language for column in table.columns) else {}
