"""Minutes from a file, the empty list, and the sign-in sheet as an accessible PDF."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from handrail.delivery import actions
from handrail.delivery.formats import read_marks
from handrail.delivery.models import Attendance
from handrail.delivery.queries.screens.attendance import laid_out
from handrail.delivery.rules import LEAST
from handrail.kit.errors import RuleBroken
from handrail.kit.pdf import OutsideRefused, as_pdf, packaged_only
from handrail.programmes.queries import numbers_of
from tests.delivery.made import session_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def session(cast):
    one = session_of(cast, days=0)
    for person in (cast.birgit, cast.bo):
        actions.invite_to_session(session=one, person=person, by=cast.paula)
    return one


def upload(client, session, text):
    return client.post(reverse("delivery:attendance_file", args=[session.uid]), {"file": SimpleUploadedFile("minuter.csv", text.encode())})


def test_read_marks_finds_the_header_below_titles_in_either_language():
    rows, problems = read_marks("Närvaro våren\n\nDeltagarnummer;Minuter;Orsak\nLFI-0002;95;\nLFI-0003;80 min;Gick\n".encode(), name="a.csv")
    assert [(row.row, row.who, row.minutes, row.reason) for row in rows] == [(4, "lfi-0002", 95, ""), (5, "lfi-0003", 80, "Gick")] and not problems
    with pytest.raises(RuleBroken):
        read_marks(b"Name;Hours\nA;2\n", name="a.csv")


def test_read_marks_names_row_and_remedy_and_never_the_value():
    rows, problems = read_marks("number;minutes\nLFI-1;abc\n;5\nLFI-2;5\nLFI-2;6\nLFI-3;-5\nLFI-4;9,5\n".encode(), name="a.csv")
    assert [row.who for row in rows] == ["lfi-2"]
    assert [one.row for one in problems] == [2, 3, 5, 6, 7]
    assert "abc" not in "".join(str(one.text) for one in problems)


def test_a_file_is_previewed_and_saved_only_when_one_says_so(cast, session, client_of):
    client, numbers = client_of(cast.carlos), numbers_of(cast.programme, [cast.birgit.pk, cast.kim.pk])
    text = f"Nummer;Minuter\n{numbers[cast.birgit.pk]};95\nbo.holm@example.org;80\n{numbers[cast.kim.pk]};60\n"
    page = upload(client, session, text)
    assert page.status_code == 200 and not Attendance.objects.exists()
    assert client.post(reverse("delivery:attendance_file", args=[session.uid]), {"rows": page.context["found"].sealed}).status_code == 302
    assert sorted(Attendance.objects.values_list("minutes", "late_minutes", "left_early_minutes", "method")) == [(60, 0, 35, "file"), (80, 0, 15, "file"), (95, 0, 0, "file")]
    again = upload(client, session, text)
    assert again.context["found"].same == 3
    corrected = upload(client, session, text.replace(";95", ";90"))
    assert [one.column for one in corrected.context["found"].problems] == ["reason"]


def test_a_file_with_one_wrong_row_saves_nothing(cast, session, client_of):
    client, number = client_of(cast.carlos), numbers_of(cast.programme, [cast.birgit.pk])[cast.birgit.pk]
    found = upload(client, session, f"Nummer;Minuter\n{number};95\nLFI-9999;10\nkim.lund@example.org;20\nbo.holm@example.org;900\n").context["found"]
    assert [(one.row, one.column) for one in found.problems] == [(3, "who"), (4, "who"), (5, "minutes")]  # addresses only of those with a seat
    assert found.sealed == ""
    client.post(reverse("delivery:attendance_file", args=[session.uid]), {"rows": "nonsense"})
    assert not Attendance.objects.exists()


def test_nonsense_files_get_a_sentence(cast, session, client_of):
    client = client_of(cast.carlos)
    for text in ("", "\x00\x01", "a;b\n1;2\n"):
        answer = upload(client, session, text)
        assert answer.status_code == 200 and "field-wrong" in answer.content.decode()


def test_the_empty_list_holds_numbers_and_no_names(cast, session, client_of):
    text = client_of(cast.carlos).get(reverse("delivery:attendance_file_empty", args=[session.uid])).content.decode()
    assert "LFI-" in text and "Birgit" not in text
    assert read_marks(text.replace(';""', ";95").replace(";;", ";95;").encode(), name="a.csv")[0]


def test_the_sheet_is_a_tagged_pdf_with_title_language_and_lines_for_all(cast, session, client_of, tmp_path):
    answer = client_of(cast.carlos).get(reverse("delivery:session_sheet_pdf", args=[session.uid]))
    reader = PdfReader(io.BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("sv") and "Namnlista" in reader.metadata.title
    (tmp_path / "sheet.pdf").write_bytes(answer.content)
    structure = subprocess.run(["pdfinfo", "-struct-text", str(tmp_path / "sheet.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Table" in structure and "TH" in structure and "Birgit" in structure and "Bo Holm" in structure
    assert b"pdfuaid" in root["/Metadata"].get_data()
    fonts = subprocess.run(["pdffonts", str(tmp_path / "sheet.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Schibsted" in fonts  # our own, from the package


def picture_of(html, tmp_path):
    """What a printed page looks like, in greys."""
    (tmp_path / "page.pdf").write_bytes(as_pdf(f"<html lang='sv'><title>T</title>{html}"))
    subprocess.run(["pdftoppm", "-r", "50", "-gray", "-singlefile", str(tmp_path / "page.pdf"), str(tmp_path / "page")], check=True)
    return (tmp_path / "page.pgm").read_bytes()


def test_every_letter_of_a_name_is_printed_as_itself(tmp_path):
    """Of one family in two files the printer drew one file's letters with the other's shapes: Delić stood as Deliú."""
    fonts, letters = render_to_string("kit/c/fonts_pdf.html"), "<p>ćžšđłğő</p>"
    alone = '<style>body { font-family: "Schibsted Grotesk Ext"; }</style>'
    assert picture_of(fonts + letters, tmp_path) == picture_of(fonts + alone + letters, tmp_path) != picture_of(fonts + "<p></p>", tmp_path)
    mixed = picture_of(fonts + "<p>Deli" + letters[3:], tmp_path)
    assert mixed == picture_of(fonts + "<p>Deli<span style='font-family: \"Schibsted Grotesk Ext\"'>" + letters[3:-4] + "</span></p>", tmp_path)
    for template in (ROOT / "src").rglob("templates/**/*.html"):
        assert "@font-face" not in template.read_text() or template.name == "fonts_pdf.html", template


LONG = "Alexandra Maria von Lindeberg-Johansson", "Arbetsmarknad, integration och vuxenutbildning"


@pytest.mark.parametrize(("names", "pages", "lies"), [(21, 1, False), (22, 1, True), (35, 1, True), (40, 1, True), (44, 1, True), (45, 2, False)])
def test_the_sheet_for_up_to_44_names_is_one_sheet_with_7_mm_to_sign_in(names, pages, lies):
    people = [{"name": LONG[0] if number % 3 == 0 else f"Person {number:02}", "unit": LONG[1]} for number in range(names)]
    shown = laid_out(people) | {"session": "Samtal genom tolk, grupparbete 2 för alla som möter nyanlända", "programme": "Lärande för integration", "line": "Onsdag 18 april 2018, 08.30–10.15. Kulturhuset, Hörby. Carlos Ruiz"}
    assert float(shown["line_mm"]) >= LEAST
    reader = PdfReader(io.BytesIO(as_pdf(render_to_string("delivery/sheet_pdf.html", shown))))
    box = reader.pages[0].mediabox
    assert (len(reader.pages), box.width > box.height) == (pages, lies)
    text = "".join(page.extract_text() for page in reader.pages)
    assert all(f"Person {number:02}" in text for number in range(names) if number % 3)


def test_a_printed_page_fetches_nothing_from_outside():
    for url in ("https://example.org/x.png", "file:///etc/passwd", "packaged:/../../settings.py", "http://169.254.169.254/"):
        with pytest.raises(OutsideRefused):
            packaged_only(url)
    assert as_pdf("<html lang='sv'><title>T</title><body><img alt='x' src='https://example.org/x.png'><p>Text</p></body></html>").startswith(b"%PDF")
