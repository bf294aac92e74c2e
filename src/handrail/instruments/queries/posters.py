"""Addresses of collections as people meet them: on a wall, on a slip of paper, in an app's settings."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from handrail.instruments.models import Collection, Device
from handrail.instruments.queries.answering import WRITTEN_FROM_THE_RIGHT
from handrail.instruments.queries.collecting import said_in
from handrail.instruments.queries.forms import form_of, language_for
from handrail.instruments.rules.collect_words import words_around


def square(text: str) -> dict[str, Any]:
    """A text as a square for a phone's camera, with the text itself."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=3, dark="#14282a", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True)
    drawing: SafeString = mark_safe(drawn)  # noqa: S308  (drawn by us)
    return {"url": text, "qr": drawing}


def address_of(collection: Collection) -> dict[str, Any]:
    """The address of a collection and its square."""
    return square(settings.SITE_URL + reverse("instruments:collect", kwargs={"token": collection.code}))


def poster_of(collection: Collection, wanted: str) -> dict[str, Any]:
    """What hangs on the wall, in one of the form's languages."""
    form = form_of(collection.version)
    language = language_for(form, wanted)
    others = [{"code": one.code, "label": one.name, "current": one.code == language} for one in form.languages]
    return {
        **address_of(collection), "spoken": language, "direction": "rtl" if language.split("-")[0] in WRITTEN_FROM_THE_RIGHT else "ltr", "others": others,
        "title": said_in(collection.title, language), "asks": words_around(language)["asks"].format(who=collection.organisation.name),
    }  # fmt: skip


def ticket_links(collection: Collection, secrets: Sequence[str]) -> list[str]:
    """The addresses of links of one's own."""
    return [settings.SITE_URL + reverse("instruments:collect_ticket", kwargs={"token": collection.code, "secret": one}) for one in secrets]


def languages_without_consent(collection: Collection) -> list[str]:
    """The form's languages in which nobody has written what people read first."""
    return [one.name for one in form_of(collection.version).languages if not collection.consent.get(one.code, "").strip()]


def devices_of(collection: Collection) -> QuerySet[Device]:
    """The devices that are let in to a collection."""
    return collection.devices.filter(ended_at=None).order_by("label", "pk")


def device_setup(device: Device, token: str) -> dict[str, Any]:
    """What sets the collecting app up: a square, and the server's address for doing it by hand."""
    return {"server_url": _server_url(token), "qr": square(app_settings(device, token))["qr"]}


def app_settings(device: Device, token: str) -> str:
    """The app's settings the way it reads them from a square: JSON, packed by zlib, as base64."""
    app = {
        "general": {"server_url": _server_url(token), "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular", "delete_send": True},
        "admin": {},
        "project": {"name": device.label},
    }
    return base64.b64encode(zlib.compress(json.dumps(app, separators=(",", ":")).encode())).decode()


def _server_url(token: str) -> str:
    return settings.SITE_URL + reverse("instruments:openrosa_root", kwargs={"token": token}).rstrip("/")
