"""Asking by link, reading the answer, guidance and playbooks; and that no page, mail or log of a company holds what it must not know."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handrail.kit import clock
from handrail.kit.models import JournalEntry, SentMail, SetAside, Throttle
from handrail.placements.models import Placement
from handrail.support import actions
from handrail.support.models import Question
from tests.support.world import CANARIES, World, agree_to, at, link_of, run

pytestmark = pytest.mark.django_db
TEXT = "Må vi ændre mødetiden på fredag?"


@pytest.fixture
def client(db: None) -> Client:
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


@pytest.fixture
def page(world: World) -> str:
    return link_of(world.baker, world.dorte)


def test_a_question_is_taken_once_whatever_the_line_does(world: World, client: Client, page: str) -> None:
    sent = {"text": TEXT, "placement": str(world.at_bakery.uid), "key": "k" * 20}
    with at(18, 15, 40):
        for _time in range(3):
            html = client.post(f"{page}ask/", sent, follow=True).content.decode()
            assert "Dorte Dam" in html and "19 April 2018 11:40" in html
        aside = client.post(f"{page}ask/", {**sent, "text": "Noget andet"}, follow=True).content.decode()
    assert "somebody looks at them" in aside and SetAside.objects.get().payload["text"] == "Noget andet"
    question = Question.objects.get()
    assert (question.text, question.contact, question.placement, question.way) == (TEXT, world.baker, world.at_bakery, "link")


@pytest.mark.parametrize(("change", "words"), [({"text": ""}, "required"), ({"text": "  x "}, "a sentence or two"), ({"key": ""}, "Reload")])
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, client: Client, page: str, change: dict[str, str], words: str) -> None:
    answer = client.post(f"{page}ask/", {"text": TEXT, "key": "k" * 20, **change})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert change.get("text", TEXT).strip() in answer.content.decode()
    assert not Question.objects.exists()


def test_another_companys_placement_cannot_be_asked_about(world: World, client: Client, page: str) -> None:
    answer = client.post(f"{page}ask/", {"text": TEXT, "placement": str(world.at_garage.uid), "key": "k" * 20})
    assert answer.status_code == 422 and not Question.objects.exists()


def test_the_answer_stands_on_the_page_and_in_often_asked(world: World, client: Client, page: str) -> None:
    client.post(f"{page}ask/", {"text": TEXT, "key": "k" * 20})
    question = Question.objects.get()
    actions.answer_question(question=question, text="Ja, når det er aftalt.", by=world.dorte)
    actions.keep_guidance(programme=world.programme, question=question, title="Andre mødetider", text="Aftal det med konsulenten.", language="da", by=world.dorte)
    actions.keep_guidance(programme=world.programme, title="Kun for os", text="Internt.", language="da", is_offered=False, by=world.dorte)
    html = client.get(page).content.decode()
    assert "Ja, når det er aftalt." in html and "Andre mødetider" in html and "Kun for os" not in html
    other = client.get(link_of(world.mechanic, world.dorte)).content.decode()
    assert TEXT not in other and "Andre mødetider" in other
    found = client.get(f"{page}often-asked/?q=mødetid").content.decode()
    assert "Andre mødetider" in found and "Kun for os" not in found
    assert "Nothing fits" in client.get(f"{page}often-asked/?q=handsker").content.decode()


def test_questions_about_a_placement_go_with_it(world: World, client: Client, page: str) -> None:
    for placement, words in ((world.at_bakery, "Om pladsen"), (None, "Om andet")):
        actions.ask_question(company=world.bakery, text=words, placement=placement, contact=world.baker)
    Placement.objects.filter(pk=world.at_garage.pk).update(position=world.kitchen)  # another one lasts
    Placement.objects.filter(pk=world.at_bakery.pk).update(ends_on="2018-04-17")
    html = client.get(page).content.decode()
    assert "Om andet" in html and "Om pladsen" not in html


def test_playbooks_and_times_are_read_by_companies_and_name_nobody(world: World, client: Client, page: str) -> None:
    for one in ("no_show", "visitors"):
        assert "Whom to ring" in client.get(f"{page}playbooks/{one}/").content.decode()
    assert client.get(f"{page}playbooks/nonsense/").status_code == 404
    with at(18, 9):
        actions.answer_question(question=actions.ask_question(company=world.bakery, text=TEXT), text="Ja.", by=world.dorte)
        actions.ask_question(company=world.garage, text=TEXT)
    with at(20, 9):
        html = client.get(f"{page}answer-times/").content.decode().replace("\u00a0", " ")
    assert "April 2018" in html and "50 %" in html and "2 questions" in html
    assert "Dorte" not in html and "Else" not in html


def test_nothing_a_company_must_not_know_reaches_page_mail_or_log(world: World, client: Client, page: str, run_later: Any, caplog: pytest.LogCaptureFixture) -> None:
    """With every consent given, and everything asked, answered and written: no need, step, sealed note, strength, family name, contact detail."""
    caplog.set_level(logging.DEBUG)
    placement = run(world.at_bakery)
    agree_to(world.amina, world.bakery, "first_name", "adaptations", by=world.klaus)
    bodies = [client.get(page).content.decode()]
    assert "Amina" in bodies[0] and "Roligt rum" in bodies[0], "what may be told is told"
    bodies.append(client.post(f"{page}days/{placement.uid}/", {"day": "2018-04-17", "was": "there", "hours": "5", "key": "k" * 20}, follow=True).content.decode())
    bodies.append(client.post(f"{page}ask/", {"text": TEXT, "placement": str(placement.uid), "key": "k" * 20}, follow=True).content.decode())
    bodies.append(client.post(f"{page}ask/", {"text": "", "key": "k" * 20}).content.decode())
    actions.ask_question(company=world.bakery, text=TEXT, placement=placement, contact=world.baker)
    run_later()
    actions.answer_question(question=Question.objects.order_by("id")[0], text="Ja.", by=world.dorte)
    with at(25, 9):
        assert actions.escalate_overdue() == 1
    bodies += [client.get(f"{page}{one}").content.decode() for one in ("often-asked/", "answer-times/", "playbooks/hire/", "")]
    run_later()
    mails = [f"{mail.subject} {mail.text} {mail.html} {mail.attachments}" for mail in SentMail.objects.all()]
    journal = json.dumps(list(JournalEntry.objects.values_list("name", "data")), default=str)
    assert len(mails) == 4, "to the owner twice, to the company, to the coordinator"
    forbidden = (*CANARIES, "@example.org", "PT-", "klaus", "Klaus")
    told = [word for word in forbidden for body in bodies if word.lower() in body.lower()]
    assert told == []
    private = (*CANARIES, "Amina", "Roligt rum", TEXT)
    assert [word for word in private for one in (*mails, journal, caplog.text) if word.lower() in one.lower()] == []
    titles = [body.split("<title>")[1].split("</title>")[0] for body in bodies]
    assert not any("Amina" in title or "Bageriet" in title for title in titles)


def test_a_link_asks_so_many_questions_an_hour_and_loses_no_word(world: World, client: Client, page: str) -> None:
    """One contact's limit is no other's, and a refused page keeps what was typed under the same key, so that it can be sent a little later."""
    answers = [client.post(f"{page}ask/", {"text": f"{TEXT} {number}", "key": f"{number:020}"}).status_code for number in range(11)]
    assert answers == [302] * 10 + [429]
    refused = client.post(f"{page}ask/", {"text": "ZQTYPED kan ikke forsvinde", "key": "z" * 20})
    html = refused.content.decode()
    assert refused.status_code == 429 and "ZQTYPED kan ikke forsvinde" in html and "z" * 20 in html and "many questions within the hour" in html
    assert Question.objects.count() == 10
    assert client.post(f"{page}ask/", {"text": "", "key": "y" * 20}).status_code == 422, "what is wrong is said first"
    other = link_of(world.mechanic, world.dorte)
    assert client.post(f"{other}ask/", {"text": TEXT, "key": "m" * 20}).status_code == 302
    Throttle.objects.update(window_started_at=clock.real_now() - timedelta(hours=1, seconds=1))
    assert client.post(f"{page}ask/", {"text": "ZQTYPED kan ikke forsvinde", "key": "z" * 20}).status_code == 302
