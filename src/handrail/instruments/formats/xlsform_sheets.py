"""The sheets of an XLSForm workbook as far as they are the same for every question: columns, languages, lists of choices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.instruments.formats.form import Choice, FormProblem, Language
from handrail.instruments.formats.xlsform_columns import (
    CHOICES,
    HARMLESS,
    TRANSLATED,
    Column,
    Table,
    language_code,
    language_name,
    made_up_code,
)
from handrail.instruments.formats.xlsform_words import OTHER, SELECT
from handrail.kit.text import _

HIGHEST_LEVEL = 9
NAME_LENGTH = 100
TEXT_LENGTH = 5_000


@dataclass
class Sheets:
    """The sheets, what was found in them so far, and everything that is to be said about them."""

    survey: Table
    choices: Table
    settings: Table
    problems: list[FormProblem] = field(default_factory=list)
    languages: dict[str, Language] = field(default_factory=dict)  # header's name → language
    default: str = ""
    names: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    has_twins: bool = False  # the settings allow a list to have choices of the same name

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def say(self, sheet: str, row: int, column: str, code: str, cause: Any, remedy: Any, *, is_error: bool = True) -> None:
        self.problems.append(FormProblem(sheet, row, column, code, str(cause), str(remedy), is_error))

    # columns and languages

    def read_languages(self, wanted: str, fallback: str) -> str:
        columns = [("survey", c) for c in self.survey.columns] + [("choices", c) for c in self.choices.columns]
        default = language_code(wanted) or fallback
        for sheet, column in columns:
            if column.base not in TRANSLATED or column.language in self.languages:
                continue
            code = language_code(column.language) if column.language else default
            if not code:
                code = made_up_code(column.language, len(self.languages) + 1)
                self.say(sheet, 1, column.header, "language", _("The language %(name)s is not known.") % {"name": column.language},
                         _("Write its code in brackets, for example label::Svenska (sv), so that it is read aloud and turned rightly."), is_error=False)  # fmt: skip
            name = column.language.rpartition("(")[0].strip() or column.language
            self.languages[column.language] = Language(code, language_name(code) if name in {"", code} else name)
        codes = [language.code for language in self.languages.values()]
        if wanted in self.languages:
            default = self.languages[wanted].code
        elif wanted and default not in codes and codes:
            self.say("settings", 2, "default_language", "default_language",
                     _("No column is in the default language %(name)s.") % {"name": wanted},
                     _("Name one of the languages of the label columns."))  # fmt: skip
        self.default = default if default in codes or not codes else codes[0]
        return self.default

    def check_columns(self, sheet: str, table: Table, known: tuple[str, ...]) -> None:
        """Say what is not read; nothing is refused for it, as forms carry columns for many tools."""
        for column in table.columns:
            if column.base in known or column.base in HARMLESS:
                continue
            row = next((number for number, cells in table.rows if column in cells), 0)
            if row:
                self.say(sheet, row, column.header, "column", _("The column %(name)s is not read.") % {"name": column.header},
                         _("Nothing needs to be done if the form works without it."), is_error=False)  # fmt: skip
        for needed in (
            ("type", "name") if sheet == "survey" else ("list_name", "name") if sheet == "choices" and table.rows else ()
        ):
            if not table.has(needed):
                self.say(sheet, 1, needed, "column_missing", _("The column %(name)s is missing.") % {"name": needed},
                         _("Add the column, or correct its header."))  # fmt: skip

    @staticmethod
    def first(cells: Mapping[Column, str], base: str) -> str:
        return next((text for column, text in cells.items() if column.base == base), "")

    def texts(self, sheet: str, row: int, cells: Mapping[Column, str], base: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, text in cells.items():
            if column.base == base and column.language in self.languages:
                if len(text) > TEXT_LENGTH:
                    self.say(sheet, row, column.header, "too_long", _("The text is too long."),
                             _("Write at most %(limit)d characters.") % {"limit": TEXT_LENGTH})  # fmt: skip
                found.setdefault(self.languages[column.language].code, text)
        return found

    # choices

    def filter_columns(self) -> set[str]:
        """The columns of choices that some choice_filter names; the others are not read."""
        words: set[str] = set()
        for _row, cells in self.survey.rows:
            words |= set(re.findall(r"[^\W\d][\w.-]*", self.first(cells, "choice_filter")))
        return {column.header for column in self.choices.columns if column.base not in CHOICES and column.header in words}

    def read_choices(self) -> None:
        seen: dict[tuple[str, str], int] = {}
        filters = self.filter_columns()
        for row, cells in self.choices.rows:
            list_name, name = self.first(cells, "list_name"), self.first(cells, "name")
            if not list_name or not name:
                if list_name or name or self.texts("choices", row, cells, "label"):
                    self.say("choices", row, "name" if list_name else "list_name", "choice_name",
                             _("The choice has no name.") if list_name else _("The choice belongs to no list."),
                             _("Write a short name for the answer in the column name, and its list in list_name."))  # fmt: skip
                continue
            if any(c.isspace() for c in name) or len(name) > NAME_LENGTH:
                self.say("choices", row, "name", "choice_name_spaces", _("The name of the choice has spaces or is too long."),
                         _("Write a short name without spaces, such as very_good; the text that people see stands in label."))  # fmt: skip
            if (list_name, name) in seen and not self.has_twins:
                self.say("choices", row, "name", "choice_twice",
                         _("The list %(list)s has the choice %(name)s twice, also in row %(row)d.") % {"list": list_name, "name": name, "row": seen[list_name, name]},
                         _("Give every choice of a list a name of its own, or write yes in allow_choice_duplicates in the sheet settings."))  # fmt: skip
                continue
            seen[list_name, name] = row
            labels = self.texts("choices", row, cells, "label")
            if not labels:
                self.say("choices", row, "label", "label_missing", _("The choice has no label."),
                         _("Write what people are to read; until then they read its name."), is_error=False)  # fmt: skip
            extra = {column.header: text for column, text in cells.items() if column.header in filters}
            images = self.texts("choices", row, cells, "image")
            choice = Choice(name, labels, self.level(row, self.first(cells, "level")), extra, images)
            self.lists.setdefault(list_name, []).append(choice)
        for _row, cells in self.survey.rows:  # “other” is added to a list wherever it is used, as the field's tools do
            match = SELECT.fullmatch(" ".join(self.first(cells, "type").split()))
            if match and match["other"] and match["list"] in self.lists:
                self.add_other(self.lists[match["list"]])

    def add_other(self, choices: list[Choice]) -> None:
        if all(choice.name != "other" for choice in choices):
            choices.append(Choice("other", self.other_words(0)))

    def other_words(self, which: int) -> dict[str, str]:
        """“Other” or “please say which” in the languages of the form."""
        codes = {language.code for language in self.languages.values()}
        return {code: OTHER.get(code.split("-")[0], OTHER["en"])[which] for code in codes}

    def level(self, row: int, text: str) -> int | None:
        if not text:
            return None
        if not re.fullmatch(r"\d", text) or int(text) > HIGHEST_LEVEL:
            self.say("choices", row, "level", "level", _("The level is not a whole number from 0 to 9."),
                     _("Write the level that the answer stands for, or leave the cell empty."))  # fmt: skip
            return None
        return int(text)
