"""Writes REFI-QDA projects (.qdpx) and codebooks (.qdc). The same data gives the same bytes."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from handrail.research.formats.refi import CODEBOOK, PROJECT, RefiCode, RefiCoding, RefiProject, RefiSource, walk

ORIGIN = "Handrail"
NAME_LENGTH = 80
_SPACE = uuid.UUID("6d0a54d0-7a1e-5c55-9a37-0d7c40b3a3a1")  # names of what has no identifier of its own are made from it
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_codebook(codes: Iterable[RefiCode]) -> bytes:
    """A codebook file. Memos have no place in it and stay out."""
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    holder = SubElement(root, "Codes")
    for one in codes:
        _code(holder, one, None)
    return _written(root)


def write_project(project: RefiProject, *, at: datetime) -> bytes:
    """A project with its texts. Sources without words keep their name; their text is missing for whoever reads them, too."""
    notes: list[tuple[str, str]] = []
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = sorted({one.user for one in project.sources if one.user} | {c.user for one in project.sources for c in one.codings if c.user})
    users = {name: _made("user", name) for name in names}
    root = Element("Project", {"xmlns": PROJECT, "name": project.name, "origin": ORIGIN, "creationDateTime": stamp})
    if users:
        holder = SubElement(root, "Users")
        for name, guid in users.items():
            SubElement(holder, "User", {"guid": guid, "name": name})
    book = SubElement(SubElement(root, "CodeBook"), "Codes")
    for code in project.codes:
        _code(book, code, notes)
    variables = sorted({name for one in project.sources for name, _value in one.attributes})
    if variables:
        holder = SubElement(root, "Variables")
        for name in variables:
            SubElement(holder, "Variable", {"guid": _made("variable", name), "name": name, "typeOfVariable": "Text"})
    texts: dict[str, str] = {}
    if project.sources:
        holder = SubElement(root, "Sources")
        for one in project.sources:
            _source(holder, one, users, notes, texts)
    if notes:
        holder = SubElement(root, "Notes")
        for guid, words in notes:
            SubElement(SubElement(holder, "Note", {"guid": guid, "name": ""}), "PlainTextContent").text = words
    if project.memo:
        SubElement(root, "Description").text = project.memo
    return _archive(_written(root), texts)


def _source(holder: Element, one: RefiSource, users: dict[str, str], notes: list[tuple[str, str]], texts: dict[str, str]) -> None:
    element = SubElement(holder, one.kind if one.text is None else "TextSource", {"guid": _plain(one.guid), "name": one.name})
    path = f"{_plain(one.guid)}.txt"
    if one.kind == "TextSource" or one.text is not None:
        element.set("plainTextPath", f"internal://{path}")
    if one.text is not None:
        texts[path] = one.text
    _stamped(element, one.user, one.at, users)
    for coding in one.codings:
        _selection(element, coding, one.text or "", users, notes)
    if one.memo:
        _note(element, f"source {one.guid}", one.memo, notes)
    for name, value in one.attributes:
        variable = SubElement(element, "VariableValue")
        SubElement(variable, "VariableRef", {"targetGUID": _made("variable", name)})
        SubElement(variable, "TextValue").text = value


def _selection(element: Element, one: RefiCoding, text: str, users: dict[str, str], notes: list[tuple[str, str]]) -> None:
    said = " ".join(text[one.start : one.end].split())
    name = said if len(said) <= NAME_LENGTH else said[: NAME_LENGTH - 1].rstrip() + "…"
    selection = SubElement(
        element, "PlainTextSelection",
        {"guid": _made("selection", one.guid), "name": name, "startPosition": str(one.start), "endPosition": str(one.end)},
    )  # fmt: skip
    _stamped(selection, one.user, one.at, users)
    coding = SubElement(selection, "Coding", {"guid": _plain(one.guid)})
    _stamped(coding, one.user, one.at, users)
    SubElement(coding, "CodeRef", {"targetGUID": _plain(one.code)})
    if one.memo:
        _note(coding, f"coding {one.guid}", one.memo, notes)


def _code(holder: Element, one: RefiCode, notes: list[tuple[str, str]] | None) -> None:
    facts = {"guid": _plain(one.guid), "name": one.name, "isCodable": "true" if one.is_codable else "false"}
    element = SubElement(holder, "Code", facts | ({"color": one.colour} if one.colour else {}))
    if one.description:
        SubElement(element, "Description").text = one.description
    if one.memo and notes is not None:
        _note(element, f"code {one.guid}", one.memo, notes)
    for child in one.children:
        _code(element, child, notes)


def _note(element: Element, key: str, words: str, notes: list[tuple[str, str]]) -> None:
    guid = _made("note", key)
    SubElement(element, "NoteRef", {"targetGUID": guid})
    notes.append((guid, words))


def _stamped(element: Element, user: str, at: str, users: dict[str, str]) -> None:
    if user:
        element.set("creatingUser", users[user])
    if at:
        element.set("creationDateTime", at)


def _plain(guid: str) -> str:
    """A guid as the schema wants it; what a foreign tool called otherwise gets one made of its name."""
    try:
        return str(uuid.UUID(guid))
    except ValueError:
        return _made("foreign", guid)


def _made(kind: str, key: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind}:{key}"))


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _archive(project: bytes, texts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("project.qde", project), *((f"sources/{path}", text.encode()) for path, text in sorted(texts.items()))):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def codes_under(codes: Iterable[RefiCode]) -> int:
    """How many codes there are, with those under others."""
    return len(walk(tuple(codes)))
