"""Answering without an account: page by page, nothing stored before it is sent, nothing left after it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from django.test import Client

from handrail.instruments import actions
from handrail.instruments.models import Collection, QuestionnaireVersion, Response, Ticket
from handrail.kit.models import JournalEntry, Received, SetAside, Throttle
from handrail.people import actions as people
from handrail.people.models import Role
from tests.instruments.collecting import SAID, collection
from tests.instruments.forms import WHOLE

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json", "content_type": "application/json"}


@pytest.fixture
def asked(cast: Any, version: QuestionnaireVersion) -> Collection:
    """An anonymous collection that is open to whoever has the address."""
    return collection(cast, version)


@pytest.fixture
def researcher(cast: Any) -> Any:
    """Paula also does research for Hörby."""
    people.grant_role(person=cast.paula, role=Role.RESEARCHER, programme=cast.programme.uid, organisation=cast.horby, starts_on=date(2018, 1, 1), by=None)
    return cast.paula


def hidden(page: Any) -> dict[str, str]:
    """What a page carries along."""
    text = page.content.decode()
    return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def walk(client: Client, url: str, **first: str) -> Any:
    """Answer both pages, up to the review."""
    page = client.post(url, {**hidden(client.get(url)), "go": "begin", **first})
    page = client.post(url, {**hidden(page), "go": "next", "q-interpreter": "l1", "q-trained": "yes"})
    page = client.post(url, {**hidden(page), "go": "next", "q-interpreter": "l1", "q-trained": "yes", "q-hours": "12"})
    return client.post(url, {**hidden(page), "go": "next", "q-trauma": "l2", "q-topics": ["sleep"], "q-wish": "Mer tid"})


def test_visitor_answers_page_by_page_and_nothing_is_kept_before(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    review = walk(client, url)
    assert b"Mer tid" in review.content
    assert not Response.objects.exists()
    assert not Received.objects.exists()
    answer = client.post(url, {**hidden(review), "go": "send"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, f"/c/{asked.code}/sent/")
    assert Response.objects.get().answers == WHOLE
    sent = client.get(answer["Location"])
    assert b"Mer tid" not in sent.content
    assert not client.cookies, "a visitor's browser is given nothing to keep"
    assert sent["Cache-Control"] == "no-store"


def test_pressing_send_twice_is_one_answer_and_other_answers_are_set_aside(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    body = {**hidden(walk(client, url)), "go": "send"}
    client.post(url, body)
    again = client.post(url, body)
    assert (again.status_code, "before" in again["Location"], Response.objects.count()) == (302, False, 1)
    other = client.post(url, {**body, "kept": json.dumps({**SAID, "wish": "Annat"})})
    assert "before=1" in other["Location"]
    assert "skickats förut" in client.get(other["Location"]).content.decode()
    assert (Response.objects.count(), SetAside.objects.count()) == (1, 1)


def test_what_a_page_carries_is_checked_again_at_the_end(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    body = hidden(walk(client, url))
    for kept in ({**SAID, "hours": "999"}, {**SAID, "interpreter": "l9"}, {}, {"nonsense": "1"}):
        assert client.post(url, {**body, "kept": json.dumps(kept), "go": "send"}).status_code == 422
    for kept in ("[", "[]", "{" * 5000, json.dumps({"wish": "x" * 6000}), json.dumps({"wish": {"a": "b"}})):
        assert client.post(url, {**body, "kept": kept, "go": "send"}).status_code == 422
    assert not Response.objects.exists()


def test_going_back_and_changing_loses_nothing(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    review = walk(client, url)
    page = client.post(url, {**hidden(review), "go": "page:1"})
    back = client.post(url, {**hidden(page), "go": "back", "q-trauma": "l4", "q-wish": "Kaffe"})
    assert 'value="12"' in back.content.decode()
    assert json.loads(hidden(back)["kept"])["wish"] == "Kaffe"
    forward = client.post(url, {**hidden(back), "go": "next", "q-interpreter": "l1", "q-trained": "no"})
    assert json.loads(hidden(forward)["kept"])["trauma"] == "l4"


def test_missing_answer_is_told_in_the_persons_language(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/?language=ar"
    start = client.get(url)
    text = start.content.decode()
    assert '<html lang="ar" dir="rtl"' in text
    assert "الإجابات مجهولة" in text
    page = client.post(url, {**hidden(start), "go": "begin"})
    page = client.post(url, {**hidden(page), "go": "next"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "يرجى الإجابة عن هذا السؤال" in text
    for word in ("may be left out", "kan utelämnas", "Please answer", "Svara på"):
        assert word not in text, f"“{word}” stands on an Arabic page"


def test_address_that_is_not_there_closed_or_ahead(cast: Any, version: QuestionnaireVersion, asked: Collection) -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get("/c/nothing-like-that/").status_code == 404
    ahead = collection(cast, version, opens_on=date(2018, 5, 1), closes_on=date(2018, 5, 2))
    page = client.get(f"/c/{ahead.code}/")
    assert (page.status_code, "1 May 2018" in page.content.decode()) == (410, True)
    staffed = collection(cast, version, way="staffed")
    assert "together with you" in client.get(f"/c/{staffed.code}/?language=en").content.decode()
    actions.close_collection(collection=asked, by=cast.amal)
    for answer in (client.get(f"/c/{asked.code}/"), client.post(f"/c/{asked.code}/", {"go": "send", "kept": json.dumps(SAID)})):
        assert answer.status_code == 410
    assert not Response.objects.exists()


def test_link_of_ones_own_works_once_and_absent_is_as_spent(cast: Any, version: QuestionnaireVersion) -> None:
    asked = collection(cast, version, way="closed")
    secret, _other = actions.make_tickets(collection=asked, count=2, by=cast.amal)
    client, url = Client(), f"/c/{asked.code}/{secret}/"
    body = {**hidden(walk(client, url)), "go": "send"}
    answer = client.post(url, body)
    assert (answer.status_code, secret in answer["Location"]) == (302, False)
    assert client.post(url, body).status_code == 302, "pressed twice: thank you, not an error"
    spent, absent = client.get(url), client.get(f"/c/{asked.code}/never-was/")
    plain = [re.sub(rb'value="[^"]{20,40}"', b"", one.content) for one in (spent, absent)]
    assert (spent.status_code, plain[0]) == (absent.status_code, plain[1]) == (410, plain[0])
    assert client.get(f"/c/{asked.code}/").status_code == 410
    assert (Response.objects.get().ticket, Ticket.objects.filter(is_used=True).count()) == (None, 1)


def test_word_is_given_and_brought_along(cast: Any, version: QuestionnaireVersion) -> None:
    before, after = (collection(cast, version, keeps_together=True) for _round in range(2))
    client = Client()
    url = f"/c/{before.code}/"
    wrong = client.post(url, {**hidden(client.get(url)), "go": "begin", "word": "nonsense"})
    assert (wrong.status_code, b'aria-invalid="true"' in wrong.content) == (422, True)
    review = walk(client, url)
    word = re.search(r'name="new_word" value="([^"]+)"', review.content.decode()).group(1)  # type: ignore[union-attr]
    client.post(url, {**hidden(review), "go": "send", "joins": "1"})
    url = f"/c/{after.code}/"
    review = walk(client, url, word=word.lower())
    assert "new_word" not in review.content.decode()
    client.post(url, {**hidden(review), "go": "send"})
    first, second = Response.objects.get(collection=before), Response.objects.get(collection=after)
    assert first.follower == second.follower != ""
    client.post(f"/c/{before.code}/", {**hidden(walk(client, f"/c/{before.code}/")), "go": "send"})
    assert sorted(bool(one) for one in Response.objects.filter(collection=before).values_list("follower", flat=True)) == [False, True]


def test_desk_goes_back_by_itself_and_shows_nothing_of_the_one_before(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/?desk=1"
    start = client.get(url)
    assert "data-exit" not in start.content.decode()
    review = walk(client, url)
    assert review["Refresh"].endswith(f"; url=/c/{asked.code}/?desk=1")
    body = {**hidden(review), "go": "send"}
    sent = client.get(client.post(url, body)["Location"])
    assert re.fullmatch(rf"\d; url=/c/{asked.code}/\?desk=1", sent["Refresh"])
    for go in ("page:0", "back", "send"):
        answer = client.post(url, {**body, "go": go})
        assert answer.status_code == 302, "“back” after sending leads to the thanks, not to the answers"
    assert Response.objects.count() == 1


def test_too_many_from_one_network_lose_nothing(asked: Collection, settings: Any) -> None:
    settings.ANSWERS_AN_HOUR = 1
    client, url = Client(), f"/c/{asked.code}/"
    bodies = [{**hidden(walk(client, url)), "go": "send"} for _number in range(2)]
    first, second = [client.post(url, one) for one in bodies]
    assert (first.status_code, second.status_code) == (302, 429)
    assert json.loads(hidden(second)["kept"])["wish"] == "Mer tid"
    assert hidden(second)["key"] == bodies[1]["key"]
    assert "127.0.0.1" not in json.dumps(list(Throttle.objects.values("key")))


def test_phone_brings_one_and_many_each_once(asked: Collection) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    one = {"key": "key-from-a-phone-1", "answers": SAID, "language": "ar"}
    first = client.post(url, json.dumps(one), **JSON)
    assert first.status_code == 201
    body = json.dumps({"answers": SAID, "language": "ar"}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    told = first.json()
    assert (told["key"], told["sha256"]) == (one["key"], sha256(body.encode()).hexdigest())
    assert client.post(url, json.dumps(one), **JSON).status_code == 200
    assert client.post(url, json.dumps({**one, "language": "sv"}), **JSON).status_code == 422
    many = {"responses": [{**one, "key": f"key-from-a-phone-{number}"} for number in range(1, 4)]}
    answer = client.post(url, json.dumps(many), **JSON)
    assert [said["state"] for said in answer.json()["responses"]] == ["again", "new", "new"]
    assert Response.objects.count() == 3
    for wrong in ("", "[]", "{}", '{"key":"key-12345","answers":[]}', json.dumps({"responses": [one, one]}), json.dumps({**one, "key": "key-123456", "answers": {}})):
        assert client.post(url, wrong, **JSON).status_code == 400
    assert Response.objects.count() == 3


def test_interviewer_and_paper_are_the_researchers_own(cast: Any, asked: Collection, researcher: Any, client_of: Callable[[Any], Client]) -> None:
    for channel in ("interviewer", "paper"):
        url = f"/collections/{asked.uid}/fill/{channel}/"
        client = client_of(researcher)
        answer = client.post(url, {**hidden(walk(client, url)), "go": "send"})
        assert answer["Location"].startswith(url)
        assert b"autofocus" in client.get(answer["Location"]).content, "the next one begins with a press of Enter"
        for other in (cast.amal, cast.oskar, cast.birgit, cast.stranger):
            assert client_of(other).get(url).status_code == 404
    assert sorted(Response.objects.values_list("channel", "sent_by")) == [("interviewer", None), ("paper", None)]
    assert JournalEntry.objects.filter(name="ResponseReceived").exclude(by=None).count() == 0
    assert client_of(researcher).get(f"/collections/{asked.uid}/fill/web/").status_code == 404


def test_pages_ask_few_questions_of_the_database(asked: Collection, django_assert_max_num_queries: Any) -> None:
    client, url = Client(), f"/c/{asked.code}/"
    with django_assert_max_num_queries(3):
        start = client.get(url)
    with django_assert_max_num_queries(3):
        client.post(url, {**hidden(start), "go": "begin"})
    body = {**hidden(walk(client, url)), "go": "send"}
    with django_assert_max_num_queries(21):  # the last one notes what is to be counted
        client.post(url, body)


def test_kept_page_is_the_same_for_everybody_and_keeps_its_headers(asked: Collection) -> None:
    url = f"/c/{asked.code}/kept/?language=ar"
    first, second = Client().get(url), Client().get(url)
    assert (first.status_code, first.content == second.content) == (200, True)
    for one in (first, second):
        assert (one["Cache-Control"], one["Referrer-Policy"], one["Content-Language"]) == ("no-store", "no-referrer", "ar")
        assert "script-src" in one["Content-Security-Policy"] or "default-src" in one["Content-Security-Policy"]
    text = first.content.decode()
    assert '<html lang="ar" dir="rtl"' in text
    assert "csrfmiddlewaretoken" not in text
    rules = json.loads(unescape(re.search(r'data-name="hours" data-rules="([^"]+)"', text).group(1)))  # type: ignore[union-attr]
    assert rules["relevant"] == [["=", ["ref", "trained"], "yes"]]
    assert rules["constraint"] == ["and", [">", ["self"], 0.0], ["<=", ["self"], 400.0]]


def test_kept_page_is_not_offered_for_what_it_cannot_do(cast: Any, version: QuestionnaireVersion) -> None:
    for way in ("closed", "staffed"):
        asked = collection(cast, version, way=way)
        assert Client().get(f"/c/{asked.code}/kept/").status_code == 302
