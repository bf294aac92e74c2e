"""Forms as a collecting app fetches them; made once a process, since a version never changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from handrail.instruments.formats import write_xform
from handrail.instruments.models import Collection, Device, QuestionnaireVersion
from handrail.instruments.queries.collecting import said_in
from handrail.instruments.queries.collections import collections_on, form_id_of
from handrail.instruments.queries.forms import form_of


@dataclass(frozen=True)
class DeviceForm:
    """A form of a collection: its id there, and what it is as a file."""

    collection: Collection
    form_id: str
    name: str
    version: str
    xml: str
    md5: str


def forms_on(device: Device) -> list[DeviceForm]:
    """The forms that a device fetches."""
    found = []
    for one in collections_on(device):
        form_id, version = form_id_of(one), str(one.version.number)
        xml, md5 = _file(one.version.uid, form_id, version) or _made(one.version, form_id, version)
        found.append(DeviceForm(one, form_id, said_in(one.title, form_of(one.version).default_language), version, xml, md5))
    return found


_files: dict[tuple[UUID, str, str], tuple[str, str]] = {}
KEEP = 64


def _file(version: UUID, form_id: str, number: str) -> tuple[str, str] | None:
    return _files.get((version, form_id, number))


def _made(version: QuestionnaireVersion, form_id: str, number: str) -> tuple[str, str]:
    xml = write_xform(form_of(version), form_id=form_id, version=number)
    while len(_files) >= KEEP:
        _files.pop(next(iter(_files)))
    _files[version.uid, form_id, number] = made = xml, hashlib.md5(xml.encode(), usedforsecurity=False).hexdigest()
    return made
