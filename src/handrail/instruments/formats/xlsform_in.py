"""XLSForm workbooks in: what we use of the standard is read, everything else is refused with its row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handrail.instruments.formats.field_tools import field_tool_problems
from handrail.instruments.formats.form import (
    GROUP,
    INTEGER,
    NOTE,
    SELECT_MULTIPLE,
    SELECT_ONE,
    Form,
    FormProblem,
    Item,
)
from handrail.instruments.formats.xlsform_columns import CHOICES, SETTINGS, SURVEY, Column, table_of
from handrail.instruments.formats.xlsform_sheets import NAME_LENGTH, Sheets
from handrail.instruments.formats.xlsform_words import META, TYPES, missing_sheet, type_remedy
from handrail.kit.errors import RuleBroken
from handrail.kit.files import Rows, read_workbook
from handrail.kit.text import _

MAX_ROWS, MAX_COLUMNS = 3_000, 120
DEEPEST = 5
EXPRESSION_LENGTH = 2_000
_NAME = re.compile(r"[^\W\d][\w.-]*")
_SELECT = re.compile(r"(?i)select[ _]?(?:one|1|(?P<many>multiple|all[ _]that[ _]apply))(?:[ _]from)? (?P<list>.+)")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True)
class Reading:
    """A form, None where it has errors, and everything that is to be said about the workbook."""

    form: Form | None
    problems: tuple[FormProblem, ...]

    @property
    def errors(self) -> tuple[FormProblem, ...]:
        """What keeps the form from being used."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[FormProblem, ...]:
        """What is to be looked at although the form can be used."""
        return tuple(problem for problem in self.problems if not problem.is_error)


def read_xlsform(data: bytes, *, name: str, language: str = "sv") -> Reading:
    """The questionnaire in an XLSForm workbook; `language` is that of labels whose column names none.

    Raises RuleBroken (field "file") when the file is no workbook or has no survey sheet. What is wrong inside comes as problems.
    """
    sheets = read_workbook(data, name=name, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    return read_sheets(sheets, name=name, language=language)


def read_sheets(sheets: Mapping[str, Rows], *, name: str = "", language: str = "sv") -> Reading:
    """The questionnaire in the sheets of a workbook, given as plain rows."""
    by_name = {title.strip().casefold(): rows for title, rows in sheets.items()}
    if "survey" not in by_name or not table_of(by_name["survey"]).rows:
        raise RuleBroken(missing_sheet(list(sheets)), field="file")
    survey, choices, settings = (table_of(by_name.get(title, [])) for title in ("survey", "choices", "settings"))
    reader = _Reader(survey, choices, settings)
    form = reader.read(name, language)
    if not reader.has_errors:
        reader.problems += field_tool_problems({title: by_name.get(title, []) for title in ("survey", "choices", "settings")})
    problems = tuple(sorted(reader.problems, key=lambda p: (("survey", "choices", "settings").index(p.sheet), p.row)))
    return Reading(None if reader.has_errors else form, problems)


@dataclass
class _Open:
    """A group that is not yet closed."""

    item: Item | None
    items: list[Item] = field(default_factory=list)


class _Reader(Sheets):
    """Reads the questions, then looks at the form as a whole."""

    def read(self, file_name: str, language: str) -> Form:
        settings = {column.base: text for _row, cells in self.settings.rows[:1] for column, text in cells.items()}
        default = self.read_languages(settings.get("default_language", ""), language)
        self.check_columns("survey", self.survey, SURVEY)
        self.check_columns("choices", self.choices, CHOICES)
        self.check_columns("settings", self.settings, SETTINGS)
        self.read_choices()
        items = self.read_items()
        form_id = (
            settings.get("form_id") or re.sub(r"[^\w.-]+", "_", file_name.rpartition(".")[0] or file_name).strip("_") or "form"
        )
        form = Form(
            title=settings.get("form_title") or form_id,
            id=form_id[:NAME_LENGTH],
            version=settings.get("version", "")[:NAME_LENGTH],
            languages=tuple({language.code: language for language in self.languages.values()}.values()),
            default_language=default,
            items=tuple(items),
        )
        self.check_references(form)
        self.check_translations(form)
        for unused in set(self.lists) - self.used:
            row = next(number for number, cells in self.choices.rows if self.first(cells, "list_name") == unused)
            self.say("choices", row, "list_name", "list_unused", _("No question uses the list %(name)s.") % {"name": unused},
                     _("Delete it, or correct the name in the question's type."), is_error=False)  # fmt: skip
        return form

    # questions

    def read_items(self) -> list[Item]:
        stack = [_Open(None)]
        for row, cells in self.survey.rows:
            kind_text = self.first(cells, "type")
            if not kind_text:
                if self.first(cells, "name") or self.texts("survey", row, cells, "label"):
                    self.say("survey", row, "type", "type_missing", _("The row has no type."), type_remedy())
                continue
            kind, list_name = self.kind(row, kind_text)
            if kind == "end_group":
                if len(stack) == 1:
                    self.say("survey", row, "type", "group_end", _("The group ends without having begun."),
                             _("Delete the row, or add begin_group where the group begins."))  # fmt: skip
                    continue
                closed = stack.pop()
                assert closed.item is not None  # only the bottom of the stack has none
                stack[-1].items.append(replace(closed.item, items=tuple(closed.items)))
            elif kind:
                item = self.item(row, cells, kind, list_name)
                if kind != GROUP:
                    stack[-1].items.append(item)
                else:
                    stack.append(_Open(item))
                    if len(stack) > DEEPEST + 1:
                        self.say("survey", row, "type", "group_depth", _("The groups lie too deep in each other."),
                                 _("Use at most %(limit)d groups within each other.") % {"limit": DEEPEST})  # fmt: skip
        for still in stack[1:]:
            assert still.item is not None
            self.say("survey", still.item.row, "type", "group_open", _("The group %(name)s is not closed.") % {"name": still.item.name},
                     _("Add a row with end_group after its last question."))  # fmt: skip
        if not any(item.is_question for top in stack[0].items for item in top.walk()) and not self.has_errors:
            self.say(
                "survey",
                self.survey.rows[0][0],
                "type",
                "no_questions",
                _("The form asks nothing."),
                _("Add at least one question."),
            )
        return stack[0].items

    def kind(self, row: int, text: str) -> tuple[str, str]:
        """What a type stands for, and its list of choices; ("", "") when it is refused."""
        plain = " ".join(text.replace("_", " ").casefold().split())
        if plain in TYPES:
            return TYPES[plain], ""
        if match := _SELECT.fullmatch(" ".join(text.split())):
            return self.select(row, text, SELECT_MULTIPLE if match["many"] else SELECT_ONE, match["list"])
        shown = {"type": text[:60]}
        if plain in META:
            self.say("survey", row, "type", "type_meta", _("The type %(type)s records the device or the time by itself; that is not collected here.") % shown,
                     _("Delete the row. When an answer arrived is known anyway."))  # fmt: skip
        else:
            self.say("survey", row, "type", "type", _("The type %(type)s is not used here.") % shown, type_remedy(plain))
        return "", ""

    def select(self, row: int, text: str, kind: str, list_name: str) -> tuple[str, str]:
        if " " in list_name:
            self.say("survey", row, "type", "type", _("The type %(type)s is not used here.") % {"type": text[:60]},
                     _("Write only the list after the type; for “other”, add a choice and a text question with relevant."))  # fmt: skip
        elif list_name not in self.lists:
            self.say("survey", row, "type", "list_missing", _("The list %(name)s is not in the sheet choices.") % {"name": list_name[:60]},
                     _("Add its choices there, or correct the name."))  # fmt: skip
        self.used.add(list_name)
        return kind, list_name

    def item(self, row: int, cells: Mapping[Column, str], kind: str, list_name: str) -> Item:
        name = self.first(cells, "name")
        self.check_name(row, name)
        labels = self.texts("survey", row, cells, "label")
        if not labels and kind != GROUP:
            self.say(
                "survey",
                row,
                "label",
                "label_missing",
                _("%(name)s has no label.") % {"name": name[:60] or kind},
                _("Write what people are to read."),
            )
        choices = tuple(self.lists.get(list_name, ()))
        item = Item(
            kind=kind, name=name, labels=labels, row=row, list_name=list_name, choices=choices,
            hints=self.texts("survey", row, cells, "hint"),
            relevant=self.expression(row, cells, "relevant"),
            required=self.required(row, cells),
            required_messages=self.texts("survey", row, cells, "required_message"),
            constraint=self.expression(row, cells, "constraint"),
            constraint_messages=self.texts("survey", row, cells, "constraint_message"),
            appearance=self.first(cells, "appearance")[:NAME_LENGTH],
            competence=self.first(cells, "competence")[:NAME_LENGTH],
        )  # fmt: skip
        if item.competence and kind not in {SELECT_ONE, INTEGER}:
            self.say("survey", row, "competence", "competence", _("Only select_one and integer questions can give a level of competence."),
                     _("Empty the cell, or change the type of the question."))  # fmt: skip
        elif item.competence and kind == SELECT_ONE and not any(choice.level is not None for choice in choices):
            self.say("survey", row, "competence", "competence_levels", _("No choice of the list %(name)s stands for a level.") % {"name": list_name},
                     _("Write the levels in the column level of the sheet choices."))  # fmt: skip
        if kind in {GROUP, NOTE} and (item.constraint or item.required):
            self.say("survey", row, "constraint" if item.constraint else "required", "not_a_question",
                     _("Nobody answers a group or a note, so nothing can be required of it."), _("Empty the cell."), is_error=False)  # fmt: skip
            item = replace(item, constraint="", required="", constraint_messages={}, required_messages={})
        return item

    def check_name(self, row: int, name: str) -> None:
        if not name:
            self.say(
                "survey",
                row,
                "name",
                "name_missing",
                _("The row has no name."),
                _("Write a short name without spaces, such as years_in_job."),
            )
        elif not _NAME.fullmatch(name) or len(name) > NAME_LENGTH or name.casefold() == "meta":
            self.say("survey", row, "name", "name", _("The name %(name)s cannot be used.") % {"name": name[:60]},
                     _("Begin with a letter and use letters, digits, - _ and . without spaces."))  # fmt: skip
        elif name in self.names:
            self.say("survey", row, "name", "name_twice", _("The name %(name)s is used in row %(row)d as well.") % {"name": name, "row": self.names[name]},
                     _("Give every question and group a name of its own."))  # fmt: skip
        else:
            self.names[name] = row

    def expression(self, row: int, cells: Mapping[Column, str], base: str) -> str:
        text = " ".join(self.first(cells, base).translate(_QUOTES).split())
        if len(text) > EXPRESSION_LENGTH:
            self.say("survey", row, base, "too_long", _("The expression is too long."),
                     _("Write at most %(limit)d characters.") % {"limit": EXPRESSION_LENGTH})  # fmt: skip
            return ""
        return text

    def required(self, row: int, cells: Mapping[Column, str]) -> str:
        text = self.expression(row, cells, "required")
        if text.casefold() in {"yes", "true", "true()", "ja", "1"}:
            return "true()"
        return "" if text.casefold() in {"no", "false", "false()", "nej", "0"} else text

    # what only the whole form shows

    def check_references(self, form: Form) -> None:
        kinds = {item.name: item for item in form.walk()}
        for item in form.walk():
            places: list[tuple[str, str]] = [
                ("relevant", item.relevant),
                ("constraint", item.constraint),
                ("required", item.required),
            ]
            for column, texts in (("label", item.labels), ("hint", item.hints), ("constraint_message", item.constraint_messages)):
                places += [(column, text) for text in texts.values()]
            reported = set()
            for column, text in places:
                for reference in _REFERENCE.findall(text):
                    name = reference.strip()
                    target = kinds.get(name)
                    if (column, name) in reported or (target and target.is_question):
                        continue
                    reported.add((column, name))
                    self.say("survey", item.row, column, "reference",
                             _("%(name)s is not a question of this form.") % {"name": "${" + name[:60] + "}"} if not target
                             else _("%(name)s is a group or a note and has no answer.") % {"name": "${" + name[:60] + "}"},
                             _("Correct the name in the brackets, or add the question."))  # fmt: skip

    def check_translations(self, form: Form) -> None:
        codes = [language.code for language in form.languages]
        names = {language.code: language.name for language in form.languages}
        labelled = [("survey", item.row, item.name, item.labels) for item in form.walk() if item.labels]
        for _row, cells in self.choices.rows:
            labelled.append(("choices", _row, self.first(cells, "name"), self.texts("choices", _row, cells, "label")))
        for sheet, row, name, labels in labelled:
            missing = [names[code] for code in codes if code not in labels]
            if missing and labels:
                self.say(sheet, row, "label", "translation_missing",
                         _("%(name)s has no label in %(languages)s.") % {"name": name[:60], "languages": ", ".join(missing)},
                         _("Write it, or people read it in another language."), is_error=False)  # fmt: skip
