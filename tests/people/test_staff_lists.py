"""Staff lists from file to employments, through the actions and the screens."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handrail.kit.errors import RuleBroken
from handrail.people import actions, queries
from handrail.people.models import Employment, Identity, Person, StaffImport, Unit

HEAD = ["Anställningsnummer", "Personnummer", "Förnamn", "Efternamn", "Befattning", "Förvaltning", "Enhet", "Sysselsättningsgrad", "Närmaste chef", "E-post", "Skyddad identitet"]
ROWS = [
    ["1001", "19800101-1231", "Rut", "Ek", "Rektor", "Skola", "Norra skolan", 100, "", "rut.ek@example.org", ""],
    ["1002", "19810101-1239", "Ali", "Sjö", "Lärare", "Skola", "Norra skolan", 75, "1001", "ali.sjo@example.org", ""],
    ["1003", "", "Eva", "Dal", "Lärare", "Skola", "Södra skolan", 80, "1001", "eva.dal@example.org", "ja"],
]


def workbook(rows: list[list[Any]], head: list[str] = HEAD) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Personal")
    sheet.write(0, 0, "Personallista 2018-04-01")
    for number, row in enumerate([head, *rows], start=2):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return out.getvalue()


def bring_in(cast: Any, rows: list[list[Any]], organisation: Any = None) -> StaffImport:
    found = actions.upload_staff_list(organisation=organisation or cast.ostra_goinge, file_name="lista.xlsx", content=workbook(rows), by=cast.oskar)
    return actions.apply_staff_list(staff_import=found, by=cast.oskar)


def staff(organisation: Any) -> dict[str, tuple[str, str, str, int]]:
    rows = Employment.objects.filter(organisation=organisation, ended_on=None).select_related("person__identity", "unit__parent", "manager__identity")
    return {
        row.employee_number: (str(row.person.identity), str(row.unit), str(row.manager.identity) if row.manager else "", int(row.rate))
        for row in rows
    }


def test_a_list_becomes_staff_with_units_and_managers(cast: Any) -> None:
    done = bring_in(cast, ROWS)
    assert staff(cast.ostra_goinge) == {
        "1001": ("Rut Ek", "Norra skolan", "", 100),
        "1002": ("Ali Sjö", "Norra skolan", "Rut Ek", 75),
        "1003": ("Eva Dal", "Södra skolan", "Rut Ek", 80),
    }
    assert (done.counts["joined"], done.counts["changed"], done.counts["left"]) == (3, 0, 0)
    assert done.content is None
    assert Unit.objects.get(name="Norra skolan").parent.name == "Skola"  # type: ignore[union-attr]
    assert Identity.objects.get(given_name="Eva").is_protected


def test_personal_identity_numbers_are_dropped(cast: Any) -> None:
    found = actions.upload_staff_list(organisation=cast.ostra_goinge, file_name="lista.xlsx", content=workbook(ROWS), by=cast.oskar)
    assert "national_id" not in found.columns
    preview = queries.preview_of(found)
    assert "19800101" not in repr(preview)
    assert b"19800101" not in bytes(found.content or b""), "not even until the list is saved"
    assert all(row.national_id == "" for row in preview.staff.rows)


def test_the_same_list_twice_changes_nothing(cast: Any) -> None:
    bring_in(cast, ROWS)
    before = staff(cast.ostra_goinge)
    again = bring_in(cast, ROWS)
    assert (again.counts["joined"], again.counts["changed"], again.counts["left"], again.counts["unchanged"]) == (0, 0, 0, 3)
    assert staff(cast.ostra_goinge) == before


def test_a_later_list_shows_who_joined_moved_and_left(cast: Any) -> None:
    bring_in(cast, ROWS)
    people = Person.objects.count()
    later = [ROWS[0], [*ROWS[1][:6], "Södra skolan", *ROWS[1][7:]], ["1004", "", "Noor", "Holm", "Lärare", "Skola", "Södra skolan", 50, "1001", "", ""]]
    done = bring_in(cast, later)
    assert (done.counts["joined"], done.counts["changed"], done.counts["moved"], done.counts["left"]) == (1, 1, 1, 1)
    assert sorted(staff(cast.ostra_goinge)) == ["1001", "1002", "1004"]
    assert Person.objects.count() == people + 1
    assert {(one.kind, tuple(one.fields)) for one in done.changes.all()} == {("joined", ()), ("changed", ("unit",)), ("left", ())}
    back = bring_in(cast, ROWS)
    assert back.counts["joined"] == 1
    assert Person.objects.count() == people + 1, "who comes back is the same person"


def test_the_same_person_in_another_organisation_is_not_matched(cast: Any) -> None:
    bring_in(cast, ROWS)
    other = bring_in(cast, ROWS, cast.hassleholm)
    assert other.counts["joined"] == 3


def test_a_list_is_saved_once(cast: Any) -> None:
    done = bring_in(cast, ROWS)
    with pytest.raises(RuleBroken):
        actions.apply_staff_list(staff_import=done, by=cast.oskar)


def test_a_list_of_a_part_is_not_taken_for_the_whole_by_mistake(cast: Any, client_of: Callable[..., Any]) -> None:
    many = [[str(2000 + n), "", f"Anna{n}", "Ek", "Lärare", "Skola", "Norra skolan", 100, "", "", ""] for n in range(6)]
    bring_in(cast, [*ROWS, *many])
    part = actions.upload_staff_list(organisation=cast.ostra_goinge, file_name="del.xlsx", content=workbook(ROWS), by=cast.oskar)
    with pytest.raises(RuleBroken) as refused:
        actions.apply_staff_list(staff_import=part, by=cast.oskar)
    assert refused.value.field == "is_whole"
    assert len(staff(cast.ostra_goinge)) == 9, "nobody has left"
    actions.apply_staff_list(staff_import=part, by=cast.oskar, is_whole=True)
    assert len(staff(cast.ostra_goinge)) == 3


def test_the_preview_names_who_joins_changes_and_leaves_but_nobody_protected(cast: Any, client_of: Callable[..., Any]) -> None:
    found = actions.upload_staff_list(organisation=cast.osby, file_name="1.xlsx", content=workbook(ROWS), by=cast.oskar)
    client = client_of(cast.oskar)
    looked = client.get(reverse("people:staff_list", kwargs={"uid": found.uid})).content.decode()
    assert "Ali Sjö" in looked and "Eva Dal" not in looked and "Skyddade personuppgifter" in looked
    actions.apply_staff_list(staff_import=found, by=cast.oskar, is_whole=True)
    later = [ROWS[0], [*ROWS[1][:6], "Södra skolan", *ROWS[1][7:]]]
    next_list = actions.upload_staff_list(organisation=cast.osby, file_name="2.xlsx", content=workbook(later), by=cast.oskar)
    looked = client.get(reverse("people:staff_list", kwargs={"uid": next_list.uid})).content.decode()
    assert "Norra skolan → Södra skolan" in looked
    assert "Eva Dal" not in looked, "who leaves is protected"


def test_wrong_rows_are_left_out_with_cause_and_remedy(cast: Any) -> None:
    done = bring_in(cast, [*ROWS, ["", "", "Utan", "Allt", "Lärare", "Skola", "Norra skolan", 100, "", "", ""], ["1009", "", "Per", "Al", "Lärare", "Skola", "Norra skolan", 140, "1001", "", ""]])
    assert done.counts["joined"] == 3
    assert {(one["row"], one["is_error"]) for one in done.problems} >= {(7, True), (8, True)}
    assert all(one["cause"] and one["remedy"] for one in done.problems)


def test_five_thousand_rows_come_in_with_few_queries(cast: Any, queries_of: Callable[..., int]) -> None:
    many = [[str(n), "", f"Anna{n}", "Ek", "Lärare", "Skola", f"Enhet {n % 40}", 100, "1" if n > 1 else "", "", ""] for n in range(1, 1001)]
    found = actions.upload_staff_list(organisation=cast.ostra_goinge, file_name="lista.xlsx", content=workbook(many), by=cast.oskar)
    assert queries_of(lambda: actions.apply_staff_list(staff_import=found, by=cast.oskar)) < 120
    assert len(staff(cast.ostra_goinge)) == 1000


@pytest.mark.parametrize("content", [b"", b"not a workbook at all", b"PK\x03\x04broken", "å;ä;ö\n".encode("cp1252")])
def test_what_is_no_list_is_refused_in_words(cast: Any, content: bytes) -> None:
    with pytest.raises(RuleBroken) as refused:
        actions.upload_staff_list(organisation=cast.ostra_goinge, file_name="lista.xlsx", content=content, by=cast.oskar)
    assert refused.value.field == "file"
    assert StaffImport.objects.count() == 0


def test_the_screens_from_upload_to_saved(cast: Any, client_of: Callable[..., Any]) -> None:
    client = client_of(cast.oskar)
    address = reverse("people:staff_upload", kwargs={"uid": cast.osby.uid})
    answer = client.post(address, {"file": SimpleUploadedFile("lista.xlsx", workbook(ROWS))})
    assert answer.status_code == 302
    looked = client.get(answer.url)
    assert looked.status_code == 200
    assert "19800101" not in looked.content.decode()
    found = StaffImport.objects.get()
    assert client.get(reverse("people:staff_list_problems", kwargs={"uid": found.uid})).status_code == 200
    assert client.post(reverse("people:staff_list_save", kwargs={"uid": found.uid})).status_code == 302
    listed = client.get(reverse("people:staff", kwargs={"uid": cast.osby.uid})).content.decode()
    assert "Ali Sjö" in listed
    assert "Eva Dal" not in listed, "a protected identity is hidden from the process leader"


def test_the_list_of_staff_asks_as_often_for_three_as_for_thirty(cast: Any, client_of: Callable[..., Any], queries_of: Callable[..., int]) -> None:
    client = client_of(cast.paula)
    address = reverse("people:staff", kwargs={"uid": cast.horby.uid})
    client.get(address)
    few = queries_of(lambda: client.get(address))
    cast.more_staff(30)
    assert queries_of(lambda: client.get(address)) == few
