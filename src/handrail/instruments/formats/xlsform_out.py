"""XLSForm workbooks out, as ODK, Kobo and Handrail itself read them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from handrail.instruments.formats.form import DATETIME, FILE, GROUP, REPEAT, SELECTS, Form, Item, Texts
from handrail.kit.files import new_workbook

Row = list[str | int]
TRANSLATED = {
    "label": "labels", "hint": "hints", "guidance_hint": "guidance", "required_message": "required_messages",
    "constraint_message": "constraint_messages", "media::image": "images",
}  # fmt: skip
PLAIN = (
    "relevant", "required", "constraint", "appearance", "choice_filter", "calculation", "default", "readonly", "repeat_count", "parameters",
    "competence",
)  # fmt: skip
ALWAYS = ("label", "relevant", "required", "constraint", "appearance", "competence")


def write_xlsform(form: Form) -> bytes:
    """The form as a workbook with the sheets survey, choices and settings, our columns competence and level included."""
    out = io.BytesIO()
    book = new_workbook(out)
    strong, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for title, rows in to_sheets(form).items():
        sheet = book.add_worksheet(title)
        sheet.set_column(0, max(len(rows[0]) - 1, 0), 24, wrapped)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, index, cell)
                elif cell:
                    sheet.write_string(line, index, cell, strong if line == 0 else wrapped)
    book.close()
    return out.getvalue()


def to_sheets(form: Form) -> dict[str, list[Row]]:
    """The form as the rows of its three sheets."""
    named = [(language.code, f"{language.name} ({language.code})") for language in form.languages]
    codes = [code for code, _name in named]
    items = list(form.walk())
    translated = [column for column, name in TRANSLATED.items() if column in ALWAYS or any(getattr(item, name) for item in items)]
    plain = [column for column in PLAIN if column in ALWAYS or any(getattr(item, column) for item in items)]
    survey: list[Row] = [["type", "name", *(f"{column}::{name}" for column in translated for _code, name in named), *plain]]
    for item in form.items:
        survey += _survey_rows(item, translated, plain, codes)
    default = dict(named).get(form.default_language, form.default_language)
    settings: dict[str, str] = {"form_title": form.title, "form_id": form.id, "version": form.version, "default_language": default}
    settings |= {name: text for name, text in (("style", form.style), ("instance_name", form.instance_name)) if text}
    choices, has_twins = _choices(items, named)
    if has_twins:
        settings["allow_choice_duplicates"] = "yes"
    return {"survey": survey, "choices": choices, "settings": [list(settings), list(settings.values())]}


def type_of(item: Item) -> str:
    """An item's type as XLSForm writes it."""
    if item.kind in SELECTS:
        return f"{item.kind} {item.list_name}"
    return {GROUP: "begin_group", REPEAT: "begin_repeat", DATETIME: "dateTime", FILE: item.media or "file"}.get(item.kind, item.kind)


def _survey_rows(item: Item, translated: list[str], plain: list[str], codes: list[str]) -> Iterator[Row]:
    texts: dict[str, Texts] = {column: getattr(item, TRANSLATED[column]) for column in translated}
    values = {column: getattr(item, column) for column in plain}
    values["parameters"] = " ".join(f"{name}={value}" for name, value in item.parameters.items())
    for column in ("required", "readonly"):
        values[column] = "yes" if values.get(column) == "true()" else values.get(column, "")
    row: Row = [type_of(item), item.name, *(texts[column].get(code, "") for column in translated for code in codes)]
    yield [*row, *(values[column] for column in plain)]
    if item.holds_items:
        for inner in item.items:
            yield from _survey_rows(inner, translated, plain, codes)
        yield ["end_repeat" if item.kind == REPEAT else "end_group", *[""] * (len(row) + len(plain) - 1)]


def _choices(items: list[Item], named: list[tuple[str, str]]) -> tuple[list[Row], bool]:
    """The rows of the sheet choices, and whether a list has choices of the same name."""
    lists = {item.list_name: item.choices for item in items if item.list_name}
    every = [choice for choices in lists.values() for choice in choices]
    extra = list(dict.fromkeys(column for choice in every for column in choice.extra))
    images = any(choice.images for choice in every)
    header: Row = ["list_name", "name", *(f"label::{name}" for _code, name in named)]
    header += [f"media::image::{name}" for _code, name in named] if images else []
    rows: list[Row] = [[*header, *extra, "level"]]
    for list_name, choices in lists.items():
        for choice in choices:
            row: Row = [list_name, choice.name, *(choice.labels.get(code, "") for code, _name in named)]
            row += [choice.images.get(code, "") for code, _name in named] if images else []
            rows.append([*row, *(choice.extra.get(column, "") for column in extra), "" if choice.level is None else choice.level])
    return rows, any(len({choice.name for choice in choices}) < len(choices) for choices in lists.values())
