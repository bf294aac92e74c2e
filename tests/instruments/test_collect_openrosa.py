"""The field's own collecting app: asks for forms, fills them, sends them as often as it likes; each is kept once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import fromstring

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from handrail.instruments import actions
from handrail.instruments.models import Collection, QuestionnaireVersion, Response, ResponseFile
from handrail.kit.models import Received, SetAside
from tests.instruments.collecting import collection
from tests.instruments.forms import workbook
from tests.instruments.test_collect import researcher as researcher

pytestmark = pytest.mark.django_db
LIST = "{http://openrosa.org/xforms/xformsList}"
ANSWERS = "<conversation><interpreter>l1</interpreter><trained>yes</trained><hours>{hours}</hours></conversation><health><trauma>l2</trauma><topics>sleep</topics><wish>Mer tid</wish></health>"


@pytest.fixture
def asked(cast: Any, version: QuestionnaireVersion) -> Collection:
    return collection(cast, version)


@pytest.fixture
def base(asked: Collection, researcher: Any) -> str:
    """The address that the app was set up with."""
    _device, token = actions.let_device_in(collections=[asked], label="Telefon 3", until=date(2018, 4, 30), by=researcher)
    return f"/openrosa/{token}"


def form_of(base: str, client: Client) -> dict[str, str]:
    listed = fromstring(client.get(f"{base}/formList?deviceID=collect%3A1", headers={"X-OpenRosa-Version": "1.0"}).content)
    return {child.tag.removeprefix(LIST): child.text or "" for child in listed.find(f"{LIST}xform")}  # type: ignore[union-attr]


def document(form_id: str, *, instance: str = "", old: str = "", version: str = "1", hours: str = "12", answers: str = ANSWERS) -> bytes:
    """A submission as the app writes it."""
    meta = f"<orx:meta><orx:instanceID>{instance or f'uuid:{uuid4()}'}</orx:instanceID>{f'<orx:deprecatedID>{old}</orx:deprecatedID>' if old else ''}</orx:meta>"
    return (
        f"<?xml version='1.0' ?><data id=\"{form_id}\" version=\"{version}\" xmlns:orx=\"http://openrosa.org/xforms\">"
        f"{answers.format(hours=hours)}{meta}</data>"
    ).encode()


def send(client: Client, base: str, xml: bytes, **files: bytes) -> Any:
    """One POST with the document and files."""
    parts: dict[str, Any] = {"xml_submission_file": SimpleUploadedFile("submission.xml", xml, "text/xml")}
    parts |= {name: SimpleUploadedFile(name.replace("__", "."), content, "image/jpeg") for name, content in files.items()}
    return client.post(f"{base}/submission", parts, headers={"X-OpenRosa-Version": "1.0"})


def test_form_is_listed_and_fetched_with_the_hash_that_was_told(asked: Collection, base: str) -> None:
    client = Client()
    told = form_of(base, client)
    file = client.get(told["downloadUrl"].removeprefix("http://testserver"))
    assert (told["hash"], told["version"]) == (f"md5:{hashlib.md5(file.content).hexdigest()}", "1")
    assert told["formID"].encode() in file.content
    assert (file["X-OpenRosa-Version"], file["Content-Type"], "Date" in file) == ("1.0", "text/xml; charset=utf-8", True)
    assert client.get(f"{base}/formList?formID=other").content.count(b"<xform>") == 0
    assert client.get(f"{base}/forms/{asked.uid}/manifest.xml").status_code == 200
    assert client.get(f"{base}/forms/{uuid4()}/form.xml").status_code == 404
    # pyxform's own words for it: a form that its clients read
    assert fromstring(file.content).tag.endswith("html")


def test_app_asks_first_how_much_may_be_sent(base: str) -> None:
    answer = Client().head(f"{base}/submission")
    assert (answer.status_code, int(answer["X-OpenRosa-Accept-Content-Length"]) > 10_000_000) == (204, True)


def test_submission_is_kept_once_and_another_under_its_sign_aside(asked: Collection, base: str) -> None:
    client = Client()
    form_id, sign = form_of(base, client)["formID"], "uuid:0b6f5f5e-2f6a-4a55-9d0e-4a8c9fca7a8e"
    xml = document(form_id, instance=sign)
    assert [send(client, base, xml).status_code for _time in range(3)] == [201, 201, 201]
    row = Response.objects.get()
    assert (row.answers["hours"], row.answers["topics"], row.channel, row.instance, row.sent_by, row.received_at) == (12, ["sleep"], "device", sign, None, None)
    other = send(client, base, document(form_id, instance=sign, hours="13"))
    assert (other.status_code, other.content.count(b"OpenRosaResponse")) == (409, 2)
    assert (Response.objects.get().answers["hours"], SetAside.objects.count()) == (12, 1)


def test_edit_stands_in_the_place_of_the_earlier(base: str) -> None:
    client = Client()
    form_id = form_of(base, client)["formID"]
    send(client, base, document(form_id, instance="uuid:the-first-one"))
    assert send(client, base, document(form_id, instance="uuid:the-second-one", old="uuid:the-first-one", hours="20")).status_code == 201
    assert [row.answers["hours"] for row in Response.objects.filter(replaced_by=None)] == [20]


def test_answers_that_do_not_fit_are_held_and_never_lost(base: str) -> None:
    client = Client()
    xml = document(form_of(base, client)["formID"], hours="999")
    assert [send(client, base, xml).status_code for _time in range(2)] == [202, 202]
    assert not Response.objects.exists()
    assert not Received.objects.exists()
    assert "999" in SetAside.objects.get().payload["xml"]


@pytest.mark.parametrize("xml", [b"", b"<", b"<data/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><data id='x'>&b;</data>", b"<data id='other'><meta><instanceID>uuid:12345678</instanceID></meta></data>"])
def test_what_is_no_submission_is_refused(base: str, xml: bytes) -> None:
    assert send(Client(), base, xml).status_code == 400
    assert Client().post(f"{base}/submission", b"x", content_type="text/xml").status_code == 400
    assert not Response.objects.exists()


def test_too_much_is_refused_before_it_is_read(base: str) -> None:
    answer = Client().post(f"{base}/submission", b"x", content_type="multipart/form-data; boundary=a", headers={"Content-Length": "99000000"})
    assert answer.status_code == 413


def picture(kind: str = "JPEG") -> bytes:
    """A photograph that says where it was taken."""
    out, drawn = io.BytesIO(), Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    exif[0x010F] = "Maker of phones"
    exif.get_ifd(0x8825)[2] = (55.0, 51.0, 0.0)
    drawn.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def photographed(cast: Any, researcher: Any) -> tuple[str, str]:
    """A form with a picture, and the address of a device that is let in to it."""
    version = actions.publish_questionnaire(programme=cast.programme, file_name="p.xlsx", content=photo_form(), kind="study", by=cast.amal)
    asked = collection(cast, version, is_anonymous=False)
    _device, token = actions.let_device_in(collections=[asked], label="Telefon 4", until=date(2018, 4, 30), by=researcher)
    base = f"/openrosa/{token}"
    return base, form_of(base, Client())["formID"]


def photo_form() -> bytes:
    survey = [["type", "name", "label::Svenska (sv)"], ["image", "view", "En bild"], ["audio", "sound", "Ett ljud"], ["text", "wish", "Något mer?"]]
    return workbook({"survey": survey, "settings": [["form_title", "form_id", "version", "default_language"], ["Bild", "bild", "1", "Svenska (sv)"]]})


def test_picture_comes_later_under_the_same_document_and_is_made_plain(photographed: tuple[str, str]) -> None:
    base, form_id = photographed
    client, content = Client(), picture()
    assert b"Maker of phones" in content
    xml = document(form_id, answers="<view>one.jpg</view><wish>Hej</wish>", instance="uuid:with-a-picture")
    assert [send(client, base, xml).status_code, send(client, base, xml, one__jpg=content).status_code, send(client, base, xml, one__jpg=content).status_code] == [201, 201, 201]
    kept = ResponseFile.objects.get()
    assert (kept.question, kept.name, kept.kind, kept.size) == ("view", "one.jpg", "image/jpeg", len(kept.content))
    assert b"Maker of phones" not in bytes(kept.content)
    assert not dict(Image.open(io.BytesIO(bytes(kept.content))).getexif())


@pytest.mark.parametrize(
    ("name", "content"),
    [("one__jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), ("other__jpg", picture()), ("one__jpg", b"GIF89a" + b"\xff" * 40), ("one__jpg", b"x" * 11_000_000)],
    ids=["svg", "not named", "broken", "too large"],
)
def test_file_that_is_not_kept_is_refused_with_everything(photographed: tuple[str, str], name: str, content: bytes) -> None:
    base, form_id = photographed
    assert send(Client(), base, document(form_id, answers="<view>one.jpg</view>"), **{name: content}).status_code == 400
    assert not ResponseFile.objects.exists()
    assert not Response.objects.exists()


def test_device_reaches_only_its_own_collections(cast: Any, version: QuestionnaireVersion, base: str, client_of: Callable[[Any], Client]) -> None:
    other = collection(cast, version, organisation=cast.osby)
    client = Client()
    assert client.get(f"{base}/forms/{other.uid}/form.xml").status_code == 404
    form_id = f"kartlaggning-{other.uid.hex[:12]}"
    assert send(client, base, document(form_id)).status_code == 400
    assert not Response.objects.exists()
