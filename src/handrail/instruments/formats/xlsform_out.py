"""XLSForm workbooks out, as ODK, Kobo and Handrail itself read them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from handrail.instruments.formats.form import GROUP, SELECT_MULTIPLE, SELECT_ONE, Form, Item, Texts
from handrail.kit.files import new_workbook

Row = list[str | int]


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
    items = list(form.walk())
    used = {
        "hint": any(item.hints for item in items),
        "required_message": any(item.required_messages for item in items),
        "constraint_message": any(item.constraint_messages for item in items),
    }
    translated = ["label", *(column for column, is_used in used.items() if is_used)]
    headers = [f"{column}::{name}" for column in translated for _code, name in named]
    survey: list[Row] = [["type", "name", *headers, "relevant", "required", "constraint", "appearance", "competence"]]
    for item in form.items:
        survey += _survey_rows(item, translated, [code for code, _name in named])
    choices: list[Row] = [["list_name", "name", *(f"label::{name}" for _code, name in named), "level"]]
    written: set[str] = set()
    for item in items:
        if item.list_name and item.list_name not in written:
            written.add(item.list_name)
            for choice in item.choices:
                labels = [choice.labels.get(code, "") for code, _name in named]
                choices.append([item.list_name, choice.name, *labels, "" if choice.level is None else choice.level])
    default = dict(named).get(form.default_language, form.default_language)
    settings: list[Row] = [
        ["form_title", "form_id", "version", "default_language"],
        [form.title, form.id, form.version, default],
    ]
    return {"survey": survey, "choices": choices, "settings": settings}


def _survey_rows(item: Item, translated: list[str], codes: list[str]) -> Iterator[Row]:
    texts: dict[str, Texts] = {
        "label": item.labels,
        "hint": item.hints,
        "required_message": item.required_messages,
        "constraint_message": item.constraint_messages,
    }
    kind = {
        GROUP: "begin_group",
        SELECT_ONE: f"select_one {item.list_name}",
        SELECT_MULTIPLE: f"select_multiple {item.list_name}",
    }
    required = "yes" if item.required == "true()" else item.required
    yield [
        kind.get(item.kind, item.kind),
        item.name,
        *(texts[column].get(code, "") for column in translated for code in codes),
        item.relevant,
        required,
        item.constraint,
        item.appearance,
        item.competence,
    ]
    if item.kind == GROUP:
        for inner in item.items:
            yield from _survey_rows(inner, translated, codes)
        yield ["end_group", *[""] * (len(translated) * len(codes) + 6)]
