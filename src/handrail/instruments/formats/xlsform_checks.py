"""What only the whole form shows: names in brackets that nothing answers to, and texts that are missing in a language."""

from __future__ import annotations

import re

from handrail.instruments.formats.form import Form, Item
from handrail.instruments.formats.xlsform_sheets import Sheets
from handrail.kit.text import _

REFERENCE = re.compile(r"\$\{([^}]*)\}")


def check_references(sheets: Sheets, form: Form) -> None:
    """Every ${name} is a question, a calculation or a repeat of this form."""
    kinds = {item.name: item for item in form.walk()}
    for item in form.walk():
        reported = set()
        for column, text in _places(item):
            for reference in REFERENCE.findall(text):
                name = reference.strip()
                target = kinds.get(name)
                if (column, name) in reported or (target and (target.has_value or target.kind == "repeat")):
                    continue
                reported.add((column, name))
                sheets.say("survey", item.row, column, "reference",
                           _("%(name)s is not a question of this form.") % {"name": "${" + name[:60] + "}"} if not target
                           else _("%(name)s is a group or a note and has no answer.") % {"name": "${" + name[:60] + "}"},
                           _("Correct the name in the brackets, or add the question."))  # fmt: skip


def check_translations(sheets: Sheets, form: Form) -> None:
    """What has a label has one in every language of the form."""
    codes = [language.code for language in form.languages]
    names = {language.code: language.name for language in form.languages}
    labelled = [("survey", item.row, item.name, item.labels) for item in form.walk() if item.labels]
    for _row, cells in sheets.choices.rows:
        labelled.append(("choices", _row, sheets.first(cells, "name"), sheets.texts("choices", _row, cells, "label")))
    for sheet, row, name, labels in labelled:
        missing = [names[code] for code in codes if code not in labels]
        if missing and labels:
            sheets.say(sheet, row, "label", "translation_missing",
                       _("%(name)s has no label in %(languages)s.") % {"name": name[:60], "languages": ", ".join(missing)},
                       _("Write it, or people read it in another language."), is_error=False)  # fmt: skip


def _places(item: Item) -> list[tuple[str, str]]:
    places = [
        ("relevant", item.relevant), ("constraint", item.constraint), ("required", item.required), ("calculation", item.calculation),
        ("choice_filter", item.choice_filter), ("repeat_count", item.repeat_count), ("default", item.default), ("readonly", item.readonly),
    ]  # fmt: skip
    texts = (
        ("label", item.labels), ("hint", item.hints), ("guidance_hint", item.guidance), ("constraint_message", item.constraint_messages),
        ("required_message", item.required_messages),
    )  # fmt: skip
    return places + [(column, text) for column, found in texts for text in found.values()]
