"""Staff lists as they come: real writers' files, hostile files, and any bytes at all."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.kit.errors import RuleBroken
from handrail.kit.files import read_delimited, read_workbook, write_delimited
from handrail.kit.files.delimited import unguarded
from handrail.people import formats
from handrail.people.rules import RowProblem, read_staff

FILES = Path(__file__).parent.parent / "files"
STAFF = sorted(path.name for path in FILES.glob("staff-*"))


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def sheet_of(name: str) -> formats.Sheet:
    return formats.read_sheet((FILES / name).read_bytes(), name=name)


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def csv_sheet(text: str) -> formats.Sheet:
    return formats.read_sheet(text.encode(), name="lista.csv")


@pytest.mark.parametrize("name", STAFF)
def test_every_writers_file_gives_the_same_people(name: str) -> None:
    sheet = sheet_of(name)
    staff = read_staff(sheet, formats.guess_mapping(sheet))
    assert staff.problems == ()
    assert [
        (row.employee_number, row.given_name, row.family_name, row.email, row.unit, str(row.employment_rate))
        for row in staff.rows
    ] == [
        ("01234", "Märta", "Åkesson", "marta.akesson@example.org", "Hemtjänst Öst", "100.00"),
        ("1235", "Jörgen", "Öberg", "jorgen.oberg@example.org", "Hemtjänst Öst", "75.00"),
        ("1236", "Nadia", "Åkesson", "nadia@example.org", "Vuxenutbildning", "80.50"),
        ("", "Per", "Nyström", "per.nystrom@example.org", "Biblioteket", "50.00"),
        ("1238", "Rim", "Al-Sayed", "rim@example.org", "Centralskolan", "100.00"),
    ]
    first = staff.rows[0].row
    assert [row.manager_row for row in staff.rows] == [None, first, first, first, first]


def test_sample_files_cover_the_formats_promised() -> None:
    assert {name.rpartition(".")[2] for name in STAFF} == {"xlsx", "xls", "csv", "txt"}
    assert len(STAFF) == 10


def test_sheet_row_numbers_are_those_of_excel() -> None:
    sheet = sheet_of("staff-openpyxl.xlsx")
    assert (sheet.name, sheet.header_row) == ("Anställda", 4)
    assert [number for number, _cells in sheet.rows] == [5, 6, 7, 9, 10]
    assert sheet.notes == (13, 14)


def test_sheet_reads_dates_of_1904_workbooks() -> None:
    sheet = sheet_of("staff-shared-1904.xlsx")
    assert sheet.column(sheet.headers.index("Anställningsdatum"))[0] == date(2013, 7, 7)


def test_national_id_is_recognised_so_that_it_is_dropped() -> None:
    sheet = sheet_of("staff-cp1252.csv")
    mapping = formats.guess_mapping(sheet)
    assert sheet.headers[mapping["national_id"]] == "Personnummer"
    assert {row.national_id for row in read_staff(sheet, mapping).rows} == {""}
    assert read_staff(sheet, mapping, keep_national_id=True).rows[0].national_id == "19850312-0000"


def test_headers_in_four_languages_are_sure() -> None:
    for line, expected in {
        "Anst.nr;Namn;Befattning;Förvaltning;Enhet;Ssg %;Närmaste chef;E-postadress": "employee_number full_name job_title department unit employment_rate manager email",
        "EmployeeID,First Name,Surname,Job title,Department,FTE,Reports to,E-mail": "employee_number given_name family_name job_title department employment_rate manager email",
        "Medarbejdernr.;Fornavn;Efternavn;Stilling;Forvaltning;Afdeling;Nærmeste leder;CPR-nr.": "employee_number given_name family_name job_title department unit manager national_id",
        "Personalnummer\tVorname\tNachname\tStelle\tFachbereich\tAbteilung\tVorgesetzte/r\tE-Mail": "employee_number given_name family_name job_title department unit manager email",
    }.items():
        mark = next(mark for mark in ";,\t" if mark in line)
        sheet = csv_sheet(line + "\n" + mark.join("abcdefgh") + "\n")
        guesses = formats.guess_columns(sheet)
        assert [guess.field for guess in guesses] == expected.split()
        assert {guess.certainty for guess in guesses if guess.field not in {"email", "employment_rate"}} == {"sure"}


def test_columns_that_only_resemble_are_to_be_checked() -> None:
    sheet = csv_sheet(
        "Anställningsnumer;Namn;Tillhör arbetsplats;Kontaktväg;Skonummer\n1;A B;Skolan;a@example.org;42\n2;C D;Skolan;c@example.org;43\n"
    )
    assert [(guess.field, guess.certainty) for guess in formats.guess_columns(sheet)] == [
        ("employee_number", "check"), ("full_name", "sure"), ("unit", "check"), ("email", "check"), (None, ""),
    ]  # fmt: skip


def test_a_column_of_national_ids_is_dropped_whatever_it_is_called() -> None:
    sheet = csv_sheet("Anställningsnummer;Namn;Enhet\n19850312-0000;A B;Skolan\n19900101-0000;C D;Skolan\n")
    assert formats.guess_columns(sheet)[0] == formats.ColumnGuess(0, "Anställningsnummer", "national_id", "check")


def test_mapping_is_remembered_by_header_in_any_order() -> None:
    first = csv_sheet("Nr;Namn;Var\n1;A B;Skolan\n")
    second = csv_sheet("Var;NAMN;Nr\nSkolan;A B;1\n")
    assert formats.signature(first.headers) == formats.signature(second.headers)
    assert formats.signature(first.headers) != formats.signature(("Nr", "Namn"))
    remembered = formats.headers_of(first, {"employee_number": 0, "full_name": 1, "unit": 2})
    assert remembered == {"employee_number": "Nr", "full_name": "Namn", "unit": "Var"}
    assert formats.mapping_from_headers(second, remembered) == {"employee_number": 2, "full_name": 1, "unit": 0}


def test_duplicate_headers_are_told_apart() -> None:
    sheet = csv_sheet("Enhet;Enhet;Namn;\nA;B;C;D\n")
    assert sheet.headers == ("Enhet", "Enhet (2)", "Namn", "Column D")


def test_repeated_headers_of_printed_pages_are_left_out() -> None:
    sheet = csv_sheet("Anst nr;Namn;Enhet\n1;A B;X\nAnst nr;Namn;Enhet\n2;C D;X\n")
    assert [number for number, _cells in sheet.rows] == [2, 4]


def encrypted() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def poisoned(member: str, content: bytes) -> bytes:
    """The inline sample with one member exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(FILES / "staff-inline.xlsx") as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            archive.writestr(info.filename, content if info.filename == member else source.read(info))
    return out.getvalue()


FAR_AWAY = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "lista.xlsx", "empty"),
        (b"  \n ", "lista.csv", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "lista.csv", "larger than 10 MB"),
        (b"<html><table><tr><td>Namn</td></tr></table></html>", "lista.xls", "web page"),
        (b"%PDF-1.7 \x00\x01\x02\x03\x04\x05\x06\x07", "lista.xlsx", "not an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d\x01\x02\x03\x04\x05", "lista.csv", "neither a workbook nor readable text"),
        (encrypted(), "lista.xlsx", "password"),
        (zip_of(a=b"1"), "lista.xlsx", "not an Excel workbook"),
        (zip_of(**{"[Content_Types].xml": b"", "xl__workbook.xml": b"", "bomb": b"\0" * 30_000_000}), "lista.xlsx", "too large when unpacked"),
        (poisoned("xl/worksheets/sheet1.xml", FAR_AWAY), "lista.xlsx", "too large when unpacked"),
        (poisoned("xl/worksheets/sheet1.xml", DOCTYPE), "lista.xlsx", "damaged"),
        ((FILES / "staff-openpyxl.xlsx").read_bytes()[:3000], "lista.xlsx", "damaged"),
        (b"bara lite text utan rubriker\n", "lista.csv", "No row with headers"),
        (b"Anst nr;Namn;Enhet\n", "lista.csv", "no people below"),
        (b"Namn;Enhet\n" + b"A;B\n" * 20_001, "lista.csv", "more than 20000 rows"),
        (b"Namn;" + b"x;" * 101 + b"\n", "lista.csv", "100 columns"),
        (b'Namn;Enhet\n"' + b"x" * 200_000, "lista.csv", "Row 2"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_in_words(data: bytes, name: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refusal:
        formats.read_sheet(data, name=name)
    assert refusal.value.field == "file"


def test_too_many_rows_or_columns_in_a_workbook_are_refused_with_their_place() -> None:
    with pytest.raises(RuleBroken, match="reaches to row 31 and column 2"):
        read_workbook(workbook([["a", "b"]] * 31), name="a.xlsx", max_rows=30)
    with pytest.raises(RuleBroken, match="reaches to row 1 and column 101"):
        read_workbook(workbook([["a"] * 101]), name="a.xlsx")


def test_bytes_are_counted_while_unpacking() -> None:
    """A bomb that hides its ratio behind ballast: only the count stops it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("ballast.bin", random.Random(1).randbytes(1_200_000))
        archive.writestr("bomb.xml", b"\0" * 160_000_000, zipfile.ZIP_DEFLATED, 1)
    with pytest.raises(RuleBroken, match="too large when unpacked"):
        read_workbook(out.getvalue(), name="a.xlsx")


def test_hidden_sheets_are_not_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Namn"])
    hidden = book.create_sheet("Löner")
    hidden.append(["Lön", 1])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert list(read_workbook(out.getvalue(), name="a.xlsx")) == ["Sheet"]


def test_five_thousand_rows_are_read_quickly() -> None:
    people = [
        [str(n), f"Efternamn{n}", f"Förnamn{n}", f"p{n}@example.org", f"Enhet {n % 40}", 100, str(n % 40)] for n in range(5000)
    ]
    data = workbook([["Anst nr", "Efternamn", "Förnamn", "E-post", "Enhet", "Syss grad", "Chef"], *people])
    started = time.process_time()
    sheet = formats.read_sheet(data, name="a.xlsx")
    staff = read_staff(sheet, formats.guess_mapping(sheet))
    assert len(staff.rows) == 5000
    assert time.process_time() - started < 3


def test_error_report_holds_every_problem_and_no_formulas() -> None:
    problems = [
        RowProblem(7, "=cmd()", "email", "Fel adress.", "Rätta den."),
        RowProblem(9, "Enhet", "x", "http://example.org", "-", is_error=False),
    ]
    rows = read_workbook(formats.error_report_xlsx(problems), name="fel.xlsx")
    (table,) = rows.values()
    assert table[1:] == [
        [7.0, "=cmd()", "Fel adress.", "Rätta den.", "yes"],
        [9.0, "Enhet", "http://example.org", "-", "no"],
    ]
    assert openpyxl.load_workbook(io.BytesIO(formats.error_report_xlsx(problems))).active["B2"].data_type == "s"


def test_delimited_text_written_is_read_back_and_disarmed() -> None:
    rows = [["namn", "not"], ["=1+1", 'a "b"; c\nd'], ["-", "@x"]]
    data = write_delimited(rows)
    assert data.startswith('\ufeff"namn","not"'.encode())
    assert b'"\'=1+1"' in data
    assert [[unguarded(cell) for cell in row] for row in read_delimited(data)] == rows


def read_anything(data: bytes, name: str) -> None:
    """A sheet within the limits, or RuleBroken; nothing else."""
    try:
        sheet = formats.read_sheet(data, name=name)
    except RuleBroken:
        return
    assert len(sheet.rows) <= 20_000
    assert all(len(cells) == len(sheet.headers) <= 100 for _number, cells in sheet.rows)
    read_staff(sheet, formats.guess_mapping(sheet), keep_national_id=True)
    read_staff(sheet, {field: index % len(sheet.headers) for index, field in enumerate(formats.FIELDS)})


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "\u202ea.csv", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    read_anything(data, name)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(max_size=12) | st.sampled_from(["Namn", "Enhet", "E-post", "0,5", "a@b.se", "19850312-0000", "ja"]),
            max_size=6,
        ),
        max_size=9,
    ),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
def test_any_table_of_text_is_read_or_refused(rows: list[list[str]], mark: str, encoding: str) -> None:
    text = "Anst nr;Efternamn;Förnamn\n".replace(";", mark) + "\n".join(mark.join(row) for row in rows)
    read_anything(text.encode(encoding, "surrogatepass"), "a.csv")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["staff-openpyxl.xlsx", "staff-inline.xlsx", "staff-xlwt.xls"]))
    content = bytearray((FILES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_anything(bytes(content), name)
