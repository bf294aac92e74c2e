"""REFI-QDA archives in the shapes in which tools write them: after their public exports, with our own words in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
NS = 'xmlns="urn:QDA-XML:project:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"'
TEXT = "I: How did you find the course?\nR: The bus came once a day 😀 and the course began before it.\nR: My neighbour drove me; that helped."


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members; a name ending in / is an empty folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class Shape:
    """A tool's export, and what must be read from it."""

    data: bytes
    says: tuple[str, ...]  # what the passages say
    problems: tuple[str, ...]
    reading: str


def spans(text: str, *words: str) -> list[tuple[int, int]]:
    return [(text.index(one), text.index(one) + len(one)) for one in words]


SAID = ("The bus came once a day", "My neighbour drove me")


def atlas() -> Shape:
    """ATLAS.ti: capital GUIDs, Sources/ with a capital, CRLF counted as two, names cut with three dots; one document's text is not in the archive."""
    raw = TEXT.replace("\n", "\r\n").replace(" 😀", "")
    (a, b), (c, d) = spans(raw, *SAID)
    project = f"""{HEAD}<Project name="Transport" origin="ATLAS.ti 23" creatingUserGUID="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860" {NS}>
<Users><User guid="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860" name="Reader One"/></Users>
<CodeBook><Codes><Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Transport" isCodable="true" color="#46AA00"><Description>Ways to get there</Description><NoteRef targetGUID="AAAAAAAA-0000-4000-8000-000000000001"/>
<Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295" name="Lifts" isCodable="true"/></Code></Codes></CodeBook>
<Sources><TextSource guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0" name="D 1: talk" plainTextPath="internal://ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0.txt" richTextPath="internal://ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0.docx" creatingUser="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860">
<PlainTextSelection guid="D61907B2-D0D4-48DC-B8B7-5E4F7AE5FAA6" name="The bus came once..." startPosition="{a}" endPosition="{b}"><Coding guid="F0700850-5E65-4B33-AE59-83D36A021670" creatingUser="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860"><CodeRef targetGUID="1ff58b12-6f6f-4b0c-8be5-bbdc91f55294"/></Coding></PlainTextSelection>
<PlainTextSelection guid="D61907B2-D0D4-48DC-B8B7-5E4F7AE5FAA7" name="My neighbour drove me" startPosition="{c}" endPosition="{d}"><Description>A way</Description><Coding guid="F0700850-5E65-4B33-AE59-83D36A021671" creatingUser="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860"><CodeRef targetGUID="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295"/></Coding></PlainTextSelection></TextSource>
<TextSource guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F1" name="D 2: gone" plainTextPath="internal://gone.txt"><PlainTextSelection guid="D61907B2-D0D4-48DC-B8B7-5E4F7AE5FAA8" name="x" startPosition="3" endPosition="9"><Coding guid="F0700850-5E65-4B33-AE59-83D36A021672"><CodeRef targetGUID="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295"/></Coding></PlainTextSelection></TextSource></Sources>
<Notes><Note guid="AAAAAAAA-0000-4000-8000-000000000001" name="Memo" plainTextPath="internal://memo.txt"/></Notes></Project>"""
    data = packed({"project.qde": project, "Sources/": b"", "Sources/ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0.TXT": raw, "Sources/memo.txt": "Seen often", "Sources/ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0.docx": b"PK"})  # fmt: skip
    return Shape(data, SAID, ("missing_text",), "standard")


def nvivo() -> Shape:
    """NVivo: a BOM and CRLF in the file while positions count one a line end; cases with variables; the set and the annotation stay out."""
    plain = TEXT.replace(" 😀", "")
    (a, b), (c, d) = spans(plain, *SAID)
    project = f"""{HEAD}<Project name="Move" origin="NVivo 14" {NS}><Users><User guid="df241da2-bca0-4ad9-83c1-b89c98d83567" name="RO" id="1"/></Users>
<CodeBook><Codes><Code guid="83e56c7e-c287-46cb-8bb8-1fe8ecae66e9" name="Getting there" isCodable="true"><Code guid="83e56c7e-c287-46cb-8bb8-1fe8ecae66ea" name="Bus" isCodable="true"/></Code></Codes></CodeBook>
<Variables><Variable guid="11111111-2222-4333-8444-555555555555" name="Country" typeOfVariable="Text"/></Variables>
<Cases><Case guid="11111111-2222-4333-8444-555555555556" name="Person 7"><VariableValue><VariableRef targetGUID="11111111-2222-4333-8444-555555555555"/><TextValue>Portugal</TextValue></VariableValue><SourceRef targetGUID="56a79789-d535-4fb8-bedd-a915504c54ba"/></Case></Cases>
<Sources><TextSource guid="56a79789-d535-4fb8-bedd-a915504c54ba" name="talk.docx" plainTextPath="internal://56a79789-d535-4fb8-bedd-a915504c54ba.txt" creatingUser="df241da2-bca0-4ad9-83c1-b89c98d83567" creationDateTime="2025-06-11T16:24:07Z"><Description />
<PlainTextSelection guid="fd960901-8191-4db1-a3dd-a91626d56c4b" name="" startPosition="{a}" endPosition="{b}" creatingUser="df241da2-bca0-4ad9-83c1-b89c98d83567"><Coding guid="f0700850-5e65-4b33-ae59-83d36a021670"><CodeRef targetGUID="83e56c7e-c287-46cb-8bb8-1fe8ecae66ea"/></Coding></PlainTextSelection>
<PlainTextSelection guid="fd960901-8191-4db1-a3dd-a91626d56c4c" name="" startPosition="{c}" endPosition="{d}"><Coding guid="f0700850-5e65-4b33-ae59-83d36a021671"><CodeRef targetGUID="83e56c7e-c287-46cb-8bb8-1fe8ecae66e9"/></Coding></PlainTextSelection></TextSource>
<PictureSource guid="56a79789-d535-4fb8-bedd-a915504c54bb" name="map.png" path="internal://map.png"/></Sources>
<Sets><Set guid="56a79789-d535-4fb8-bedd-a915504c54bc" name="All"/></Sets></Project>"""
    data = packed({"Project.qde": project, "sources/56a79789-d535-4fb8-bedd-a915504c54ba.txt": "\ufeff" + plain.replace("\n", "\r\n"), "sources/map.png": b"\x89PNG"})
    return Shape(data, SAID, ("left_out", "other_source", "unread_positions"), "lines as one")


def maxqda() -> Shape:
    """MAXQDA: the end is the last character of the passage, positions in UTF-16 units, a code without words of its own, colours without a sign before them."""
    wide = TEXT
    (a, b), (c, d) = spans(wide, *SAID)
    c, d = c + 1, d + 1  # one pictogram before: two units
    project = f"""{HEAD}<Project name="Anfahrt" origin="MAXQDA 2022" {NS}><CodeBook><Codes><Code guid="{{0F758EEB-D61D-4E91-B250-79861C3869A6}}" name="Weg" isCodable="false" color="#ff0000"><Code guid="{{0F758EEB-D61D-4E91-B250-79861C3869A7}}" name="Bus" isCodable="true" color="0000ff"/></Code></Codes></CodeBook>
<Sources><TextSource guid="{{0F758EEB-D61D-4E91-B250-79861C3869A8}}" name="Gespräch 1" plainTextPath="internal://0f758eeb-d61d-4e91-b250-79861c3869a8.txt">
<PlainTextSelection guid="{{0F758EEB-D61D-4E91-B250-79861C3869A9}}" name="{SAID[0]}" startPosition="{a}" endPosition="{b - 1}"><Coding guid="{{0F758EEB-D61D-4E91-B250-79861C3869B0}}"><CodeRef targetGUID="0f758eeb-d61d-4e91-b250-79861c3869a7"/></Coding></PlainTextSelection>
<PlainTextSelection guid="{{0F758EEB-D61D-4E91-B250-79861C3869B1}}" name="{SAID[1]}" startPosition="{c}" endPosition="{d - 1}"><Coding guid="{{0F758EEB-D61D-4E91-B250-79861C3869B2}}"><CodeRef targetGUID="0f758eeb-d61d-4e91-b250-79861c3869a7"/></Coding></PlainTextSelection></TextSource></Sources></Project>"""
    data = packed({"project.qde": project, "Sources/0F758EEB-D61D-4E91-B250-79861C3869A8.txt": wide})
    return Shape(data, SAID, ("unread_positions",), "inclusive, utf16")


def qualcoder() -> Shape:
    """QualCoder: the whole passage as its name, ends exclusive in characters, the text within the XML; one passage is out of the text, one has no code."""
    (a, b), (c, d) = spans(TEXT, *SAID)
    project = f"""{HEAD}<Project name="p" origin="QualCoder 3.5" {NS}><Users><User guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c001" name="default"/></Users><CodeBook><Codes><Code guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c002" name="bus" isCodable="true" color="#FF9800"/></Codes></CodeBook>
<Sources><TextSource guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c003" name="a.txt"><PlainTextContent>{TEXT}</PlainTextContent>
<PlainTextSelection guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c004" name="{SAID[0]}" startPosition="{a}" endPosition="{b}" creatingUser="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c001" creationDateTime="2024-01-02T03:04:05"><Coding guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c005" creatingUser="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c001"><CodeRef targetGUID="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c002"/></Coding></PlainTextSelection>
<PlainTextSelection guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c006" name="{SAID[1]}" startPosition="{c}" endPosition="{d}"><Coding guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c007"><CodeRef targetGUID="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c002"/></Coding></PlainTextSelection>
<PlainTextSelection guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c008" name="" startPosition="5" endPosition="9999"><Coding guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c009"><CodeRef targetGUID="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c002"/></Coding></PlainTextSelection>
<PlainTextSelection guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c010" name="" startPosition="3" endPosition="6"><Coding guid="0b8c1a4e-9a2f-4e0c-9a9a-3f8e14a0c011"><CodeRef targetGUID="ffffffff-9a2f-4e0c-9a9a-3f8e14a0c002"/></Coding></PlainTextSelection></TextSource></Sources></Project>"""
    return Shape(packed({"project.qde": project}), SAID, ("out_of_text", "unknown_code"), "standard")


SHAPES = {"atlas": atlas, "nvivo": nvivo, "maxqda": maxqda, "qualcoder": qualcoder}
