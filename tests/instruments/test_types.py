"""Every type and column of XLSForm that real forms use: read, stored, written and read again as the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from handrail.instruments.formats import Form, from_json, read_sheets, read_xlsform, to_json, to_sheets, write_xlsform
from handrail.instruments.rules import form_problems
from tests.instruments.every import every
from tests.instruments.test_formats import without_rows


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def read(sheets: dict[str, list[list[Any]]], **more: Any) -> Form:
    reading = read_sheets(sheets, **more)
    assert reading.errors == ()
    assert reading.form is not None
    return reading.form


def small(*rows: list[Any], head: tuple[str, ...] = ("type", "name", "label"), choices: list[list[Any]] | None = None) -> dict[str, list[list[Any]]]:
    """A form of these rows with a list l of two choices."""
    return {"survey": [list(head), *rows], "choices": choices or [["list_name", "name", "label"], ["l", "a", "A"], ["l", "b", "B"]]}


def test_a_form_with_every_type_is_read_without_error() -> None:
    form = read(every())
    assert form_problems(form) == []
    assert {item.kind for item in form.walk()} == {
        "group", "repeat", "note", "text", "integer", "decimal", "range", "date", "time", "datetime", "select_one", "select_multiple", "rank",
        "acknowledge", "geopoint", "barcode", "file", "calculate", "hidden",
    }  # fmt: skip
    by_name = {item.name: item for item in form.walk()}
    assert (form.style, by_name["mood"].parameters, by_name["photo"].media) == ("pages", {"start": "0", "end": "10", "step": "2"}, "image")
    assert (by_name["town"].choice_filter, by_name["town"].choices[0].extra) == ("county=${county}", {"county": "m"})
    assert [item.name for item in by_name["members"].fields()] == ["member", "years_old", "school", "place_in_row", "courses", "member_hours"]
    assert "today" not in by_name  # nothing in the form looks at it


def test_every_type_survives_json_and_the_workbook() -> None:
    form = read(every())
    assert from_json(json.loads(json.dumps(to_json(form)))) == form
    again = read_xlsform(write_xlsform(form), name="x.xlsx")
    assert again.errors == ()
    assert again.form is not None
    assert without_rows(again.form) == without_rows(form)
    assert without_rows(read(to_sheets(again.form))) == without_rows(form)  # type: ignore[arg-type]


def test_other_becomes_a_choice_and_a_text_question_in_the_forms_languages() -> None:
    by_name = {item.name: item for item in read(every()).walk()}
    assert by_name["helps"].choices[-1].labels == {"sv": "Annat", "ar": "غير ذلك"}
    assert by_name["order"].choices == by_name["helps"].choices
    assert (by_name["helps_other"].kind, by_name["helps_other"].relevant) == ("text", "selected(${helps}, 'other')")


def test_what_a_device_records_is_passed_over_with_a_note_and_is_empty_where_it_is_looked_at() -> None:
    rows = [["start", "start"], ["today", "today"], ["audit", "audit"], ["text", "a", "Since ${start}", "${today} > '2018-01-01'"]]
    reading = read_sheets(small(*rows, head=("type", "name", "label", "relevant")))
    assert [(p.row, p.code, p.is_error) for p in reading.problems if p.sheet == "survey"] == [(2, "type_meta", False), (3, "type_meta", False), (4, "type_meta", False)]
    assert reading.form is not None
    assert [(item.kind, item.name, item.calculation) for item in reading.form.walk()] == [
        ("hidden", "start", ""), ("calculate", "today", "today()"), ("text", "a", "")
    ]  # fmt: skip


def test_choices_come_from_a_table_beside_the_workbook_or_a_sheet_of_its_name() -> None:
    sheets = small(["select_one_from_file towns.csv", "t", "Town", "county='m'"], head=("type", "name", "label", "choice_filter"))
    table: list[list[Any]] = [["name", "label", "county", "people"], ["horby", "Hörby", "m", "15000"], ["ronneby", "Ronneby", "k", "29000"]]
    for form in (read(sheets, files={"towns.csv": table}), read({**sheets, "Towns": table})):
        item = next(form.questions())
        assert (item.kind, item.list_name) == ("select_one", "towns")
        assert [(one.name, one.labels, one.extra) for one in item.choices] == [
            ("horby", {"sv": "Hörby"}, {"county": "m"}), ("ronneby", {"sv": "Ronneby"}, {"county": "k"})
        ]  # fmt: skip


def test_choices_come_from_the_sheet_external_choices() -> None:
    sheets = small(["select_one_external towns", "t", "Town", "county='m'"], head=("type", "name", "label", "choice_filter"))
    sheets["external_choices"] = [["list_name", "name", "label", "county"], ["towns", "horby", "Hörby", "m"], ["other", "x", "X", "k"]]
    assert [choice.name for choice in next(read(sheets).questions()).choices] == ["horby"]


def test_twins_in_a_list_need_the_setting() -> None:
    choices = [["list_name", "name", "label", "c"], ["l", "a", "A", "1"], ["l", "a", "A again", "2"]]
    sheets = small(["select_one l", "q", "Q", "c=1"], head=("type", "name", "label", "choice_filter"), choices=choices)
    assert [(p.row, p.code) for p in read_sheets(sheets).errors] == [(3, "choice_twice")]
    sheets["settings"] = [["allow_choice_duplicates"], ["yes"]]
    assert without_rows(read(to_sheets(read(sheets)))) == without_rows(read(sheets))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (("type", "name", "label", "parameters"), ["range", "r", "R", "start=a end=5"], (2, "parameters", "parameters")),
        (("type", "name", "label", "parameters"), ["range", "r", "R", "step=0"], (2, "parameters", "parameters")),
        (("type", "name", "label", "calculation"), ["text", "r", "R", "${nobody} + 1"], (2, "calculation", "reference")),
        (("type", "name", "label", "default"), ["text", "r", "R", "${nobody}"], (2, "default", "reference")),
        (("type", "name", "label", "guidance_hint"), ["text", "r", "R", "${nobody}"], (2, "guidance_hint", "reference")),
    ],
)  # fmt: skip
def test_faults_in_new_columns_are_said_with_row_and_column(head: tuple[str, ...], row: list[Any], expected: tuple[int, str, str]) -> None:
    reading = read_sheets(small(row, head=head))
    assert [(p.row, p.column, p.code) for p in reading.errors] == [expected]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("calculation", "once(uuid())", "expression_function"), ("calculation", "pulldata('a', 'b', 'c', ${q})", "expression_function"),
        ("choice_filter", "nowhere=${q}", "expression_column"), ("choice_filter", "name!=../q", ""), ("repeat_count", "1 +", "expression_syntax"),
        ("calculation", "jr:choice-name(${q}, 'q')", "expression_choice_name"), ("calculation", "${two}", "expression_circle"),
        ("calculation", "format-date(today(), '%Y-%n')", ""), ("calculation", "concat(${q}, substr('abc', 0, 1))", ""),
    ],
)  # fmt: skip
def test_expressions_of_every_column_are_checked_when_publishing(column: str, text: str, code: str) -> None:
    kind = {"calculation": "calculate", "choice_filter": "select_one l", "repeat_count": "begin_repeat"}[column]
    rows = [["text", "q", "Q"], [kind, "two", "Two", text], *([["end_repeat"]] if kind == "begin_repeat" else [])]
    problems = form_problems(read(small(*rows, head=("type", "name", "label", column))))
    assert [(p.row, p.column, p.code) for p in problems] == ([(3, column, code)] if code else [])
    assert all(p.remedy for p in problems)


def test_pictures_are_read_in_each_language_and_named_once() -> None:
    head = ("type", "name", "label::sv", "label::ar", "media::image::sv", "image::ar")
    choices = [["list_name", "name", "label::sv", "label::ar", "media::image::sv"], ["l", "a", "A", "A", "a.png"]]
    form = read(small(["select_one l", "q", "Q", "Q", "q.png", "q-ar.png"], head=head, choices=choices))
    assert form.items[0].images == {"sv": "q.png", "ar": "q-ar.png"}
    assert form.pictures() == ("q.png", "q-ar.png", "a.png")
    assert without_rows(read(to_sheets(form))) == without_rows(form)  # type: ignore[arg-type]


def test_a_question_without_words_that_is_calculated_is_a_calculation() -> None:
    rows = [["text", "a", "A", "", "${last-saved#a}"], ["int", "b", "", "1 + 1"]]
    reading = read_sheets(small(*rows, head=("type", "name", "label", "calculation", "default")))
    assert reading.form is not None
    assert [(item.kind, item.default) for item in reading.form.walk()] == [("text", ""), ("calculate", "")]
    assert "last_saved" in [problem.code for problem in reading.warnings]


def test_a_repeat_is_closed_as_a_repeat() -> None:
    reading = read_sheets(small(["begin_repeat", "r", "R"], ["text", "a", "A"], ["end_group"]))
    assert [(p.row, p.code) for p in reading.errors] == [(2, "group_open"), (4, "group_end")]


def test_notes_need_no_name_and_strange_appearances_are_mentioned_once() -> None:
    rows = [["note", "", "Hello", "sparkling"], ["text", "a", "A", "sparkling w2"]]
    reading = read_sheets(small(*rows, head=("type", "name", "label", "appearance")))
    assert [(p.row, p.code) for p in reading.problems if p.sheet == "survey"] == [(2, "appearance")]
    assert reading.form is not None
    assert reading.form.items[0].name == "generated_note_name_2"
