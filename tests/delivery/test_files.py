"""Minutes from a file, the empty list, and the sign-in sheet as an accessible PDF."""

from __future__ import annotations

import io
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from handrail.delivery import actions
from handrail.delivery.formats import read_marks
from handrail.delivery.models import Attendance
from handrail.kit.errors import RuleBroken
from handrail.kit.pdf import OutsideRefused, as_pdf, packaged_only
from handrail.programmes.queries import numbers_of
from tests.delivery.made import session_of


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


def test_a_printed_page_fetches_nothing_from_outside():
    for url in ("https://example.org/x.png", "file:///etc/passwd", "packaged:/../../settings.py", "http://169.254.169.254/"):
        with pytest.raises(OutsideRefused):
            packaged_only(url)
    assert as_pdf("<html lang='sv'><title>T</title><body><img alt='x' src='https://example.org/x.png'><p>Text</p></body></html>").startswith(b"%PDF")
