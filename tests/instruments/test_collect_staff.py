"""Collections as staff see them: who may, what is shown once, what is never shown."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from handrail.instruments import actions, queries
from handrail.instruments.models import Collection, Device, QuestionnaireVersion, Ticket
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from tests.instruments.collecting import SAID, collection
from tests.instruments.test_collect import researcher as researcher

pytestmark = pytest.mark.django_db


def test_researcher_sees_the_own_organisations_collections_only(
    cast: Any, version: QuestionnaireVersion, researcher: Any, client_of: Callable[[Any], Client]
) -> None:
    own, other = collection(cast, version), collection(cast, version, organisation=cast.osby)
    for person, sees in ((researcher, (True, False)), (cast.amal, (True, True)), (cast.oskar, (False, False)), (cast.birgit, (False, False)), (cast.stranger, (False, False))):
        client = client_of(person)
        assert tuple(client.get(f"/collections/{one.uid}/").status_code == 200 for one in (own, other)) == sees, person
        listed = client.get(f"/programmes/{cast.programme.uid}/collections/")
        assert listed.status_code == (200 if any(sees) else 404)
        if any(sees):
            assert tuple(str(one.uid) in listed.content.decode() for one in (own, other)) == sees


def test_collection_is_opened_by_form_in_every_language(cast: Any, version: QuestionnaireVersion, researcher: Any, client_of: Callable[[Any], Client]) -> None:
    client, url = client_of(researcher), f"/questionnaires/{version.uid}/collect/"
    page = client.get(url).content.decode()
    for code in ("sv", "en", "ar"):
        assert f'name="consent_{code}"' in page
    body = {"organisation": cast.horby.pk, "unit": cast.school.pk, "way": "open", "is_anonymous": "on", "opens_on": "2018-04-18", "closes_on": "2018-04-30"}
    texts = {f"{name}_{code}": f"{name} {code}" for name in ("title", "consent") for code in ("sv", "en", "ar")}
    assert client.post(url, body).status_code == 200
    assert client.post(url, {**body, **texts, "organisation": cast.osby.pk}).status_code == 200, "another organisation's name is not mine to ask in"
    assert not Collection.objects.exists()
    answer = client.post(url, {**body, **texts})
    made = Collection.objects.get()
    assert answer["Location"] == f"/collections/{made.uid}/"
    assert (made.organisation, made.unit, made.consent, made.is_anonymous) == (cast.horby, cast.school, {code: f"consent {code}" for code in ("sv", "en", "ar")}, True)


def test_unit_of_another_organisation_is_refused(cast: Any, version: QuestionnaireVersion) -> None:
    with pytest.raises(RuleBroken):
        collection(cast, version, unit=cast.library)


def test_links_are_shown_once_and_kept_as_hashes(cast: Any, version: QuestionnaireVersion, client_of: Callable[[Any], Client]) -> None:
    asked, client = collection(cast, version, way="closed"), client_of(cast.amal)
    sheet = client.post(f"/collections/{asked.uid}/links/", {"count": "3", "as": "sheet"}).content.decode()
    secrets = set(re.findall(rf"/c/{asked.code}/([\w-]{{20,}})/", sheet))
    assert len(secrets) == 3
    assert {ids.hashed(one) for one in secrets} == set(Ticket.objects.values_list("token_hash", flat=True))
    file = client.post(f"/collections/{asked.uid}/links/", {"count": "2", "as": "file"})
    assert (file["Content-Type"], file.content.decode("utf-8-sig").count(f"/c/{asked.code}/")) == ("text/csv", 2)
    page = client.get(f"/collections/{asked.uid}/").content.decode()
    assert "0 of 5 used" in page
    assert not any(one in page for one in secrets)
    for wrong in ("0", "501", "x"):
        client.post(f"/collections/{asked.uid}/links/", {"count": wrong})
    with pytest.raises(RuleBroken):
        actions.make_tickets(collection=collection(cast, version), count=1, by=cast.amal)
    assert Ticket.objects.count() == 5


def test_page_of_a_collection_counts_and_never_shows_an_answer(cast: Any, version: QuestionnaireVersion, client_of: Callable[[Any], Client]) -> None:
    asked, client = collection(cast, version), client_of(cast.amal)
    for number in range(3):
        actions.give_response(collection=asked, answers={**SAID, "wish": "hemlig tanke"}, language="sv", key=f"key-number-{number}")
    page = client.get(f"/collections/{asked.uid}/").content.decode()
    assert "3 answers have come" in page
    assert "hemlig tanke" not in page
    poster = client.get(f"/collections/{asked.uid}/poster/?language=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in poster
    assert "وقتك الأول" in poster


def test_closing_ends_it_for_good(cast: Any, version: QuestionnaireVersion, client_of: Callable[[Any], Client]) -> None:
    asked, client = collection(cast, version), client_of(cast.amal)
    assert client.get(f"/collections/{asked.uid}/close/").status_code == 200
    asked.refresh_from_db()
    assert asked.closed_at is None
    client.post(f"/collections/{asked.uid}/close/")
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert Client().get(f"/c/{asked.code}/").status_code == 410


def test_device_is_let_in_by_a_square_that_the_app_reads(cast: Any, version: QuestionnaireVersion, researcher: Any) -> None:
    device, token = actions.let_device_in(collections=[collection(cast, version)], label="Telefon 3", until=date(2018, 4, 30), by=researcher)
    read = json.loads(zlib.decompress(base64.b64decode(queries.app_settings(device, token))))
    assert (read["general"]["server_url"], read["project"]["name"]) == (f"http://localhost:8000/openrosa/{token}", "Telefon 3")
    assert "<svg" in queries.device_setup(device, token)["qr"]


def test_device_belongs_to_one_organisation_and_ends(cast: Any, version: QuestionnaireVersion, researcher: Any, client_of: Callable[[Any], Client]) -> None:
    asked, other = collection(cast, version), collection(cast, version, organisation=cast.osby)
    with pytest.raises(RuleBroken):
        actions.let_device_in(collections=[asked, other], label="x", until=date(2018, 4, 30), by=researcher)
    client = client_of(researcher)
    page = client.post(f"/collections/{asked.uid}/device/", {"collections": [asked.pk], "label": "Telefon 3", "until": "2018-04-30"}).content.decode()
    token = re.search(r"/openrosa/([\w-]+)<", page).group(1)  # type: ignore[union-attr]
    assert Client().get(f"/openrosa/{token}/formList").status_code == 200
    device = Device.objects.get()
    assert "Telefon 3" in client.get(f"/collections/{asked.uid}/").content.decode()
    assert client_of(cast.oskar).post(f"/devices/{device.uid}/end/").status_code == 404
    client.post(f"/devices/{device.uid}/end/")
    assert Client().get(f"/openrosa/{token}/formList").status_code == 401
    assert Client().get("/openrosa/never-was/formList").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(
    cast: Any, version: QuestionnaireVersion, client_of: Callable[[Any], Client], rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        actions.give_response(collection=collection(cast, version), answers=SAID, language="sv", key=f"key-number-{number}")
    client, url = client_of(cast.amal), f"/programmes/{cast.programme.uid}/collections/"
    client.get(url)
    with django_assert_num_queries(22):
        client.get(url)
