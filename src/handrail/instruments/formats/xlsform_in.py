"""XLSForm workbooks in: every row is read, and whatever is passed over or refused is said with its row, cause and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handrail.instruments.formats.field_tools import field_tool_problems
from handrail.instruments.formats.form import Form, FormProblem
from handrail.instruments.formats.xlsform_checks import check_references, check_translations
from handrail.instruments.formats.xlsform_columns import CHOICES, SETTINGS, SURVEY, table_of
from handrail.instruments.formats.xlsform_rows import Reader
from handrail.instruments.formats.xlsform_sheets import NAME_LENGTH
from handrail.instruments.formats.xlsform_words import missing_sheet
from handrail.kit.errors import RuleBroken
from handrail.kit.files import Rows, read_delimited, read_workbook
from handrail.kit.text import _

MAX_ROWS, MAX_COLUMNS = 10_000, 120
SHEETS = ("survey", "choices", "settings")
YES = {"yes", "true", "true()", "1", "ja"}


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


def read_xlsform(data: bytes, *, name: str, language: str = "sv", files: Mapping[str, bytes] | None = None) -> Reading:
    """The questionnaire in an XLSForm workbook; `language` is that of labels whose column names none, `files` are tables beside it (.csv).

    Raises RuleBroken (field "file") when the file is no workbook or has no survey sheet. What is wrong inside comes as problems.
    """
    sheets = read_workbook(data, name=name, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    tables = {title: read_delimited(content) for title, content in (files or {}).items()}
    return read_sheets(sheets, name=name, language=language, files=tables)


def read_sheets(sheets: Mapping[str, Rows], *, name: str = "", language: str = "sv", files: Mapping[str, Rows] | None = None) -> Reading:
    """The questionnaire in the sheets of a workbook, given as plain rows."""
    by_name = {title.strip().casefold(): rows for title, rows in sheets.items()}
    if "survey" not in by_name or not table_of(by_name["survey"]).rows:
        raise RuleBroken(missing_sheet(list(sheets)), field="file")
    survey, choices, settings = (table_of(by_name.get(title, [])) for title in SHEETS)
    tables = {**by_name, **{title.strip().casefold(): rows for title, rows in (files or {}).items()}}
    reader = Reader(survey, choices, settings, tables=tables)
    form = _form(reader, name, language)
    if not reader.has_errors:
        reader.problems += field_tool_problems({title: by_name[title] for title in (*SHEETS, "external_choices") if title in by_name})
    problems = tuple(sorted(reader.problems, key=lambda p: (SHEETS.index(p.sheet), p.row)))
    return Reading(None if reader.has_errors else form, problems)


def _form(reader: Reader, file_name: str, language: str) -> Form:
    settings = {column.base: text for _row, cells in reader.settings.rows[:1] for column, text in cells.items()}
    reader.has_twins = settings.get("allow_choice_duplicates", "").casefold() in YES
    default = reader.read_languages(settings.get("default_language", ""), language)
    reader.check_columns("survey", reader.survey, SURVEY)
    reader.check_columns("choices", reader.choices, (*CHOICES, *(header.casefold() for header in reader.filter_columns())))
    reader.check_columns("settings", reader.settings, SETTINGS)
    reader.read_choices()
    items = reader.read_items()
    form_id = settings.get("form_id") or re.sub(r"[^\w.-]+", "_", file_name.rpartition(".")[0] or file_name).strip("_") or "form"
    form = Form(
        title=settings.get("form_title") or form_id,
        id=form_id[:NAME_LENGTH],
        version=settings.get("version", "")[:NAME_LENGTH],
        languages=tuple({language.code: language for language in reader.languages.values()}.values()),
        default_language=default,
        items=tuple(items),
        style=settings.get("style", "")[:NAME_LENGTH],
        instance_name=settings.get("instance_name", ""),
    )
    _check(reader, form)
    return form


def _check(reader: Reader, form: Form) -> None:
    check_references(reader, form)
    check_translations(reader, form)
    for unused in set(reader.lists) - reader.used:
        row = next((number for number, cells in reader.choices.rows if reader.first(cells, "list_name") == unused), 0)
        reader.say("choices", row, "list_name", "list_unused", _("No question uses the list %(name)s.") % {"name": unused},
                   _("Delete it, or correct the name in the question's type."), is_error=False)  # fmt: skip
