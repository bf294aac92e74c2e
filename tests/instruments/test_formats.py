"""XLSForm workbooks: what we use is read and written as the field's tools do, everything else is refused with its row."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from handrail.instruments import formats
from handrail.instruments.formats import Form, Item, Reading, from_json, read_sheets, read_xlsform, to_json, write_xlsform
from handrail.instruments.rules import form_problems
from handrail.kit.errors import RuleBroken

FILES = Path(__file__).parent.parent / "files"
SAMPLES = ["form-openpyxl.xlsx", "form-xlsxwriter.xlsx"]


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def sample(name: str = SAMPLES[0]) -> Form:
    reading = read_xlsform((FILES / name).read_bytes(), name=name)
    assert reading.problems == ()
    assert reading.form is not None
    return reading.form


def without_rows(form: Form) -> Form:
    def bare(item: Item) -> Item:
        return replace(item, row=0, items=tuple(bare(inner) for inner in item.items))

    return replace(form, items=tuple(bare(item) for item in form.items))


SHEETS: dict[str, list[list[Any]]] = {
    "survey": [
        ["type", "name", "label", "relevant", "competence"],
        ["begin_group", "g", "Grupp"],
        ["select_one l", "a", "Fråga a"],
        ["text", "b", "Fråga b", "${a} = '1'"],
        ["end_group"],
    ],
    "choices": [["list_name", "name", "label", "level"], ["l", "1", "Ett", 1.0], ["l", "2", "Två"]],
    "settings": [["form_title", "form_id"], ["F", "f"]],
}


def changed(sheet: str, row: int, cells: list[Any], *, insert: bool = False) -> Reading:
    """The small form with one row (as Excel counts) exchanged or put in."""
    sheets = deepcopy(SHEETS)
    if insert:
        sheets[sheet].insert(row - 1, cells)
    else:
        sheets[sheet][row - 1] = cells
    return read_sheets(sheets)


def said(reading: Reading) -> list[tuple[str, int, str, str]]:
    return [(p.sheet, p.row, p.column, p.code) for p in reading.problems]


@pytest.mark.parametrize("name", SAMPLES)
def test_both_writers_workbooks_give_the_same_form(name: str) -> None:
    form = sample(name)
    assert (form.title, form.id, form.version, form.default_language) == (
        "Kompetenskartläggning",
        "kartlaggning",
        "2018-04",
        "sv",
    )
    assert [(language.code, language.name) for language in form.languages] == [
        ("sv", "Svenska"),
        ("en", "English"),
        ("ar", "العربية"),
    ]
    assert [(item.kind, item.name, item.row) for item in form.walk()] == [
        ("group", "background", 2), ("integer", "years", 3), ("select_multiple", "meets", 4),
        ("group", "mapping", 6), ("note", "how", 7), ("select_one", "q_law", 8), ("text", "why", 9),
    ]  # fmt: skip
    law = next(item for item in form.questions() if item.name == "q_law")
    assert (law.competence, law.required, law.appearance) == ("K1", "true()", "minimal")
    assert [(choice.name, choice.labels["sv"], choice.level) for choice in law.choices] == [
        ("0", "Inte alls", 0),
        ("1", "Något", 1),
        ("dk", "Vet inte", None),
    ]
    assert form_problems(form) == []


def test_a_form_survives_json_and_the_workbook() -> None:
    form = sample()
    assert from_json(json.loads(json.dumps(to_json(form)))) == form
    again = read_xlsform(write_xlsform(form), name="x.xlsx")
    assert again.problems == ()
    assert again.form is not None
    assert without_rows(again.form) == without_rows(form)


def test_a_written_workbook_is_accepted_by_pyxform_itself() -> None:
    result = convert(io.BytesIO(write_xlsform(sample())), file_type=".xlsx")
    assert '<translation lang="Svenska (sv)" default="true()">' in result.xform
    assert "العربية" in result.xform
    assert result.warnings == [] or all("translation" in warning.lower() for warning in result.warnings)


@pytest.mark.parametrize(
    ("kind", "code", "remedy"),
    [
        ("osm", "type", "Use geopoint"),
        ("xml-external", "type", "sheet choices"),
        ("begin loop over l", "type", "Use text"),
        ("calculate", "calculation_missing", "Write the calculation"),
        ("select_one_from_file a.csv", "list_file", "as a sheet with the name of the file"),
        ("select_one_external a", "list_file", "sheet choices"),
        ("select_one missing", "list_missing", "Add its choices"),
        ("select_one", "type", "Use text"),
        ("end_repeat", "group_end", "Delete the row"),
    ],
)
def test_other_types_are_refused_with_their_row(kind: str, code: str, remedy: str) -> None:
    reading = changed("survey", 4, [kind, "x", "Fråga"], insert=True)
    assert reading.form is None
    assert said(reading)[0] == ("survey", 4, "calculation" if kind == "calculate" else "type", code)
    assert remedy in reading.errors[0].remedy


@pytest.mark.parametrize("kind", ["select_one l", "select one l", "select1 l", "select one from l", " select_one  l "])
def test_spellings_of_select_one_are_understood(kind: str) -> None:
    form = changed("survey", 3, [kind, "a", "Fråga"]).form
    assert form is not None
    assert [item.kind for item in form.questions()] == ["select_one", "text"]


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "expected"),
    [
        ("choices", 3, ["l", "1", "Två"], ("choices", 3, "name", "choice_twice")),
        ("choices", 3, ["l", "två ord", "Två"], ("choices", 3, "name", "choice_name_spaces")),
        ("choices", 3, ["l", None, "Två"], ("choices", 3, "name", "choice_name")),
        ("choices", 3, ["l", "2", "Två", "hög"], ("choices", 3, "level", "level")),
        ("choices", 3, ["l", "2", "Två", 1.5], ("choices", 3, "level", "level")),
        ("survey", 4, ["text", "a", "Fråga b"], ("survey", 4, "name", "name_twice")),
        ("survey", 4, ["text", "S3. Reg below5", "Fråga b"], ("survey", 4, "name", "name")),
        ("survey", 4, ["text", None, "Fråga b"], ("survey", 4, "name", "name_missing")),
        ("survey", 4, ["text", "b", None], ("survey", 4, "label", "label_missing")),
        ("survey", 4, [None, "b", "Fråga b"], ("survey", 4, "type", "type_missing")),
        ("survey", 4, ["text", "b", "Fråga b", "${c} = '1'"], ("survey", 4, "relevant", "reference")),
        ("survey", 4, ["text", "b", "Fråga ${g}"], ("survey", 4, "label", "reference")),
        ("survey", 4, ["text", "b", "Fråga b", None, "K1"], ("survey", 4, "competence", "competence")),
        ("survey", 5, ["note", "n", "Slut"], ("survey", 2, "type", "group_open")),
    ],
)
def test_real_world_faults_are_said_with_sheet_row_and_column(
    sheet: str, row: int, cells: list[Any], expected: tuple[str, int, str, str]
) -> None:
    reading = changed(sheet, row, cells)
    assert (reading.form, said(reading)) == (None, [expected])
    assert reading.problems[0].cause.endswith(".")
    assert reading.problems[0].remedy.endswith(".")


def test_a_competence_without_any_level_is_refused() -> None:
    sheets = deepcopy(SHEETS)
    sheets["survey"][2] = ["select_one l", "a", "Fråga a", None, "K1"]
    assert read_sheets(sheets).problems == ()
    sheets["choices"][1][3] = None
    assert said(read_sheets(sheets)) == [("survey", 3, "competence", "competence_levels")]


def test_columns_of_other_tools_are_only_mentioned() -> None:
    sheets = deepcopy(SHEETS)
    sheets["survey"][0] += ["hxl", "save_to"]
    assert read_sheets(sheets).problems == ()  # without content they do nothing
    sheets["survey"][2] += [None, None, "#adm1"]
    sheets["choices"][0] += ["region"]
    sheets["choices"][1] += ["Skåne"]
    reading = read_sheets(sheets)
    assert said(reading) == [("survey", 3, "hxl", "column"), ("choices", 2, "region", "column")]
    assert reading.form is not None


def test_missing_translations_and_unused_lists_are_warnings() -> None:
    sheets = deepcopy(SHEETS)
    sheets["survey"][0] += ["label::English (en)"]
    sheets["choices"].append(["other", "x", "X"])
    reading = read_sheets(sheets)
    assert reading.form is not None
    assert {(p.row, p.code) for p in reading.problems if p.sheet == "choices"} == {
        (2, "translation_missing"),
        (3, "translation_missing"),
        (4, "translation_missing"),
        (4, "list_unused"),
    }
    assert [language.code for language in reading.form.languages] == ["sv", "en"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("label::Svenska (sv)", "sv"),
        ("label::Svenska", "sv"),
        ("label:Swedish", "sv"),
        ("Label :: sv", "sv"),
        ("label::Dansk (da)", "da"),
        ("label::عربي (ar)", "ar"),
        ("label::العربية", "ar"),
    ],
)
def test_languages_are_known_by_code_or_name(header: str, code: str) -> None:
    sheets = deepcopy(SHEETS)
    sheets["survey"][0][2] = sheets["choices"][0][2] = header
    form = read_sheets(sheets).form
    assert form is not None
    assert ([language.code for language in form.languages], form.default_language) == ([code], code)


def test_an_unknown_language_gets_a_private_code_and_is_mentioned() -> None:
    sheets = deepcopy(SHEETS)
    sheets["survey"][0][2] = sheets["choices"][0][2] = "label::Klingonska"
    reading = read_sheets(sheets)
    assert ("survey", 1, "label::Klingonska", "language") in said(reading)
    assert reading.form is not None
    assert [(one.code, one.name) for one in reading.form.languages] == [("x-klingons", "Klingonska")]


def test_a_workbook_without_survey_sheet_is_refused() -> None:
    for sheets in ({"Blad1": [["a"]]}, {"survey": []}, {}):
        with pytest.raises(RuleBroken, match="no sheet called survey"):
            read_sheets(sheets)


def test_what_only_the_field_tools_see_is_refused_in_their_words() -> None:
    sheets = deepcopy(SHEETS)
    sheets["settings"] = [["form_title", "form_id", "name"], ["F", "f", "två ord"]]
    reading = read_sheets(sheets)
    assert [problem.code for problem in reading.errors] == ["field_tools"]
    assert "would not open in ODK or Kobo" in reading.errors[0].cause


def test_typographic_quotes_of_word_processors_are_straightened() -> None:
    form = changed("survey", 4, ["text", "b", "Fråga b", "${a} = ‘1’"]).form
    assert form is not None
    assert form_problems(form) == []


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("((1 +", "expression_brackets"),
        ("${a} = ", "expression_syntax"),
        ("/data/a = 1", "expression_path"),
        ("document('x')", "expression_function"),
        (". = 1", "expression_answer"),
        ("${b} = '1'", "expression_circle"),
    ],
)
def test_bad_expressions_are_refused_with_their_row_when_publishing(expression: str, code: str) -> None:
    form = changed("survey", 4, ["text", "b", "Fråga b", expression]).form
    assert form is not None  # pyxform lets all of these through
    assert [(problem.row, problem.column, problem.code) for problem in form_problems(form)] == [(4, "relevant", code)]


CELL = (
    st.none()
    | st.text(max_size=10)
    | st.floats()
    | st.booleans()
    | st.sampled_from(
        [
            "type",
            "name",
            "label",
            "label::sv",
            "relevant",
            "select_one l",
            "begin_group",
            "end_group",
            "text",
            "note",
            "integer",
            "l",
            "list_name",
            "${a}",
            "a",
            "competence",
            "level",
            "begin_repeat",
            "end_repeat",
            "calculate",
            "calculation",
            "choice_filter",
            "decimal",
            "range",
            "parameters",
            "start=0 end=5",
            "rank l",
            "select_multiple l or_other",
            "today",
            "default",
            "position(..)",
            "media::image",
            "repeat_count",
        ]
    )
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "survey": st.lists(st.lists(CELL, max_size=5), max_size=6),
            "choices": st.lists(st.lists(CELL, max_size=4), max_size=4),
            "settings": st.lists(st.lists(CELL, max_size=3), max_size=2),
        },
    )
)
def test_any_sheets_are_read_or_refused(sheets: dict[str, list[list[Any]]]) -> None:
    try:
        reading = read_sheets(sheets)
    except RuleBroken:
        return
    assert reading.form is not None or reading.errors
    if reading.form is not None:
        assert from_json(json.loads(json.dumps(to_json(reading.form)))) == reading.form
        form_problems(reading.form)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12), CELL), min_size=1, max_size=4))
def test_any_change_to_a_good_form_is_read_or_refused(changes: list[tuple[int, int, Any]]) -> None:
    sheets = SAMPLE_SHEETS
    rows: list[list[Any]] = [list(row) for row in sheets["survey"]]
    for row, column, cell in changes:
        rows[row % len(rows)][column % len(rows[0])] = cell
    try:
        reading = read_sheets({**sheets, "survey": rows})  # type: ignore[dict-item]
    except RuleBroken:
        return
    assert reading.form is not None or reading.errors
    if reading.form is not None:
        assert read_sheets(formats.to_sheets(reading.form)).errors == ()  # type: ignore[arg-type]


SAMPLE_SHEETS = formats.to_sheets(sample())
