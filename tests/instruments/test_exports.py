"""Answers taken away: CSV and Excel as Kobo's users know them, SPSS syntax, a codebook for archives."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.utils import translation
from openpyxl import load_workbook

from handrail.instruments.formats import (
    Answered,
    Choice,
    Form,
    Item,
    Language,
    Study,
    answer_sheets,
    read_sheets,
    write_answers_csv,
    write_answers_xlsx,
    write_answers_zip,
    write_ddi,
    write_spss,
    write_spss_data,
)
from handrail.instruments.rules import clean_answers
from tests.instruments.every import WHOLE, every

D = "{ddi:codebook:2_5}"


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def every_form() -> Form:
    form = read_sheets(every()).form
    assert form is not None
    return form


FORM = every_form()
ONE = Answered("u1", clean_answers(FORM, WHOLE, today=date(2018, 4, 18)), datetime(2018, 4, 18, 9, 5, tzinfo=UTC), {"channel": "link"})
TWO = Answered("u2", {"name": "=1+1", "height": -1.5}, None, {})


def rows(sheet: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


def test_a_column_for_each_question_and_each_choice_where_several_can_be_chosen() -> None:
    first, second = rows(answer_sheets(FORM, [ONE, TWO])["answers"])
    assert {name: first[name] for name in ("helps", "helps/walk", "helps/talk", "helps/other", "order", "height", "count", "age")} == {
        "helps": "talk other", "helps/walk": 0, "helps/talk": 1, "helps/other": 1, "order": "talk walk other", "height": 1.68, "count": 2, "age": "27"
    }  # fmt: skip
    assert (first["_uuid"], first["_index"], first["channel"], first["_submission_time"]) == ("u1", 1, "link", "2018-04-18T09:05:00+00:00")
    assert (second["helps/walk"], second["_index"], second["channel"]) == (None, 2, None)


def test_repeats_are_sheets_that_know_their_parents() -> None:
    sheets = answer_sheets(FORM, [TWO, ONE])
    assert list(sheets) == ["answers", "members", "courses"]
    assert [(row["member"], row["_index"], row["_parent_table_name"], row["_parent_index"], row["_submission__uuid"]) for row in rows(sheets["members"])] == [
        ("Amal", 1, "answers", 2, "u1"), ("Sami", 2, "answers", 2, "u1")
    ]  # fmt: skip
    assert [(row["course"], row["hours"], row["_parent_table_name"], row["_parent_index"]) for row in rows(sheets["courses"])] == [
        ("Simning", 3, "members", 2), ("Musik", 2, "members", 2)
    ]  # fmt: skip


def test_labels_and_groups_are_written_when_wanted() -> None:
    row = rows(answer_sheets(FORM, [ONE], language="sv")["answers"])[0]
    assert (row["Kommun"], row["Vad hjälper?"], row["Vad hjälper?/Prata"], row["Sätt i ordning"]) == ("Hörby", "Prata, Annat", 1, "Prata, Gå ut, Annat")
    assert rows(answer_sheets(FORM, [ONE], with_groups=True)["answers"])[0]["place/helps/talk"] == 1
    assert "عنك/ما اسمك؟" in answer_sheets(FORM, [ONE], language="ar", with_groups=True)["answers"][0]


def test_no_cell_becomes_a_formula_and_numbers_stay_numbers() -> None:
    sheets = answer_sheets(FORM, [TWO])
    row = next(csv.DictReader(io.StringIO(write_answers_csv(sheets).decode("utf-8-sig"))))
    assert (row["name"], row["height"]) == ("'=1+1", "-1.5")
    book = load_workbook(io.BytesIO(write_answers_xlsx(sheets)))
    cells = dict(zip([cell.value for cell in book["answers"][1]], book["answers"][2], strict=True))
    assert (cells["name"].data_type, cells["name"].value, cells["height"].value) == ("s", "=1+1", -1.5)


def test_every_sheet_is_in_the_archive_and_long_names_fit_excel() -> None:
    with zipfile.ZipFile(io.BytesIO(write_answers_zip(answer_sheets(FORM, [ONE])))) as archive:
        assert archive.namelist() == ["answers.csv", "members.csv", "courses.csv"]
    long = Form("F", "f", "", (Language("sv", "Svenska"),), "sv", tuple(Item("repeat", "r" * 40 + end, items=(Item("text", "a" + end),)) for end in "xy"))
    assert load_workbook(io.BytesIO(write_answers_xlsx(answer_sheets(long, [])))).sheetnames == ["answers", "r" * 31, "r" * 27 + "_2"]


CODED = Form(
    "F", "f", "1", (Language("sv", "Svenska"),), "sv",
    (
        Item("select_one", "rating", {"sv": "Hur 'bra'?\nEXECUTE."}, list_name="l", choices=(Choice("1", {"sv": "Dåligt"}), Choice("2", {"sv": "Bra"}))),
        Item("select_one", "colour", {"sv": "Färg"}, list_name="c", choices=(Choice("red", {"sv": "Röd"}),)),
        Item("select_multiple", "all", {"sv": "Vad"}, list_name="c", choices=(Choice("red", {"sv": "Röd"}),)),
        Item("decimal", "height", {"sv": "Längd"}), Item("date", "born", {"sv": "Född"}), Item("text", "text.1", {"sv": "Text"}),
    ),
)  # fmt: skip
CODED_SETS = [
    Answered("u1", {"rating": "2", "colour": "red", "all": ["red"], "height": -1.5, "born": "2000-05-18", "text.1": 'a "b", c'}),
    Answered("u2", {"rating": "1"}),
]


def test_syntax_names_labels_and_values_for_spss() -> None:
    text = write_spss(CODED, language="sv")
    assert "  rating 'Hur ''bra''? EXECUTE.'" in text  # one line, so that nothing in a label is a command
    assert "VALUE LABELS rating\n  1 'Dåligt'\n  2 'Bra'" in text
    assert "VALUE LABELS colour\n  'red' 'Röd'" in text
    assert "    v_all A500\n    all_red F10.0" in text
    assert "    text_1 A2000" in text


def test_the_syntax_is_run_by_pspp(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_bytes(write_spss_data(answer_sheets(CODED, CODED_SETS)["answers"]))
    (tmp_path / "run.sps").write_text(
        write_spss(CODED, language="sv") + "LIST rating height born text_1.\nFREQUENCIES rating colour all_red.\nSAVE OUTFILE='a.sav'.\n", encoding="utf-8"
    )
    ran = subprocess.run(["pspp", "-O", "format=txt", "run.sps"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert "error" not in ran.stdout.lower(), ran.stdout
    assert "warning" not in ran.stdout.lower(), ran.stdout
    assert "-1.50" in ran.stdout
    assert "Dåligt" in ran.stdout
    assert (tmp_path / "a.sav").exists()


def test_a_codebook_tells_of_study_files_and_variables() -> None:
    study = Study("Mottagande 2018", "handrail:1", ("Hörby kommun",), "Om nyanlända", "2018-04-01", "2018-04-30", "Nyanlända", "Länk", "Efter ansökan", {"answers": 12})
    root = fromstring(write_ddi(FORM, study, frequencies={"county": {"m": 7}}))
    assert (root.tag, root.get("version")) == (f"{D}codeBook", "2.5")
    assert [child.tag.removeprefix(D) for child in root] == ["docDscr", "stdyDscr", "fileDscr", "fileDscr", "fileDscr", "dataDscr"]
    county = next(var for var in root.iter(f"{D}var") if var.get("name") == "county")
    assert [child.tag.removeprefix(D) for child in county] == ["labl", "labl", "qstn", "catgry", "catgry", "varFormat"]
    assert county.findtext(f"{D}catgry/{D}catStat") == "7"
    assert [element.get("{http://www.w3.org/XML/1998/namespace}lang") for element in county.findall(f"{D}labl")] == ["sv", "ar"]
    names = [var.get("name") for var in root.iter(f"{D}var")]
    assert "helps/talk" in names
    assert len({var.get("ID") for var in root.iter(f"{D}var")}) == len(names)
