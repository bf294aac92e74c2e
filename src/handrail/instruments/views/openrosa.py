"""The field's own protocol for collecting apps (OpenRosa): a list of forms, each form, and what was filled in."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from handrail.instruments import actions, queries
from handrail.instruments.models import Device
from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

MOST_BYTES = 24 * 1024 * 1024
LIST, MANIFEST, SAID = "http://openrosa.org/xforms/xformsList", "http://openrosa.org/xforms/xformsManifest", "http://openrosa.org/http/response"
STATUS = {"new": 201, "again": 201, "held": 202, "aside": 409}
View = Callable[..., HttpResponse]


def device_link(view: View) -> View:
    """A page for a device that was let in: its secret stands in the address. An app is told by 401 when it is no longer welcome."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = links.find_link(queries.DEVICE_PURPOSE, token)
        device = queries.device_behind(found) if found else None
        if device is None:
            if links.is_spent(queries.DEVICE_PURPOSE, token):
                return _say(401, _("This device is no longer let in. Ask whoever set it up."))
            raise Http404
        return _marked(view(request, device, *args, **kwargs))

    guarded.guard = "link"  # type: ignore[attr-defined]
    return guarded


@device_link
def openrosa_root(request: HttpRequest, device: Device) -> HttpResponse:
    """Whether the address is right."""
    return HttpResponse(status=204)


@device_link
def form_list(request: HttpRequest, device: Device) -> HttpResponse:
    """The forms of the device's collections, with what tells that one has changed."""
    wanted, base = request.GET.get("formID", ""), request.build_absolute_uri().partition("?")[0].rpartition("/")[0]
    rows = [
        f"<xform><formID>{escape(one.form_id)}</formID><name>{escape(one.name)}</name><version>{escape(one.version)}</version>"
        f"<hash>md5:{one.md5}</hash><downloadUrl>{escape(f'{base}/forms/{one.collection.uid}/form.xml')}</downloadUrl></xform>"
        for one in queries.forms_on(device)
        if wanted in ("", one.form_id)
    ]
    return _xml(f'<xforms xmlns="{LIST}">{"".join(rows)}</xforms>')


@device_link
def form_xml(request: HttpRequest, device: Device, uid: UUID) -> HttpResponse:
    """One form."""
    found = next((one for one in queries.forms_on(device) if one.collection.uid == uid), None)
    if found is None:
        raise Http404
    return _xml(found.xml, declared=True)


@device_link
def form_manifest(request: HttpRequest, device: Device, uid: UUID) -> HttpResponse:
    """What a form brings besides itself: nothing."""
    if all(one.uid != uid for one in queries.collections_on(device)):
        raise Http404
    return _xml(f'<manifest xmlns="{MANIFEST}"></manifest>')


@csrf_exempt  # no app sends such a token; the secret in the address is what lets it write
@device_link
def submission(request: HttpRequest, device: Device) -> HttpResponse:
    """Asked first how much may be sent; then one document with its files, as often as the app likes."""
    if request.method != "POST":
        return HttpResponse(status=204)
    try:
        document, files = _parts(request)
        taken = actions.receive_instance(device=device, document=document, files=files)
    except _TooMuchError:
        return _say(413, _("This is more than is taken at once."))
    except RuleBroken as broken:
        return _say(400, broken.message)
    words = {"held": _("Kept for a person to look at: something does not fit the form."), "aside": _("Other answers came under this sign. Both are kept.")}
    return _say(STATUS[taken.state], words.get(taken.state, _("Received.")))


class _TooMuchError(Exception):
    pass


def _parts(request: HttpRequest) -> tuple[bytes, dict[str, bytes]]:
    """The document and its files. Apps may send without saying how much (chunked), which Django reads as nothing. Raises RuleBroken."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdigit() and int(length) > MOST_BYTES:
        raise _TooMuchError
    if not request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
        raise RuleBroken(_("The body is not what is expected here."))
    try:
        if length:
            sent: Any = request.FILES
            text: QueryDict = request.POST
        else:
            body = request.META["wsgi.input"].read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES:
                raise _TooMuchError
            text, sent = MultiPartParser({**request.META, "CONTENT_LENGTH": str(len(body))}, io.BytesIO(body), request.upload_handlers).parse()
    except MultiPartParserError:
        raise RuleBroken(_("The body is not what is expected here.")) from None
    files = {(name if name != "xml_submission_file" else ""): one for name, one in sent.items()}
    document = files.pop("", None)
    if document is None and "xml_submission_file" not in text:
        raise RuleBroken(_("The document with the answers is missing."))
    return document.read() if document is not None else str(text["xml_submission_file"]).encode(), {one.name or name: one.read() for name, one in files.items()}


def _say(status: int, message: Any) -> HttpResponse:
    return _marked(_xml(f'<OpenRosaResponse xmlns="{SAID}"><message>{escape(message)}</message></OpenRosaResponse>', status=status))


def _xml(text: str, *, status: int = 200, declared: bool = False) -> HttpResponse:
    head = "" if declared else '<?xml version="1.0" encoding="UTF-8"?>'
    return HttpResponse(head + text, content_type="text/xml; charset=utf-8", status=status)


def _marked(answer: HttpResponse) -> HttpResponse:
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(MOST_BYTES)
    answer["Date"] = http_date(clock.real_now().timestamp())
    return answer
