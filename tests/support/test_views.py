"""The screens of those who answer: whose they are, what they show, what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.support import actions
from handrail.support.models import Duty, Guidance, Question
from tests.support.world import World, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_for(client_of: Any) -> Any:
    """Browsers that read English."""

    def make(person: Any) -> Client:
        client: Client = client_of(person)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return make


def ask(world: World, text: str = "Må vi ændre mødetiden?", **more: Any) -> Question:
    return actions.ask_question(**{"company": world.bakery, "text": text, "contact": world.baker, **more})


def addresses(world: World) -> dict[str, str]:
    question, programme = ask(world), world.programme
    guidance = actions.keep_guidance(programme=programme, title="Titel", text="Tekst", language="da", by=world.dorte)
    duty = actions.put_on_duty(programme=programme, person=world.else_, by=world.pia)
    of = {"question_list": programme, "duty": programme, "guidance_list": programme, "guidance_write": programme, "times": programme, "company_history": world.bakery}
    of |= {"question_ask": world.bakery, "question": question, "question_answer": question, "question_give": question, "guidance_change": guidance, "duty_end": duty}
    found = {name: reverse(f"support:{name}", args=[one.uid]) for name, one in of.items()}
    return found | {"playbook": reverse("support:playbook", args=[programme.uid, "hire"])}


SERVING = {
    "question_list", "guidance_list", "guidance_write", "times", "company_history", "question_ask", "question", "question_answer", "question_give", "guidance_change", "playbook",
}  # fmt: skip


def test_who_opens_what(world: World, client_for: Any) -> None:
    """Consultants and coordinators serve; a caseworker reads guidance and playbooks; the owner sees how soon; the Stranger nothing."""
    urls = addresses(world)
    expected = {
        "dorte": SERVING, "pia": SERVING | {"duty", "duty_end"}, "klaus": {"guidance_list", "playbook", "times"}, "owner": {"times"}, "stranger": set(),
    }  # fmt: skip
    for who, names in expected.items():
        client = client_for(getattr(world, who))
        opened = {name for name, url in urls.items() if client.get(url).status_code in {200, 302}}
        assert opened == names, who
    assert {client_for(None).get(url).status_code for url in urls.values()} == {302}


def test_a_question_given_to_a_caseworker_is_seen_by_them_alone(world: World, client_for: Any) -> None:
    mine, other = ask(world), ask(world, text="Noget helt andet her")
    actions.give_question(question=mine, owner=world.klaus, by=world.dorte)
    client = client_for(world.klaus)
    assert [client.get(reverse("support:question", args=[one.uid])).status_code for one in (mine, other)] == [200, 404]
    html = client.get(reverse("support:question_list", args=[world.programme.uid])).content.decode()
    assert mine.text in html and other.text not in html
    assert client.get(reverse("support:question_give", args=[mine.uid])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_shows_all_and_costs_the_same(world: World, client_for: Any, number: int) -> None:
    client, url = client_for(world.dorte), reverse("support:question_list", args=[world.programme.uid])

    def opened() -> tuple[str, int]:
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            html = client.get(url).content.decode()
            return html, len(connection.queries_log) - caught.initial_queries

    ask(world, text="Den allerførste")
    _html, before = opened()
    for index in range(number):
        ask(world, text=f"Spørgsmål nummer {index}", placement=world.at_bakery)
    html, after = opened()
    assert sum(f"Spørgsmål nummer {index}" in html for index in range(number)) == number
    assert after == before > 0


def test_the_list_is_narrowed_by_whose_and_state(world: World, client_for: Any) -> None:
    with at(17, 9):
        ask(world, text="Den sene")
        answered = ask(world, text="Den besvarede")
        actions.answer_question(question=answered, text="Ja.", by=world.dorte)
    ask(world, text="Den friske")
    ask(world, text="Den andens", company=world.garage, contact=None)  # Else has the fewest
    client, url = client_for(world.dorte), reverse("support:question_list", args=[world.programme.uid])

    def shown(query: str) -> set[str]:
        html = client.get(url + query).content.decode()
        return {word for word in ("Den sene", "Den besvarede", "Den friske", "Den andens") if word in html}

    assert shown("") == {"Den sene", "Den besvarede", "Den friske", "Den andens"}
    assert shown("?whose=mine") == {"Den sene", "Den besvarede", "Den friske"}
    assert shown("?state=late") == {"Den sene"}
    assert shown("?state=open&whose=mine") == {"Den sene", "Den friske"}
    assert shown("?state=answered") == {"Den besvarede"}
    assert shown("?state=closed") == set()
    assert shown("?state=nonsense&page=x") == {"Den sene", "Den besvarede", "Den friske", "Den andens"}


def test_answering_with_guidance_beside_it(world: World, client_for: Any) -> None:
    guidance = actions.keep_guidance(programme=world.programme, title="Andre mødetider", text="Aftal det først.", language="da", by=world.dorte)
    question, client = ask(world), client_for(world.dorte)
    url = reverse("support:question", args=[question.uid])
    assert "Andre mødetider" in client.get(url).content.decode()
    assert "Nothing fits" in client.get(f"{url}?q=handsker").content.decode()
    used = client.get(f"{url}?use={guidance.uid}").content.decode()
    assert "Aftal det først.</textarea>" in used
    assert client.get(f"{url}?use=nonsense").status_code == 200
    empty = client.post(reverse("support:question_answer", args=[question.uid]), {"text": ""})
    assert empty.status_code == 422
    client.post(reverse("support:question_answer", args=[question.uid]), {"text": "Aftal det først.", "guidance": str(guidance.uid)})
    question.refresh_from_db()
    assert (question.state, question.guidance) == ("answered", guidance)
    html = client.get(url).content.decode()
    assert "Keep as guidance" in html and "Close" in html
    client.post(reverse("support:question_close", args=[question.uid]))
    question.refresh_from_db()
    assert question.state == "closed"


def test_keeping_an_answer_warns_of_names(world: World, client_for: Any) -> None:
    question, client = ask(world, placement=world.at_bakery), client_for(world.dorte)
    actions.answer_question(question=question, text="Amina må holde pause.", by=world.dorte)
    url = reverse("support:guidance_keep", args=[question.uid])
    assert "Amina må holde pause.</textarea>" in client.get(url).content.decode()
    sent = {"title": "Pauser", "text": "Amina må holde pause.", "language": "da", "tags": "pause, hvile", "is_offered": "on"}
    answer = client.post(url, sent)
    assert "may be names: Amina" in answer.content.decode() and not Guidance.objects.exists()
    client.post(url, {**sent, "text": "Alle må holde pause."})
    kept = Guidance.objects.get()
    assert (kept.text, kept.tags, kept.is_offered) == ("Alle må holde pause.", ["pause", "hvile"], True)
    client.post(reverse("support:guidance_change", args=[kept.uid]), {**sent, "text": "Alle må hvile.", "title": "Hvile"})
    kept.refresh_from_db()
    assert (kept.title, kept.is_offered) == ("Hvile", True)
    client.post(reverse("support:guidance_withdraw", args=[kept.uid]))
    assert "Hvile" not in client.get(reverse("support:guidance_list", args=[world.programme.uid])).content.decode()


def test_what_was_asked_on_the_phone(world: World, client_for: Any) -> None:
    client, url = client_for(world.else_), reverse("support:question_ask", args=[world.bakery.uid])
    html = client.get(url).content.decode()
    assert "A participant, Bagerhjælp" in html and "Bente Brød" in html and "Mads" not in html
    client.post(url, {"text": "De ringede om fredag", "placement": str(world.at_bakery.uid), "contact": str(world.baker.uid)})
    question = Question.objects.get()
    assert (question.way, question.owner, question.contact, question.placement) == ("phone", world.dorte, world.baker, world.at_bakery)
    assert "De ringede om fredag" in client.get(reverse("support:company_history", args=[world.bakery.uid])).content.decode()
    panel = client.get(f"/companies/{world.bakery.uid}/").content.decode()
    assert "De ringede om fredag" in panel and "Send the link" in panel
    assert "De ringede om fredag" not in client_for(world.klaus).get(f"/companies/{world.bakery.uid}/").content.decode()


def test_home_says_what_waits_without_its_words(world: World, client_for: Any) -> None:
    with at(17, 9):
        ask(world)
    with at(18, 15):
        actions.escalate_overdue()
    for person in (world.dorte, world.pia):
        html = client_for(person).get("/home/tasks/").content.decode()
        assert "A question from Bageriet ved Åen" in html and "mødetiden" not in html
    assert "A question from" not in client_for(world.else_).get("/home/tasks/").content.decode()
    assert "Companies&#x27; questions" in client_for(world.dorte).get("/home/").content.decode()


def test_the_coordinator_puts_on_duty(world: World, client_for: Any) -> None:
    client, url = client_for(world.pia), reverse("support:duty", args=[world.programme.uid])
    assert "Nobody is on duty" in client.get(url).content.decode()
    assert "last day lies before" in client.post(url, {"person": str(world.else_.uid), "starts_on": "2018-05-02", "ends_on": "2018-05-01"}).content.decode()
    client.post(url, {"person": str(world.stranger.uid)})
    assert not Duty.objects.exists()
    client.post(url, {"person": str(world.else_.uid), "starts_on": "2018-05-02"})
    assert "Else Eng" in client.get(url).content.decode()
    client.post(reverse("support:duty_end", args=[Duty.objects.get().uid]))
    assert not Duty.objects.exists(), "what has not begun is taken away"


def test_times_are_seen_by_everybody_in_the_programme(world: World, client_for: Any) -> None:
    url = reverse("support:times", args=[world.programme.uid])
    assert "Nothing was asked yet" in client_for(world.owner).get(url).content.decode()
    with at(18, 9):
        question = ask(world)
    with at(18, 11, 30):
        actions.answer_question(question=question, text="Ja.", by=world.dorte)
    html = client_for(world.owner).get(url).content.decode().replace("\u00a0", " ")
    assert "2 h 30 min" in html and "100 %" in html and "1 question" in html and "Dorte" not in html
