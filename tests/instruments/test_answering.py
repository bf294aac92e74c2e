"""Answering by personal link, as a phone without script does it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from handrail.instruments import actions
from handrail.instruments.models import Invitation, Submission
from handrail.kit import clock, ids
from handrail.kit.models import SetAside
from tests.instruments.forms import WHOLE


def fields(html: str, start: str = 'id="answers"') -> dict[str, str]:
    """The hidden fields of the page's form."""
    part = html[html.index(start) :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part))


class Phone:
    """A browser that keeps no cookies and runs no script."""

    def __init__(self, url: str) -> None:
        self.start, self.client = url, Client(enforce_csrf_checks=True)
        self.html, self.url, self.status = "", url, 0

    def get(self, url: str) -> str:
        answer = self.client.get(url, follow=True)
        return self._keep(url, answer)

    def send(self, go: str = "next", **answers: Any) -> str:
        known = fields(self.html) if 'id="answers"' in self.html else fields(self.html, "<main")
        body = {**known, "go": go, **{f"q-{name}": value for name, value in answers.items()}}
        self.client.cookies.clear()
        return self._keep(self.url, self.client.post(self.url, body, follow=True))

    def _keep(self, url: str, answer: Any) -> str:
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.html, self.status = answer.content.decode(), answer.status_code
        return self.html

    def begin(self) -> str:
        self.get(self.start)
        return self.get(re.search(r'href="(/a/[^"]+/0/[^"]*)"', self.html)[1].replace("&amp;", "&"))  # type: ignore[index]


@pytest.fixture
def phone(birgits: Invitation) -> Phone:
    """Birgit's phone with her link."""
    return Phone(actions.link_for(birgits))


def test_answer_whole_way(phone: Phone, birgits: Invitation) -> None:
    assert "Kartläggning våren 2018" in phone.get(phone.start)
    page = phone.begin()
    assert "Samtala genom tolk" in page
    assert "Hur många timmar?" not in page
    page = phone.send(interpreter="l1", trained="yes")  # the answer brings out a question on the same page
    assert "Hur många timmar?" in page
    assert phone.status == 200
    page = phone.send(interpreter="l1", trained="yes", hours="999")
    assert "Skriv 1 till 400 timmar." in page
    assert phone.status == 422
    assert "Möta människor med trauma" in phone.send(interpreter="l1", trained="yes", hours="12")
    page = phone.send(trauma="l2", topics=["sleep", "law"], wish="Mer <b>tid</b>")
    assert "/review/" in phone.url
    assert "Mer &lt;b&gt;tid" in page
    assert "Sömn och oro, Lagar" in page
    phone.send()
    assert "/sent/" in phone.url
    birgits.refresh_from_db()
    assert birgits.completed_at is not None
    assert Submission.objects.filter(is_complete=True).get().answers == {
        "interpreter": "l1", "trained": "yes", "hours": 12, "trauma": "l2", "topics": ["sleep", "law"], "wish": "Mer <b>tid</b>"
    }  # fmt: skip


def test_back_and_later_lose_nothing(phone: Phone) -> None:
    phone.begin()
    phone.send(interpreter="l3", trained="no")
    phone.send("back", wish="halv")
    assert re.search(r'value="l3"[^>]*checked', phone.html)
    phone.send("later", interpreter="l4", trained="no")
    assert "/later/" in phone.url
    again = Phone(phone.start)
    again.get(again.start)
    again.get(re.search(r'href="(/a/[^"]+/1/[^"]*)"', again.html)[1].replace("&amp;", "&"))  # type: ignore[index]  # trauma is missing
    assert 'value="halv"' in again.html
    assert Submission.objects.order_by("-id")[0].answers == {"interpreter": "l4", "trained": "no", "wish": "halv"}


def test_unreadable_number_is_kept_and_shown(phone: Phone) -> None:
    phone.begin()
    phone.send(interpreter="l1", trained="yes")
    page = phone.send(interpreter="l1", trained="yes", hours="tolv")
    assert 'value="tolv"' in page
    assert phone.status == 422
    assert Submission.objects.order_by("-id")[0].answers["hours"] == "tolv"


def test_language_switch_keeps_answers_and_turns_the_page(phone: Phone) -> None:
    phone.begin()
    page = phone.send("language:ar", interpreter="l2")
    assert 'dir="rtl"' in page
    assert "التحدث عبر مترجم" in page
    assert re.search(r'value="l2"[^>]*checked', page)
    page = phone.send("language:en", interpreter="l2")
    assert "Talk through an interpreter" in page
    assert "Next" in page
    assert Submission.objects.order_by("-id")[0].language in {"ar", "en"}


def test_hidden_answer_is_dropped_when_sent(phone: Phone) -> None:
    phone.begin()
    phone.send(interpreter="l1", trained="yes")
    phone.send(interpreter="l1", trained="yes", hours="12")
    phone.send("back", trauma="l2")
    phone.send(interpreter="l1", trained="no", hours="12")
    phone.send(trauma="l2")
    assert "Hur många timmar?" not in phone.html
    phone.send()
    assert Submission.objects.filter(is_complete=True).get().answers == {"interpreter": "l1", "trained": "no", "trauma": "l2"}


def test_missing_answers_cannot_be_sent(phone: Phone, birgits: Invitation) -> None:
    phone.begin()
    phone.send("back", interpreter="l1")
    review = phone.get(f"{phone.start}{birgits.uid}/review/")
    assert "Skicka" not in review
    assert "Send my answers" not in review
    assert phone.client.post(f"{phone.start}{birgits.uid}/review/", {"key": "k" * 20}).status_code == 422
    assert not Submission.objects.filter(is_complete=True).exists()


def test_page_sent_twice_is_one_and_sent_again_with_other_answers_is_told(phone: Phone) -> None:
    phone.begin()
    url, html = phone.url, phone.html
    phone.send(interpreter="l1", trained="no")
    phone.url, phone.html = url, html  # the browser's back button: the same page with the same key
    phone.send(interpreter="l1", trained="no")
    assert Submission.objects.count() == 1
    phone.url, phone.html = url, html
    page = phone.send(interpreter="l4", trained="no")
    assert phone.status == 422
    assert re.search(r'value="l4"[^>]*checked', page)
    assert SetAside.objects.count() == 1
    phone.send(interpreter="l4", trained="no")
    assert Submission.objects.order_by("-id")[0].answers["interpreter"] == "l4"


def test_pressing_send_twice_is_one(phone: Phone, birgits: Invitation) -> None:
    actions.submit_answers(invitation=birgits, answers={**WHOLE, "hours": "12"}, is_complete=False, language="sv", key="d" * 20)
    url = f"{phone.start}{birgits.uid}/review/"
    phone.get(url)
    body = fields(phone.html, "<main")
    for _again in range(2):
        assert phone.client.post(url, body).status_code == 302
    assert Submission.objects.filter(is_complete=True).count() == 1
    assert not SetAside.objects.exists()


def test_completed_answers_can_be_changed(phone: Phone, birgits: Invitation) -> None:
    actions.submit_answers(invitation=birgits, answers=WHOLE, is_complete=True, language="sv", key="d" * 20)
    phone.get(phone.start)
    phone.get(f"{phone.start}{birgits.uid}/1/")
    phone.send(trauma="l4")
    phone.send()
    assert [one.answers["trauma"] for one in birgits.submissions.filter(is_complete=True)] == ["l4", "l2"]


def test_manager_rates_one_after_another(cast: Any, version: Any) -> None:
    made = actions.open_round(
        programme=cast.programme, version=version, title="A", respondent="manager", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30),
        by=cast.amal,
    )  # fmt: skip
    actions.invite_to_round(round=made, persons=[cast.birgit, cast.bo], by=cast.amal)
    phone = Phone(actions.link_for(made.invitations.get(about=cast.bo)))
    page = phone.get(phone.start)
    assert "Birgit Nyström" in page
    assert "Bo Holm" in page
    birgits = made.invitations.get(about=cast.birgit)
    assert "Birgit Nyström" in phone.get(f"{phone.start}{birgits.uid}/0/")
    phone.send(interpreter="l1", trained="no")
    phone.send(trauma="l0")
    phone.send()
    assert "/sent/" in phone.url
    assert made.invitations.exclude(completed_at=None).get() == birgits


@pytest.mark.parametrize("path", ["", "{uid}/0/", "{uid}/review/", "{uid}/later/", "{uid}/sent/"])
def test_wrong_links_are_kind_and_tell_nothing(cast: Any, open_round: Any, birgits: Invitation, path: str) -> None:
    url = actions.link_for(birgits)
    path = path.format(uid=birgits.uid)
    assert Client().get("/a/nonsense/" + path).status_code == 404
    assert Client().get(url[:-2] + "x/" + path).status_code == 404
    with clock.at(datetime(2018, 5, 4, 12, tzinfo=UTC)):
        assert Client().get(url + path).status_code == 410
    bos = open_round.invitations.get(about=cast.bo)
    if path:
        assert Client().get(url + path.replace(str(birgits.uid), str(bos.uid))).status_code == 404


def test_closed_round_says_so_and_keeps_nothing(phone: Phone, open_round: Any, birgits: Invitation) -> None:
    phone.begin()
    actions.close_round(round=open_round, by=None)
    phone.send(interpreter="l1")
    assert phone.status == 410
    assert not Submission.objects.exists()
    assert Client().get(phone.start).status_code == 410


def test_question_pages_out_of_range_are_absent(phone: Phone, birgits: Invitation) -> None:
    assert Client().get(f"{phone.start}{birgits.uid}/2/").status_code == 404


def machine(url: str, body: Any, **more: Any) -> Any:
    """What a device sends on its own."""
    data = body if isinstance(body, str) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(url, data, content_type="application/json", headers={"Accept": "application/json"}, **more)


def test_machine_is_told_key_and_digest(birgits: Invitation) -> None:
    url = actions.link_for(birgits)
    body = {"key": "k" * 22, "answers": WHOLE, "language": "sv", "complete": True}
    first, again = machine(url, body), machine(url, body)
    sha256 = ids.digest({"answers": WHOLE, "complete": True, "language": "sv", "page": None})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == {"key": "k" * 22, "sha256": sha256}
    assert machine(url, {**body, "answers": {**WHOLE, "wish": "B"}}).status_code == 422
    assert Submission.objects.get().answers == WHOLE


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "1", "[" * 5000, '{"key": 1}', {"key": "k" * 20, "answers": [], "language": "sv"}, {"key": "k", "answers": {}, "language": "sv"},
     {"key": "k" * 20, "answers": {}, "language": "sv"}, {"key": "k" * 20, "answers": {"wish": 1.5}, "language": "sv"},
     {"key": "k\x00" * 20, "answers": WHOLE, "language": "sv"}, {"key": "k" * 20, "answers": WHOLE, "language": "sv", "about": "x"},
     {"key": "k" * 20, "answers": WHOLE, "language": "sv", "page": [1]}, '{"key": "kkkkkkkkkkkk", "answers": {"hours": 1' + "0" * 6000 + '}}'],
)  # fmt: skip
def test_machine_odd_bodies_are_refused_in_words(birgits: Invitation, body: Any) -> None:
    answer = machine(actions.link_for(birgits), body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Submission.objects.exists()


def test_pages_cost_the_same_however_many_are_rated(cast: Any, version: Any, queries_of: Any) -> None:
    made = actions.open_round(
        programme=cast.programme, version=version, title="A", respondent="manager", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30),
        by=cast.amal,
    )  # fmt: skip
    actions.invite_to_round(round=made, persons=[cast.birgit], by=cast.amal)
    url = actions.link_for(made.invitations.get())
    Client().get(url)
    one = queries_of(lambda: Client().get(url))
    actions.invite_to_round(round=made, persons=[cast.bo], by=cast.amal)
    assert queries_of(lambda: Client().get(url)) == one <= 14
