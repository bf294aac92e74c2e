"""Reads REFI-QDA projects (.qdpx) and codebooks (.qdc), as several tools write them; what is missing is said and not stumbled over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from defusedxml.ElementTree import fromstring

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _
from handrail.research.formats.refi import RefiCode, RefiCoding, RefiProblem, RefiProject, RefiSource, walk
from handrail.research.formats.refi_archive import read_archive
from handrail.research.formats.refi_positions import Selection, read_positions

XML_BYTES = 40 * 1024 * 1024
ELEMENTS = 500_000
DEPTH = 40
OTHER_KINDS = ("PDFSource", "PictureSource", "AudioSource", "VideoSource")
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
MISSING_TEXT, OTHER_SOURCE, OUT_OF_TEXT, ODD_PASSAGE, UNKNOWN_CODE, UNREAD, LEFT_OUT = (
    "missing_text", "other_source", "out_of_text", "odd_passage", "unknown_code", "unread_positions", "left_out",
)  # fmt: skip


def problem_words(problem: RefiProblem) -> str:
    """What could not be taken over, in a sentence."""
    facts = {"where": problem.where, "what": problem.what}
    words = {
        MISSING_TEXT: _("%(where)s: the project does not hold its text. The source is kept without words, its %(what)s passages are left out."),
        OTHER_SOURCE: _("%(where)s: pictures, sound, film and PDF pages are not read. The source is kept without words."),
        OUT_OF_TEXT: _("%(where)s: %(what)s passages begin or end outside the text and are left out."),
        ODD_PASSAGE: _("%(where)s: %(what)s passages do not say what they are called. They are kept as they are counted; look at them."),
        UNKNOWN_CODE: _("%(where)s: %(what)s passages name a code that the project does not have, and are left out."),
        UNREAD: _("%(where)s: the tool counts characters in its own way (%(what)s). The passages were moved accordingly."),
        LEFT_OUT: _("%(where)s are not taken over (%(what)s of them)."),
    }
    return str(words[problem.code] % facts)


def read_project(data: bytes) -> RefiProject:
    """A project out of an archive. Raises RuleBroken (field "file") for what is none, or is hostile."""
    members = read_archive(data)
    files = [name for name in members if name.endswith(".qde")]
    if not files:
        raise RuleBroken(_("This is no REFI-QDA project. Export the project as REFI-QDA (.qdpx) and choose that file."), field="file")
    root = _parse(members[min(files, key=lambda name: (name.count("/"), name != "project.qde", name))])
    if _name(root) != "Project":
        raise RuleBroken(_("This is no REFI-QDA project. Export the project as REFI-QDA (.qdpx) and choose that file."), field="file")
    return _Reader(root, members).project()


def read_codebook(data: bytes) -> tuple[RefiCode, ...]:
    """The codes of a codebook (.qdc), or of a project's XML. Raises RuleBroken (field "file")."""
    root = _parse(data)
    book = root if _name(root) == "CodeBook" else next((one for one in root if _name(one) == "CodeBook"), None)
    if book is None:
        raise RuleBroken(_("This is no REFI-QDA codebook. Export the codebook as REFI-QDA (.qdc) and choose that file."), field="file")
    return _codes(book, {})


def _parse(data: bytes) -> Any:
    if len(data) > XML_BYTES:
        raise RuleBroken(_("The project is too large when unpacked. Export fewer sources at a time."), field="file")
    try:
        root = fromstring(data, forbid_dtd=True)
    except Exception:  # broken XML, a document type, entities, an encoding that does not hold
        raise RuleBroken(_("The file is damaged, or no REFI-QDA file. Export it again."), field="file") from None
    if sum(1 for _one in root.iter()) > ELEMENTS or _depth(root) > DEPTH:
        raise RuleBroken(_("The project is too large when unpacked. Export fewer sources at a time."), field="file")
    return root


def _depth(root: Any) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        one, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in one]
    return deepest


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _of(element: Any, *names: str) -> Iterator[Any]:
    return (one for one in element if _name(one) in names)


def _first(element: Any, name: str) -> Any:
    return next(_of(element, name), None)


def _guid(text: str | None) -> str:
    return (text or "").strip().strip("{}").casefold()


def _text(element: Any) -> str:
    return (element.text or "").strip() if element is not None else ""


def _codes(book: Any, notes: Mapping[str, str]) -> tuple[RefiCode, ...]:
    holder = _first(book, "Codes")
    return tuple(_code(one, notes) for one in _of(holder, "Code")) if holder is not None else ()


def _code(element: Any, notes: Mapping[str, str]) -> RefiCode:
    colour = _COLOUR.fullmatch((element.get("color") or "").strip())
    return RefiCode(
        guid=_guid(element.get("guid")), name=(element.get("name") or "").strip(), is_codable=(element.get("isCodable") or "true").casefold() != "false",
        colour=f"#{colour.group(1).upper()}" if colour else "", description=_text(_first(element, "Description")), memo=_noted(element, notes),
        children=tuple(_code(one, notes) for one in _of(element, "Code")),
    )  # fmt: skip


def _noted(element: Any, notes: Mapping[str, str]) -> str:
    return "\n\n".join(words for one in _of(element, "NoteRef") if (words := notes.get(_guid(one.get("targetGUID")), "")))


class _Reader:
    def __init__(self, root: Any, members: Mapping[str, bytes]) -> None:
        self.root, self.members = root, members
        self.problems: list[RefiProblem] = []
        self.readings: list[tuple[str, str]] = []
        users = _first(root, "Users")
        self.users = {_guid(one.get("guid")): (one.get("name") or "").strip() for one in (users if users is not None else ())}
        holder = _first(root, "Notes")
        self.notes = {_guid(one.get("guid")): self._note(one) for one in (holder if holder is not None else ())}
        self.attributes = self._attributes()

    def project(self) -> RefiProject:
        book = _first(self.root, "CodeBook")
        codes = _codes(book, self.notes) if book is not None else ()
        known = {one.guid for one in walk(codes)}
        holder = _first(self.root, "Sources")
        sources = tuple(self._source(one, known) for one in (holder if holder is not None else ()) if _name(one) in {"TextSource", *OTHER_KINDS})
        for name in ("Links", "Sets", "Graphs"):
            if (left := _first(self.root, name)) is not None and len(left):
                self.problems.append(RefiProblem(LEFT_OUT, name, str(len(left))))
        memo = "\n\n".join(words for words in (_text(_first(self.root, "Description")), _noted(self.root, self.notes)) if words)
        return RefiProject(
            name=(self.root.get("name") or "").strip(), origin=(self.root.get("origin") or "").strip(), codes=codes, sources=sources,
            memo=memo, problems=tuple(self.problems), readings=tuple(self.readings),
        )  # fmt: skip

    def _note(self, element: Any) -> str:
        """What a note says: its text within or in the archive, else its description; its title before it."""
        raw = self._raw(element)
        words = (raw or "").removeprefix("\ufeff").replace("\r\n", "\n").strip() or _text(_first(element, "Description"))
        title = (element.get("name") or "").strip()
        return words if not title or words.startswith(title) else f"{title}\n{words}".strip()

    def _raw(self, element: Any) -> str | None:
        """The plain text of an element as decoded; None where the archive lacks it."""
        content = _first(element, "PlainTextContent")
        if content is not None:
            return content.text or ""
        path = (element.get("plainTextPath") or "").strip()
        if not path:
            return None
        for name in self._names(path):
            if name in self.members:
                data = self.members[name]
                if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                    return data.decode("utf-16", errors="replace")
                try:
                    return data.decode("utf-8")
                except UnicodeDecodeError:
                    return data.decode("cp1252", errors="replace")
        return None

    @staticmethod
    def _names(path: str) -> list[str]:
        """Under which names a text may stand: folders and letters differ from tool to tool."""
        plain = unquote(re.sub(r"^(?:internal|relative)://+", "", path, flags=re.IGNORECASE)).replace("\\", "/").casefold()
        last = plain.rpartition("/")[2]
        return [plain, f"sources/{plain}", f"sources/{last}", f"notes/{last}", last]

    def _attributes(self) -> dict[str, list[tuple[str, str]]]:
        """Variables of cases, by the source that a case is about."""
        holder = _first(self.root, "Variables")
        self.variables = {_guid(one.get("guid")): (one.get("name") or "").strip() for one in (holder if holder is not None else ())}
        found: dict[str, list[tuple[str, str]]] = {}
        cases = _first(self.root, "Cases")
        for case in cases if cases is not None else ():
            values = self._values(case)
            if name := (case.get("name") or "").strip():
                values = [("Case", name), *values]
            for ref in _of(case, "SourceRef"):
                found.setdefault(_guid(ref.get("targetGUID")), []).extend(values)
        return found

    def _values(self, element: Any) -> list[tuple[str, str]]:
        found = []
        for one in _of(element, "VariableValue"):
            ref = _first(one, "VariableRef")
            value = next((_text(child) for child in one if _name(child).endswith("Value") and _text(child)), "")
            name = self.variables.get(_guid(ref.get("targetGUID")) if ref is not None else "", "")
            if name and value:
                found.append((name, value))
        return found

    def _source(self, element: Any, known: set[str]) -> RefiSource:
        kind, name, guid = _name(element), (element.get("name") or "").strip(), _guid(element.get("guid"))
        values = (*self.attributes.get(guid, ()), *self._values(element))
        memo = "\n\n".join(words for words in (_text(_first(element, "Description")), _noted(element, self.notes)) if words)
        inner = element
        if kind != "TextSource":  # a PDF may carry its text beside it, an audio its transcript
            inner = _first(element, "Representation") if _first(element, "Representation") is not None else _first(element, "Transcript")
        raw = self._raw(inner) if inner is not None else None
        selections = list(_of(inner, "PlainTextSelection")) if inner is not None else []
        codings: tuple[RefiCoding, ...] = ()
        if raw is None:
            self.problems.append(RefiProblem(OTHER_SOURCE, name) if kind != "TextSource" else RefiProblem(MISSING_TEXT, name, str(len(selections))))
        else:
            codings = self._codings(name, raw, selections, known)
        return RefiSource(
            guid=guid, name=name, text=None if raw is None else raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), codings=codings,
            memo=memo, attributes=tuple(dict.fromkeys(values)), kind=kind, user=self.users.get(_guid(element.get("creatingUser")), ""),
            at=element.get("creationDateTime") or "",
        )  # fmt: skip

    def _codings(self, name: str, raw: str, selections: list[Any], known: set[str]) -> tuple[RefiCoding, ...]:
        read = read_positions(raw, [Selection(_number(one.get("startPosition")), _number(one.get("endPosition")), one.get("name") or "") for one in selections])
        self.readings.append((name, str(read.reading)))
        if str(read.reading) != "standard":
            self.problems.append(RefiProblem(UNREAD, name, str(read.reading)))
        found, unknown = list[RefiCoding](), 0
        for element, place in zip(selections, read.positions, strict=True):
            if place is None:
                continue
            about = "\n\n".join(words for words in (_text(_first(element, "Description")), _noted(element, self.notes)) if words)
            for coding in _of(element, "Coding"):
                ref = _first(coding, "CodeRef")
                code = _guid(ref.get("targetGUID")) if ref is not None else ""
                if code not in known:
                    unknown += 1
                    continue
                memo = "\n\n".join(words for words in (about, _noted(coding, self.notes)) if words)
                user = coding.get("creatingUser") or element.get("creatingUser")
                found.append(RefiCoding(
                    _guid(coding.get("guid")), code, *place, self.users.get(_guid(user), ""),
                    coding.get("creationDateTime") or element.get("creationDateTime") or "", memo,
                ))  # fmt: skip
        gone = sum(place is None for place in read.positions)
        for code_of, count in ((OUT_OF_TEXT, gone), (ODD_PASSAGE, len(read.odd) - gone), (UNKNOWN_CODE, unknown)):
            if count > 0:
                self.problems.append(RefiProblem(code_of, name, str(count)))
        return tuple(found)


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1
