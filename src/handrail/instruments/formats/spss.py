"""SPSS syntax that reads an export with its names, labels and values. It is text: SPSS and the free PSPP both run it, and no library is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from handrail.instruments.formats.answer_columns import MAIN, Column, labels_of, tables_of, text_in
from handrail.instruments.formats.form import ACKNOWLEDGE, DATE, INTEGER, RANK, SELECT_ONE, TEXT, Form
from handrail.kit.files import write_delimited

LONGEST_TEXT, LONGEST_NAME, LABEL = 2_000, 60, 120
_END = [("_uuid", "A64"), ("_submission_time", "A32"), ("_index", "F8.0")]
# Words that SPSS keeps for itself (SPSS Statistics, Command Syntax Reference, Variable names).
_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


def write_spss_data(sheet: Iterable[Iterable[Any]]) -> bytes:
    """The sheet of an export that `write_spss` reads: as CSV, comma between, decimal point."""
    return write_delimited([list(row) for row in sheet])


def write_spss(form: Form, *, language: str = "", file_name: str = "answers.csv", table: str = MAIN, more: Iterable[str] = ()) -> str:
    """The syntax for one table of an export (values as stored): reads the CSV, names and labels every variable."""
    chosen = next(one for one in tables_of(form) if one.name == table)
    end = _END if table == MAIN else [("_index", "F8.0"), ("_parent_table_name", "A64"), ("_parent_index", "F8.0"), ("_submission__uuid", "A64")]
    columns = [(column.name, column, _format(column)) for column in chosen.columns]
    names = _names([name for name, _column, _kind in columns] + [name for name, _kind in end] + list(more))
    kinds = [kind for _name, _column, kind in columns] + [kind for _name, kind in end] + ["A200" for _name in more]
    lines = [
        "* Encoding: UTF-8.", "SET DECIMAL=DOT.", f"GET DATA /TYPE=TXT /FILE={_quoted(file_name)} /ENCODING='UTF8' /ARRANGEMENT=DELIMITED",
        "  /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES=",
        *(f"    {name} {kind}" for name, kind in zip(names, kinds, strict=True)), "  .", "VARIABLE LABELS",
        *(f"  {name} {_quoted(_label(form, column, language) or column.name)}" for name, (_n, column, _kind) in zip(names, columns, strict=False)), "  .",
    ]  # fmt: skip
    for name, (_n, column, kind) in zip(names, columns, strict=False):
        lines += _value_labels(name, _values(form, column, language), is_text=kind.startswith("A"))
    return "\n".join([*lines, "EXECUTE.", ""])


def _format(column: Column) -> str:
    item = column.item
    if column.choice is not None or item.kind == INTEGER or (item.kind == SELECT_ONE and _is_coded(column)):
        return "F10.0"
    if column.is_number:
        return "F18.6"
    if item.kind == DATE:
        return "SDATE10"
    if item.kind in {SELECT_ONE, ACKNOWLEDGE}:
        return f"A{max([8, *(len(choice.name.encode()) for choice in item.choices)])}"
    return f"A{LONGEST_TEXT if item.kind in {TEXT, RANK} else 500}"


def _is_coded(column: Column) -> bool:
    """Whether every choice has a whole number as its name, as codebooks like it."""
    return bool(column.item.choices) and all(re.fullmatch(r"-?\d{1,9}", choice.name) for choice in column.item.choices)


def _values(form: Form, column: Column, language: str) -> Mapping[str, str]:
    if column.choice is not None:
        return {"0": "0", "1": text_in(form, column.choice.labels, language) or column.choice.name}
    return labels_of(form, column.item, language) if column.item.kind == SELECT_ONE else {}


def _value_labels(name: str, values: Mapping[str, str], *, is_text: bool) -> list[str]:
    if not values:
        return []
    shown = ((_quoted(value) if is_text else value, _quoted(label)) for value, label in values.items())
    return [f"VALUE LABELS {name}", *(f"  {value} {label}" for value, label in shown), "  ."]


def _label(form: Form, column: Column, language: str) -> str:
    text = text_in(form, column.item.labels, language)
    return f"{text}: {text_in(form, column.choice.labels, language) or column.choice.name}" if column.choice else text


def _names(names: Iterable[str]) -> list[str]:
    """Names that SPSS takes: a letter first, letters, digits and _, at most 64 bytes, each once."""
    found: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name).strip("_") or "v"
        plain = f"v_{plain}" if not plain[0].isalpha() or plain.casefold() in _RESERVED else plain
        short, number = _cut(plain, LONGEST_NAME - 6), 2
        unique = short
        while unique.casefold() in {one.casefold() for one in found}:
            unique, number = f"{short}_{number}", number + 1
        found.append(unique)
    return found


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip("_")


def _quoted(text: str) -> str:
    """A text in quotation marks, in one line, so that nothing in it is a command."""
    return "'" + _cut(" ".join(text.split()), LABEL).replace("'", "''") + "'"
