"""Transcripts and REFI-QDA in and out; hostile files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handrail.kit.errors import RuleBroken
from handrail.research import formats
from handrail.research.formats import child
from tests.research.archives import HEAD, NS, SHAPES, packed

AT = datetime(2018, 4, 18, 8, 0, tzinfo=UTC)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


def pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    stream = "BT /F1 12 Tf 50 750 Td " + " ".join(f"({line}) Tj 0 -20 Td" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def test_a_word_document_is_read() -> None:
    assert formats.read_transcript(docx("I: Olá?", "R: Bem &amp; obrigada.")) == "I: Olá?\nR: Bem & obrigada."


def test_a_pdf_is_read_with_its_lines_joined() -> None:
    assert formats.read_transcript(pdf("I: How was it?", "R: It was", "long.")) == "I: How was it?\nR: It was long."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_windows(encoding: str) -> None:
    assert formats.read_transcript("R: É difícil à noite".encode(encoding)) == "R: É difícil à noite"


def test_cyrillic_windows_text_is_read() -> None:
    assert formats.read_transcript("Р: Трудно е вечер".encode("cp1251")) == "Р: Трудно е вечер"


DTD = f'{HEAD}<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"), (b"PK\x03\x04 nonsense", "damaged"), (b"%PDF-1.4 nonsense", "damaged"), (packed({"a.txt": "x"}), "not a Word document"),
        (packed({"word/document.xml": DTD}), "damaged"), (packed({"word/document.xml": b" " * 30_000_000}), "too large"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "old Word"), (b"\xff\x00\xfa" * 9, "neither text"), (b"x" * (formats.MAX_BYTES + 1), "larger"),
        (b"word " * 70_000, "characters"), (pdf(), "pictures"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        formats.read_transcript(data)


def test_hyphens_at_the_end_of_a_line_go() -> None:
    assert child.joined("It was diffi-\ncult.\nR: Yes") == "It was difficult.\nR: Yes"


@pytest.mark.parametrize("name", SHAPES)
def test_a_tools_project_is_read_with_its_passages(name: str) -> None:
    shape = SHAPES[name]()
    project = formats.read_project(shape.data)
    source = project.sources[0]
    assert source.text is not None
    assert tuple(source.text[one.start : one.end] for one in source.codings) == shape.says
    assert tuple(sorted(one.code for one in project.problems)) == shape.problems
    assert project.readings[0][1] == shape.reading
    assert all(formats.problem_words(one) for one in project.problems)


def test_notes_cases_colours_and_readers_are_kept() -> None:
    atlas = formats.read_project(SHAPES["atlas"]().data)
    assert (atlas.codes[0].memo, atlas.codes[0].colour, atlas.codes[0].description) == ("Memo\nSeen often", "#46AA00", "Ways to get there")
    assert atlas.codes[0].children[0].name == "Lifts"
    assert [(one.user, one.memo) for one in atlas.sources[0].codings] == [("Reader One", ""), ("Reader One", "A way")]
    assert atlas.sources[1].text is None
    nvivo = formats.read_project(SHAPES["nvivo"]().data)
    assert nvivo.sources[0].attributes == (("Case", "Person 7"), ("Country", "Portugal"))
    maxqda = formats.read_project(SHAPES["maxqda"]().data)
    assert not maxqda.codes[0].is_codable
    assert maxqda.codes[0].children[0].colour == "#0000FF"


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_written_is_read_again_exactly(name: str) -> None:
    project = formats.read_project(SHAPES[name]().data)
    written = formats.write_project(project, at=AT)
    again = formats.read_project(written)
    assert again == replace(project, origin="Handrail")
    assert formats.write_project(again, at=AT) == written
    assert {one.code for one in again.problems} <= {"missing_text", "other_source"}


def test_a_codebook_is_read_and_written() -> None:
    codes = formats.read_project(SHAPES["atlas"]().data).codes
    again = formats.read_codebook(formats.write_codebook(codes))
    assert again == (replace(codes[0], memo=""),)


def test_a_codebook_of_taguette_is_read() -> None:
    data = b'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette"><Codes><Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="interesting" isCodable="true"/></Codes><Sets/></CodeBook>'
    assert [(one.guid, one.name) for one in formats.read_codebook(data)] == [("0d62985d-b147-5d01-a9b5-cae5dcd98342", "interesting")]


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", f"{HEAD}<Project name='x' {NS}/>")
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


QDE = f"{HEAD}<Project name='x' {NS}/>"
BOMB = "project.qde", QDE
ENTITIES = f'{HEAD}<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Project name="&b;" {NS}/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nothing", "no REFI-QDA"), (packed({"a.txt": "x"}), "no REFI-QDA"), (packed({"project.qde": "<x/>"}), "no REFI-QDA"), (packed({"project.qde": ENTITIES}), "damaged"),
        (packed({"project.qde": QDE, "../a.txt": "x"}), "names"), (packed({"project.qde": QDE, "/a.txt": "x"}), "names"), (packed({"project.qde": QDE, "C:/a.txt": "x"}), "names"),
        (packed({"project.qde": QDE, "a\u202e.txt": "x"}), "names"), (packed({"project.qde": QDE, "A.txt": "x", "a.txt": "y"}), "names"), (packed({"project.qde": QDE, "x" * 201 + ".txt": "x"}), "names"),
        (packed({"project.qde": QDE, "a.exe": "x"}), "do not belong"), (packed({"project.qde": QDE, "a.zip": "x"}), "do not belong"), (linked(), "links"),
        (packed({"project.qde": QDE, "a.txt": b" " * 40_000_000}), "too large"), (packed({f"{number}.txt": "" for number in range(5_001)}), "too large"),
        (packed({"project.qde": f"{HEAD}<Project name='x' {NS}>" + "<a>" * 60 + "</a>" * 60 + "</Project>"}), "too large"),
    ],
)  # fmt: skip
def test_a_hostile_archive_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        formats.read_project(data)


def test_a_table_of_codes_is_read_again() -> None:
    codes = [
        formats.TableCode(("Needs",), {"en": "Needs", "pt": "Necessidades"}, {"en": "What is missing"}, "#46AA00", False, "m"),
        formats.TableCode(("Needs", "Work"), {"en": "Work"}, {}),
    ]  # fmt: skip
    assert formats.from_rows(formats.to_rows(codes, ["en", "pt"])) == codes
    with pytest.raises(RuleBroken, match="first row"):
        formats.from_rows([["a"]])
