"""What the field's own collecting apps bring: one document and its files, perhaps in several goes, each kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from handrail.instruments.actions.answers import AnswersWrong
from handrail.instruments.actions.responses import give_response, scope_of_collection
from handrail.instruments.formats import Form, Instance, read_instance
from handrail.instruments.formats.attachments import Attachment, made_plain
from handrail.instruments.models import Collection, Device, Response, ResponseFile
from handrail.instruments.queries.collections import collection_filled, response_at, version_filled
from handrail.instruments.queries.forms import form_of
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.intake import put_aside
from handrail.kit.text import _

SAME_NAME = 40  # files of one set of answers


@dataclass(frozen=True)
class Taken:
    """What came of a document: `new`, `again`, `aside` (its key was used for another), or `held` (kept for a person: something in it does not fit)."""

    state: str


def receive_instance(*, device: Device, document: bytes, files: Mapping[str, bytes]) -> Taken:
    """Keep a document that a device sends, once; files that come with it or later are kept beside it.

    A document whose answers do not pass the form's own rules is never lost: whoever asked is long gone, so it is held for a person.
    Raises RuleBroken for what is no submission of this device's forms, or a file that is not kept here.
    """
    found = read_instance(document)
    collection = collection_filled(device, found.form_id)
    if collection is None:
        raise RuleBroken(_("The device is not let in to this form."))
    version = version_filled(collection, found.version)
    form = form_of(version)
    key = found.instance_id if 8 <= len(found.instance_id) <= 80 else ids.hashed(found.instance_id)
    plain = [made_plain(name, content, media=_media(collection, form, found, name)) for name, content in files.items()]
    replaces = response_at(collection, _sign(found.deprecated_id)) if found.deprecated_id else None
    content = {"xml": document.decode("utf-8", "replace")}
    try:
        receipt = give_response(
            collection=collection, answers=found.answers(form), language=form.default_language, key=key, channel=Response.Channel.DEVICE,
            instance=_sign(found.instance_id), replaces=replaces, version=version, content=content, by=device.holder,
        )  # fmt: skip
    except AnswersWrong:
        put_aside(key=key, scope=scope_of_collection(collection), content=content, programme=collection.programme.uid, unjoined=collection.is_anonymous)
        return Taken("held")
    if receipt.state != "aside" and plain:
        _keep_files(collection, found, form, plain)
    return Taken(receipt.state)


def _sign(instance: str) -> str:
    return instance if len(instance) <= 80 else ids.hashed(instance)


def _media(collection: Collection, form: Form, found: Instance, name: str) -> str:
    """What the question asks for whose answer names the file. Raises RuleBroken when none does, or where the file could tell who it is."""
    item = next((one for one in form.walk() if one.kind == "file" and one.name == _question(found, name)), None)
    if item is None or len(name) > 200:
        raise RuleBroken(_("No answer names the file that came along."))
    media = item.media or "file"
    if collection.is_anonymous and media not in ("image", "audio"):
        raise RuleBroken(_("Films and files are not kept where people stay unknown."))
    return media


def _question(found: Instance, name: str) -> str:
    return next((str(one.tag).rpartition("}")[2] for one in found.root.iter() if len(one) == 0 and (one.text or "").strip() == name), "")


def _keep_files(collection: Collection, found: Instance, form: Form, files: list[Attachment]) -> None:
    """Files beside a set of answers; one that is there already stays as it is. Raises RuleBroken where another came under its name."""
    response = response_at(collection, _sign(found.instance_id))
    if response is None:
        return
    for one in files:
        sha256 = hashlib.sha256(one.content).hexdigest()
        try:
            with transaction.atomic():
                if response.files.count() >= SAME_NAME:
                    raise RuleBroken(_("The answers have too many files."))
                ResponseFile.objects.create(
                    response=response, question=_question(found, one.name)[:100], name=one.name, kind=one.kind, size=len(one.content), sha256=sha256, content=one.content
                )
        except IntegrityError:
            if not response.files.filter(name=one.name, sha256=sha256).exists():
                raise RuleBroken(_("Another file has come under this name.")) from None
