"""Competence frameworks survive their way out and in, and faulty ones are refused by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.competences.formats import (
    MOODLE_HEADER,
    DraftArea,
    DraftCompetence,
    FrameworkDraft,
    FrameworkReading,
    is_moodle,
    read_framework,
    read_moodle,
    write_framework_csv,
    write_moodle_csv,
)
from handrail.kit.errors import RuleBroken

FILES = Path(__file__).parent.parent / "files"
SAMPLE = (FILES / "moodle-framework.csv").read_bytes()

DRAFT = FrameworkDraft(
    code="lfi",
    names={"sv": "Lärande för integration", "en": "Learning for integration"},
    levels={level: {"sv": f"Nivå {level}", "en": f"Level {level}"} for level in range(5)},
    areas=(
        DraftArea("A", {"sv": "Bemötande", "en": "Encounter"}, "bemotande"),
        DraftArea("B", {"sv": "Lagar; regler", "en": 'Laws, "rules"'}),
        DraftArea("C", {"sv": "Tomt", "en": "Empty"}, "tomt"),
    ),
    competences=(
        DraftCompetence(
            "K1",
            "A",
            {"sv": "Samtal", "en": "Talk"},
            {"sv": "Rad ett\nRad två", "en": "=SUM(A1)"},
            {0: {"sv": "Inte alls"}, 4: {"sv": "Leder", "en": "Leads"}},
        ),
        DraftCompetence("K2", "A", {"sv": "Tolk", "en": "Interpreter"}),
        DraftCompetence("K3", "B", {"sv": "Etableringslagen", "en": "-"}),
    ),
)


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def said(reading: FrameworkReading) -> list[tuple[int, str, bool]]:
    return [(problem.row, problem.code, problem.is_error) for problem in reading.problems]


def test_a_framework_survives_our_csv_in_every_language() -> None:
    reading = read_framework(write_framework_csv(DRAFT), name="x.csv")
    assert (reading.problems, reading.draft) == ((), DRAFT)


def test_our_csv_has_its_formulas_disarmed() -> None:
    assert b'"\'=SUM(A1)"' in write_framework_csv(DRAFT)


def test_a_workbook_with_swedish_headers_below_a_title_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    rows = [
        ["Kompetensramverk"],
        [],
        ["Areakod", "Område", "Kod", "Kompetens", "Nivå 0", "Nivå 1", "Utvecklingsområde", "Ägare"],
        ["1", "Möte", "1.1", "Samtal", "Inte", "Något", "Bemötande", "Eva"],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    reading = read_framework(out.getvalue(), name="x.xlsx")
    assert said(reading) == [(3, "column", False)]
    assert reading.draft == FrameworkDraft(
        (DraftArea("1", {"sv": "Möte"}, "Bemötande"),),
        (DraftCompetence("1.1", "1", {"sv": "Samtal"}, {}, {0: {"sv": "Inte"}, 1: {"sv": "Något"}}),),
    )


HEAD = "area_code;area_name;competence_code;name;description;level 0\n"


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ("A;Ett;K1;Samtal\nA;;K1;Tolk\n", [(3, "code_twice", True)]),
        ("A;Ett;;Samtal\n", [(2, "code", True)]),
        (f"A;Ett;{'K' * 41};Samtal\n", [(2, "code", True)]),
        ("A;Ett;K1;\n", [(2, "name_missing", True)]),
        (";;K1;Samtal\n", [(2, "area_missing", True)]),
        ("A;;K1;Samtal\n", [(2, "name_missing", False)]),
        ("A;Ett;K1;Samtal\nA;Två;K2;Tolk\n", [(3, "area_name", False)]),
        (f"A;Ett;K1;{'x' * 301}\n", [(2, "too_long", True)]),
        (f"A;Ett;K1;Samtal;;{'x' * 4001}\n", [(2, "too_long", True)]),
    ],
)
def test_faulty_frameworks_are_refused_by_row(lines: str, problems: list[tuple[int, str, bool]]) -> None:
    reading = read_framework((HEAD + lines).encode(), name="x.csv")
    assert said(reading) == problems
    assert (reading.draft is None) is any(is_error for _row, _code, is_error in problems)
    assert all(problem.cause.endswith(".") and problem.remedy.endswith(".") for problem in reading.problems)


def test_levels_and_languages_beyond_ours_are_refused() -> None:
    reading = read_framework(b"area_code;area_name;competence_code;name::Klingonska;level 5\nA;Ett;K1;x;y\n", name="x.csv")
    assert (1, "level", True) in said(reading)
    assert (1, "language", True) in said(reading)


@pytest.mark.parametrize("text", ["a;b\n1;2\n", HEAD, "namn\nx\n"])
def test_a_table_that_is_no_framework_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_framework(text.encode(), name="x.csv")


def test_moodles_csv_is_read_with_scale_html_and_implicit_parents() -> None:
    assert is_moodle(SAMPLE)
    reading = read_moodle(SAMPLE)
    assert [(problem.row, problem.column, problem.code, problem.is_error) for problem in reading.problems] == [
        (4, "Parent ID number", "parent_missing", False)
    ]
    draft = reading.draft
    assert draft is not None
    assert (draft.code, draft.names, draft.descriptions, draft.proficient_from) == (
        "bem",
        {"sv": "Bemötande"},
        {"sv": "Att möta nyanlända."},
        2,
    )
    assert draft.levels == {0: {"sv": "Inte alls"}, 1: {"sv": "Något"}, 2: {"sv": "Självständigt"}, 3: {"sv": "Leder andra"}}
    assert [(area.code, area.names["sv"]) for area in draft.areas] == [("1", "Samtal"), ("2", "Lagar")]
    assert [(c.code, c.area, c.names["sv"], c.descriptions.get("sv")) for c in draft.competences] == [
        ("1.1", "1", "1.1", None),
        ("1.1.1", "1", "Tolkade samtal", "Leda ett samtal genom tolk.\nförbereda\nfölja upp"),
        ("1.2", "1", "Klarspråk & bildstöd", None),
        ("2.1", "2", "Etableringslagen", "Rader utan HTML"),
    ]
    assert [c.parent for c in draft.competences] == ["", "1.1", "", ""]


def test_a_framework_survives_moodle_in_one_language() -> None:
    data = write_moodle_csv(DRAFT, language="sv")
    assert data.decode().splitlines()[0] == MOODLE_HEADER
    reading = read_moodle(data)
    assert reading.problems == ()
    draft = reading.draft
    assert draft is not None
    assert [(a.code, a.names) for a in draft.areas] == [(a.code, {"sv": a.names["sv"]}) for a in DRAFT.areas]
    assert [
        (c.code, c.area, c.names["sv"], c.descriptions.get("sv"), {n: t["sv"] for n, t in c.levels.items()})
        for c in draft.competences
    ] == [
        ("K1", "A", "Samtal", "Rad ett\nRad två", {0: "Inte alls", 4: "Leder"}),
        ("K2", "A", "Tolk", None, {}),
        ("K3", "B", "Etableringslagen", None, {}),
    ]
    assert draft.levels == {level: {"sv": f"Nivå {level}"} for level in range(5)}
    assert read_moodle(write_moodle_csv(draft, language="sv")).draft == draft


def test_moodles_csv_has_what_its_importer_wants() -> None:
    rows = list(csv.reader(io.StringIO(write_moodle_csv(DRAFT, language="en").decode(), newline="")))
    assert {len(row) for row in rows} == {12}
    assert rows[1][5] == "Level 0,Level 1,Level 2,Level 3,Level 4"
    configuration = json.loads(rows[1][6])
    assert configuration[0] == {"scaleid": "1"}
    assert [part["id"] for part in configuration[1:] if part.get("scaledefault")] == [3]
    assert [part["id"] for part in configuration[1:] if part.get("proficient")] == [3, 4, 5]
    assert json.loads(rows[1][11])["1"] == "domain"
    assert [(row[0], row[1]) for row in rows[2:]] == [("", "A"), ("A", "K1"), ("A", "K2"), ("", "B"), ("B", "K3"), ("", "C")]


def test_long_names_deeper_storeys_and_equal_codes_survive_moodle() -> None:
    long = "Att " + "mycket " * 30 + "långt"
    draft = FrameworkDraft(
        code="f", names={"sv": "F"}, levels={0: {"sv": "Nej"}, 1: {"sv": "Ja"}}, proficient_from=1,
        areas=(DraftArea("A", {"sv": "Område"}),),
        competences=(DraftCompetence("K1", "A", {"sv": long}), DraftCompetence("K1a", "A", {"sv": "Del"}, parent="K1")),
    )  # fmt: skip
    assert read_moodle(write_moodle_csv(draft, language="sv")).draft == draft
    clash = FrameworkDraft((DraftArea("1", {"sv": "X"}),), (DraftCompetence("1", "1", {"sv": "Y"}),))
    again = read_moodle(write_moodle_csv(clash, language="sv")).draft
    assert again is not None
    assert [(c.code, c.area) for c in again.competences] == [("1", "area-1")]


def test_a_flat_framework_is_one_area_and_headers_may_be_in_any_language() -> None:
    rows = [
        [
            "Parent",
            "Id",
            "Nom court",
            "Description",
            "Format",
            "Barème",
            "Config",
            "Règle",
            "Résultat",
            "Config",
            "Liées",
            "Exporté",
            "Cadre",
            "Taxonomie",
        ],
        ["", "f", "Cadre", "", "1", "Non,Oui", "", "", "", "", "", "", "1", "competency,competency"],
        ["", "a", "Premier", "", "1", "", "", "", "", "", "", "7", "", ""],
        ["", "b", "Second", "", "1", "", "", "", "", "", "", "8", "", ""],
    ]
    reading = read_moodle("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(), language="fr")
    assert reading.problems == ()
    assert reading.draft is not None
    assert [(a.code, a.names) for a in reading.draft.areas] == [("f", {"fr": "Cadre"})]
    assert [(c.code, c.area) for c in reading.draft.competences] == [("a", "f"), ("b", "f")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("1,1.2", "1.2,1.2"), "circle"),
        ((",2,Lagar", ",1,Lagar"), "code_twice"),
        ((",2.1,Etableringslagen", ",2.1,"), "name_missing"),
        (("Inte alls,", "a,b,c,"), "scale"),
        (('"[{""scaleid""', '"{{""scaleid""'), "configuration"),
    ],
)
def test_faulty_moodle_files_are_said_by_row(change: tuple[str, str], expected: str) -> None:
    text = SAMPLE.decode()
    assert change[0] in text
    reading = read_moodle(text.replace(*change).encode())
    assert expected in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", SAMPLE.splitlines()[0] + b"\n", SAMPLE.replace(b',1,"{', b',,"{'), b""])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken):
        read_moodle(data)


def test_scripts_in_descriptions_are_no_text() -> None:
    reading = read_moodle(SAMPLE.replace(b"Rader\nutan HTML", b"<script>alert(1)</script><p onclick=x>Text</p>"))
    assert reading.draft is not None
    assert reading.draft.competences[-1].descriptions == {"sv": "Text"}


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.lists(st.text(max_size=8) | st.sampled_from(["1", "K1", "A"]), min_size=12, max_size=12), max_size=6).map(
        lambda rows: SAMPLE + "\n".join(",".join(row) for row in rows).encode("utf-8", "ignore")
    )
    | st.lists(st.text(max_size=12), max_size=8).map(lambda lines: (HEAD + "\n".join(lines)).encode("utf-8", "ignore"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (lambda: read_moodle(data), lambda: read_framework(data, name="x.csv")):
        try:
            reading = read()
        except RuleBroken:
            continue
        assert reading.draft is not None or reading.problems
        if reading.draft is not None:
            assert read_framework(write_framework_csv(reading.draft), name="x.csv").draft is not None
            assert read_moodle(write_moodle_csv(reading.draft, language="sv")).draft is not None


TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
CODES = st.lists(
    st.text(alphabet="ABCk123.-", min_size=1, max_size=6).filter(lambda code: code[0] not in "-"),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(
    CODES,
    CODES,
    st.dictionaries(st.sampled_from(["sv", "en", "ar"]), TEXT, min_size=1),
    st.dictionaries(st.integers(0, 4), st.dictionaries(st.sampled_from(["sv", "en"]), TEXT, min_size=1)),
)
def test_any_framework_survives_our_csv(
    areas: list[str], codes: list[str], names: dict[str, str], levels: dict[int, dict[str, str]]
) -> None:
    draft = FrameworkDraft(
        tuple(DraftArea(area, names) for area in areas),
        tuple(sorted((DraftCompetence(code, areas[i % len(areas)], names, names, levels) for i, code in enumerate(codes)), key=lambda c: areas.index(c.area))),
        levels=levels, code="f", names=names,
    )  # fmt: skip
    assert read_framework(write_framework_csv(draft), name="x.csv").draft == draft
