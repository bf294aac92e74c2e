"""Monthly sheets and summaries match the ledger to the öre, carry only the names they may, and are accessible."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from handrail.delivery import actions as delivery
from handrail.evidence import actions, queries
from handrail.evidence.formats import NUMBER, Column, Sheet, Table, worksheet_name, write_workbook
from handrail.evidence.models import Certificate
from handrail.kit.models import JournalEntry
from tests.evidence import world
from tests.evidence.world import MARCH


@pytest.fixture
def sealed(cast: Any, run_later: Callable[[], int]) -> Any:
    """March is handed in; then Birgit's minutes are corrected and signed anew."""
    world.terms(cast.programme)
    month = world.certified(cast, people=[cast.birgit, cast.bo])[0]
    actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    held = month.lines.first().attendance.session
    delivery.record_attendance(session=held, person=month.person, minutes=30, reason="=HYPERLINK(1)", by=cast.carlos)
    run_later()
    new = Certificate.objects.get(version=2)
    actions.confirm_month(new, by=month.person)
    actions.countersign_month(new, by=cast.lena)
    return cast


def taken(client: Any, programme: Any, name: str, kind: str, of: Any = None) -> bytes:
    address = reverse("evidence:sheet_download", args=[programme.uid, name, kind]) + (f"?of={of.uid}" if of else "")
    answer = client.get(address)
    assert answer.status_code == 200
    return bytes(answer.content)


def column_sum(page: Any, label: str) -> tuple[Decimal, Decimal]:
    """The rows of a column added up anew, and what its total row says."""
    rows = [[cell for cell in row] for row in page.iter_rows(values_only=True)]
    head = next(index for index, row in enumerate(rows) if label in row)
    place = rows[head].index(label)
    body = [row for row in rows[head + 1 :] if row[0]]
    assert body[-1][0] == "Total"
    return sum((Decimal(str(row[place])) for row in body[:-1]), Decimal(0)), Decimal(str(body[-1][place]))


def test_monthly_workbook_adds_up_to_the_ledger(sealed: Any, client_of: Callable[[Any], Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken(client_of(sealed.amal), sealed.programme, "2018-03", "xlsx")))
    assert book.sheetnames == ["Hours of the month", "Handed in", "Attendance"]
    row = queries.ledger_months(sealed.programme)[0]
    assert column_sum(book["Hours of the month"], "Value") == (row.amount, row.amount)
    assert column_sum(book["Hours of the month"], "Hours") == (row.hours, row.hours)
    claim = queries.claim_checks(sealed.programme)[0].claim
    assert column_sum(book["Handed in"], "Value") == (claim.amount, claim.amount)
    assert column_sum(book["Attendance"], "Minutes")[0] == 30 + 95 + 90 + 95
    assert (row.amount, claim.amount) == (Decimal("1450.00"), Decimal("1740.00"))


def test_summary_workbook_adds_up_to_the_ledger(sealed: Any, client_of: Callable[[Any], Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken(client_of(sealed.amal), sealed.programme, "period", "xlsx")))
    hours, amount = queries.certified_total(sealed.programme)
    for name in ("Month by month", "By municipality", "By contact"):
        assert column_sum(book[name], "Value") == (amount, amount)
        assert column_sum(book[name], "Hours") == (hours, hours)


@pytest.mark.parametrize("name", ["2018-03", "period"])
def test_pdf_says_the_same_and_is_tagged(sealed: Any, client_of: Callable[[Any], Any], name: str, tmp_path: Any) -> None:
    content = taken(client_of(sealed.amal), sealed.programme, name, "pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "Learning for integration" in str(reader.metadata.title if reader.metadata else "")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    row = queries.ledger_months(sealed.programme)[0]
    assert row.amount == Decimal("1450.00")
    assert "1,450.00" in text
    path = tmp_path / "sheet.pdf"
    path.write_bytes(content)
    structure = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout
    assert {"Table", "TH", "TR", "TD", "H1", "H2"} <= set(re.findall(r"^\s*([A-Z][A-Za-z0-9]*)", structure, re.M))
    assert pypdf.PdfReader(io.BytesIO(content)).xmp_metadata is not None
    assert b"pdfuaid" in content or b"pdfuaid" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_names_stand_only_in_the_own_municipalitys_sheet(sealed: Any, client_of: Callable[[Any], Any]) -> None:
    def words(who: Any, of: Any = None) -> str:
        book = openpyxl.load_workbook(io.BytesIO(taken(client_of(who), sealed.programme, "2018-03", "xlsx", of)))
        return str([list(page.values) for page in book])

    assert "Birgit Nyström" in words(sealed.paula, sealed.horby)
    for who, of in ((sealed.amal, None), (sealed.amal, sealed.horby), (sealed.elin, None), (sealed.elin, sealed.horby)):
        text = words(who, of)
        assert "LFI-000" in text
        for name in ("Birgit", "Nyström", "Lena", "Carlos"):
            assert name not in text
    taken_names = list(JournalEntry.objects.filter(name="SheetTaken").order_by("pk").values_list("data", flat=True))
    assert [one["names"] for one in taken_names] == [True, False, False, False, False]


@pytest.mark.parametrize(("who", "of"), [("paula", ""), ("paula", "kristianstad"), ("oskar", "horby"), ("lena", "horby"), ("birgit", "horby"), ("stranger", "")])
def test_sheets_of_others_are_absent(sealed: Any, client_of: Callable[[Any], Any], who: str, of: str) -> None:
    address = reverse("evidence:sheet_download", args=[sealed.programme.uid, "2018-03", "xlsx"])
    assert client_of(getattr(sealed, who)).get(address + (f"?of={getattr(sealed, of).uid}" if of else "")).status_code == 404


@pytest.mark.parametrize(("name", "kind"), [("2018-13", "xlsx"), ("2018-03", "exe"), ("nonsense", "pdf")])
def test_sheets_that_do_not_exist_are_absent(sealed: Any, client_of: Callable[[Any], Any], name: str, kind: str) -> None:
    assert client_of(sealed.amal).get(reverse("evidence:sheet_download", args=[sealed.programme.uid, name, kind])).status_code == 404


def test_cells_are_never_formulas() -> None:
    cells = ["=1+1", "+46", "-1", "@SUM(A1)", "http://example.org", "0123"]
    table = Table("a[b]:c*?/\\" + "x" * 40, "t", [Column("A"), Column("B", NUMBER)], [[cell, 1] for cell in cells], ["Summa", 6])
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(Sheet("=title", [("=a", "=b")], [table]))))
    page = book.active
    assert page is not None
    values = [row[0] for row in page.iter_rows() if row[0].value in cells]
    assert [cell.value for cell in values] == cells
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in values)
    assert worksheet_name("") == "1"
