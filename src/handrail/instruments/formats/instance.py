"""Submissions as OpenRosa clients send them: one XML document, read into answers and written from them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

from handrail.instruments.formats.form import GROUP, REPEAT, Form, Item
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

OPENROSA = "http://openrosa.org/xforms"
MAX_BYTES = 2 * 1024 * 1024  # text only: pictures come beside it
MAX_ELEMENTS = 50_000
DEEPEST = 30
ID_LENGTH = 249  # OpenRosa's own limit
register_namespace("orx", OPENROSA)


@dataclass(frozen=True)
class Instance:
    """A submission before anybody looked at its answers: of which form, under which key, in place of which earlier one."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Element

    def answers(self, form: Form) -> dict[str, Any]:
        """The answers as `rules.clean_answers` takes them: texts by name, a repeat as a list. What the form does not know is left out."""
        return _answers(form.items, [self.root])

    def files(self) -> tuple[str, ...]:
        """Every answer that may be the name of a file sent along."""
        return tuple(text for element in self.root.iter() if (text := _text(element)) and len(element) == 0)


def read_instance(data: bytes) -> Instance:
    """A submission document, with either way of writing its meta block. Raises RuleBroken (field "xml_submission_file") for anything else."""
    root = _parse(data)
    meta = next((child for child in root if _tag(child) == "meta"), None)
    known = {_tag(child): _text(child) for child in meta} if meta is not None else {}
    found = Instance(
        form_id=root.get("id", "") or _namespace(root), version=root.get("version", ""),
        instance_id=known.get("instanceID", "") or root.get("instanceID", ""), deprecated_id=known.get("deprecatedID", ""), root=root,
    )  # fmt: skip
    for value in (found.form_id, found.version, found.instance_id, found.deprecated_id):
        if len(value) > ID_LENGTH:
            raise _refused(_("The id or version of the form is too long."))
    if not found.form_id:
        raise _refused(_("The submission does not say of which form it is."))
    if not found.instance_id:
        raise _refused(_("The submission has no instanceID."))
    return found


def write_instance(form: Form, answers: Mapping[str, Any], *, instance_id: str, deprecated_id: str = "", form_id: str = "", version: str = "") -> bytes:
    """A set of answers as a submission document, as a client would have sent it."""
    root = Element("data", {"id": form_id or form.id, "version": version or form.version})
    _write(root, form.items, answers)
    meta = SubElement(root, f"{{{OPENROSA}}}meta")
    SubElement(meta, f"{{{OPENROSA}}}instanceID").text = instance_id
    if deprecated_id:
        SubElement(meta, f"{{{OPENROSA}}}deprecatedID").text = deprecated_id
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _parse(data: bytes) -> Element:
    if len(data) > MAX_BYTES:
        raise _refused(_("The submission is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in Safe.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST or count > MAX_ELEMENTS:
                raise _refused(_("The submission has too many parts or lies too deep."))
            root = element if root is None else root
    except (Safe.ParseError, DefusedXmlException, LookupError, ValueError):
        raise _refused(_("The submission is not the XML that is expected here.")) from None
    if root is None:
        raise _refused(_("The submission is not the XML that is expected here."))
    return root


def _refused(message: Any) -> RuleBroken:
    return RuleBroken(message, field="xml_submission_file")


def _answers(items: Iterable[Item], inside: Sequence[Element]) -> dict[str, Any]:
    children: dict[str, list[Element]] = {}
    for element in inside:
        for child in element:
            children.setdefault(_tag(child), []).append(child)
    found: dict[str, Any] = {}
    for item in items:
        elements = children.get(item.name, [])
        if item.kind == GROUP:
            found |= _answers(item.items, elements)
        elif item.kind == REPEAT:
            rounds = [_answers(item.items, [one]) for one in elements if not _is_template(one)]
            if rounds:
                found[item.name] = rounds
        elif item.has_value and elements and (text := _text(elements[0])):
            found[item.name] = text
    return found


def _write(around: Element, items: Iterable[Item], answers: Mapping[str, Any]) -> None:
    for item in items:
        if item.kind == GROUP:
            _write(SubElement(around, item.name), item.items, answers)
        elif item.kind == REPEAT:
            for one in answers.get(item.name) or ():
                _write(SubElement(around, item.name), item.items, one)
        elif item.has_value:
            SubElement(around, item.name).text = "".join(_written(answers.get(item.name)))


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield " ".join(str(part) for part in value)
    elif value is not None:
        yield str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_template(element: Element) -> bool:
    """Whether a repeat is the pattern from which clients make new ones, and no answer."""
    return any(name.rpartition("}")[2] == "template" for name in element.attrib)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _namespace(element: Element) -> str:
    return str(element.tag).partition("}")[0].removeprefix("{") if "}" in str(element.tag) else ""


def _text(element: Element) -> str:
    return (element.text or "").strip()
