"""The screens from the inside and by link: whose they are, what they show, what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.kit import later
from handrail.library import actions, rules
from handrail.library.models import Adoption, Barrier, ChecklistAnswer, Practice, Review
from tests.library.world import World, draft, in_review, published, reviewed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_for(client_of: Any) -> Any:
    """Browsers that read English."""

    def make(person: Any) -> Client:
        client: Client = client_of(person)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return make


def url(name: str, one: Any, *more: str) -> str:
    return reverse(f"library:{name}", args=[one.uid, *more])


def sent(practice: Practice) -> dict[str, Any]:
    """The first page as a form sends it."""
    return {
        "brought_by": "Porto Seguro", "country": "PT", "area": "Lisboa", "context": "local", "fields_of_work": ["language"], "audiences": ["provider"], "services": "children",
        "cost": "low", "evidence": "monitored", "starts_on": "2016-01-01",
    }  # fmt: skip


def rows(steps: int) -> dict[str, str]:
    return {f"step_{place}_{name}": f"{name} {place}" for place in range(steps) for name in ("what", "who", "time", "cost")}


def test_who_opens_what(world: World, client_for: Any) -> None:
    """A draft is seen by the organisation that brings it and by the owner; what is handed in by every researcher; what is published by all inside."""
    mine, reading, open_ = draft(world, "Mine"), in_review(world, "Reading"), published(world, "Open")
    pages = {"draft": url("practice", mine), "review": url("practice", reading), "open": url("practice", open_), "board": url("board", world.programme), "write": url("write", mine, "card"),
             "publish": url("publish", reading), "adopt": url("adopt", open_), "invite": url("invite", world.programme), "checklist": url("checklist", world.programme)}  # fmt: skip
    expected = {
        "owner": set(pages), "rita": {"draft", "review", "open", "board", "write", "adopt", "checklist"}, "rosa": {"review", "open", "board", "adopt", "checklist"},
        "leader": {"open", "board", "adopt", "checklist"}, "trainer": {"open", "board", "adopt", "checklist"}, "stranger": set(),
    }  # fmt: skip
    for who, names in expected.items():
        client = client_for(getattr(world, who))
        assert {name for name, page in pages.items() if client.get(page).status_code == 200} == names, who
    assert {client_for(None).get(page).status_code for page in pages.values()} == {302}


def test_a_practice_is_written_reviewed_and_published_on_screen(world: World, client_for: Any) -> None:
    rita, owner = client_for(world.rita), client_for(world.owner)
    begun = rita.post(url("begin", world.programme), {"title": "Language over coffee", "organisation": str(world.lisbon.uid), "language": "en", "country": "PT"})
    practice = Practice.objects.get()
    assert begun.url == url("write", practice, "about")
    assert rita.post(url("write", practice, "about"), sent(practice)).url == url("write", practice, "card")
    long = rita.post(url("write", practice, "card"), {"title": "Language over coffee", "summary": "word " * 101})
    assert long.status_code == 422 and "101 words" in long.content.decode() and "word word" in long.content.decode(), "what was typed still stands there"
    rita.post(url("write", practice, "card"), {one.code: words("Language over coffee")[one.code] for one in rules.card_parts("card")})
    rita.post(url("write", practice, "steps"), {**{one.code: words()[one.code] for one in rules.card_parts("steps")}, **rows(3)})
    assert rita.post(url("write", practice, "contact"), {"licence": "CC-BY-4.0"}).url == url("practice", practice)
    rita.post(url("submit", practice))
    assert owner.post(url("ask_reviews", practice), {"reviewers": [str(world.rosa.uid), str(world.remo.uid)]}).status_code == 302
    assert "waits on their home page" in owner.get(url("practice", practice)).content.decode()
    for who in (world.rosa, world.remo):
        page = client_for(who)
        assert "Review: Language over coffee" in page.get("/home/").content.decode()
        review = Review.objects.get(reviewer=who)
        answers = {one.code: "yes" for one in rules.criteria()}
        assert page.post(url("review", review), {**answers, "recommends": "yes"}).status_code == 302
        assert page.get(url("review", review)).status_code == 404, "a finished review is not written again"
    assert "Everybody who was asked has reviewed it." in owner.get("/home/").content.decode()
    assert owner.post(url("publish", practice), {}).status_code == 302
    practice.refresh_from_db()
    assert (practice.state, len(practice.versions.get().texts.get().steps)) == ("published", 3)
    assert "Language over coffee" in client_for(None).get(f"/toolbox/{practice.slug}/").content.decode()


def test_reviewers_do_not_see_each_others_words_before_the_end(world: World, client_for: Any) -> None:
    practice = in_review(world)
    actions.give_review(
        review=Review.objects.get(reviewer=world.rosa), recommends="no", comment="Far too dear", by=world.rosa,
        answers={one.code: {"answer": "no", "evidence": "Nothing seen"} for one in rules.criteria()},
    )  # fmt: skip
    html = client_for(world.remo).get(url("review", Review.objects.get(reviewer=world.remo))).content.decode()
    assert "Far too dear" not in html and "Nothing seen" not in html
    assert "Far too dear" not in client_for(world.remo).get(url("practice", practice)).content.decode()
    assert "Far too dear" in client_for(world.owner).get(url("practice", practice)).content.decode()


def test_disagreement_stands_on_the_page(world: World, client_for: Any) -> None:
    html = client_for(world.owner).get(url("practice", reviewed(world, says=("yes", "no")))).content.decode()
    assert "The reviewers disagree" in html and "they disagree" in html
    assert url("publish", Practice.objects.get()) not in html


def test_a_card_is_written_by_link_without_an_account(world: World, client_for: Any) -> None:
    token = actions.invite_to_write(programme=world.programme, title="Sport", language="en", country="SE", brought_by="The Club", email="c@example.org", by=world.owner)
    practice, client = Practice.objects.get(), client_for(None)
    home = reverse("library:written", args=[token])
    assert "something is still missing" in client.get(home).content.decode()
    assert "Still missing" in client.post(home, follow=True).content.decode()

    def part(name: str, body: dict[str, Any]) -> Any:
        return client.post(reverse("library:write_by_link", args=[token, name]), body)

    part("about", {**sent(practice), "brought_by": "The Club"})
    part("card", {one.code: words("Sport for all")[one.code] for one in rules.card_parts("card")})
    part("steps", {**{one.code: words()[one.code] for one in rules.card_parts("steps")}, **rows(1)})
    assert part("contact", {"licence": "CC0-1.0", "contact_name": "Kim Club"}).status_code == 422, "the contact person has to agree"
    assert part("contact", {"licence": "CC0-1.0"}).url == home
    assert "It is handed in" in client.post(home, follow=True).content.decode()
    practice.refresh_from_db()
    assert (practice.state, practice.brought_by, practice.licence) == ("submitted", "The Club", "CC0-1.0")
    assert part("card", {"title": "Changed"}).url == home, "what is handed in is changed no more"
    assert practice in [one.version.practice for one in Review.objects.all()] or client_for(world.owner).get("/home/").content.decode().count("two people should review it")
    assert client.get(reverse("library:written", args=["nonsense-token"])).status_code == 404


def test_a_translation_and_a_new_version_are_written_beside_the_original(world: World, client_for: Any) -> None:
    practice, client = published(world), client_for(world.rosa)
    page = client.get(url("translate", practice, "it"))
    assert page.status_code == 200 and "summary in a few words" in page.content.decode()
    assert client.post(url("translate", practice, "it"), {"title": "Vicini"}).status_code == 422
    whole = {one.code: words("Vicini")[one.code] for one in rules.card_parts()}
    assert client.post(url("translate", practice, "it"), {**whole, **rows(2)}).status_code == 302
    assert client.get(url("translate", practice, "en")).status_code == 404, "the original is no translation"
    assert client.get(url("revise", practice)).status_code == 404, "another organisation's researcher writes no version"
    assert client_for(world.rita).post(url("revise", practice), {**whole, **rows(1), "changes_meaning": "yes"}).status_code == 302
    practice.refresh_from_db()
    assert practice.state == "submitted" and practice.is_public


def test_barriers_are_noted_reported_and_lowered_on_screen(world: World, client_for: Any) -> None:
    practice, client = published(world), client_for(world.rosa)
    client.post(url("barrier_note", world.programme), {"title": "Nobody answers", "text": "", "language": "en", "field": "reception"})
    barrier = Barrier.objects.get()
    client.post(url("barrier_report", barrier), {"organisation": str(world.rome.uid), "country": "IT", "words": "We waited"})
    client.post(url("barrier_lower", barrier), {"practice": str(practice.uid), "how": "One door for all"})
    page = client_for(world.leader).get(url("barrier", barrier)).content.decode()
    assert all(word in page for word in ("Nobody answers", "Casa Comune", "Italy", "We waited", "One door for all", "Neighbours meet newcomers"))
    assert client_for(world.leader).get(url("barrier_report", barrier)).status_code == 404
    everybody = client_for(None).get("/toolbox/barriers/").content.decode()
    assert "One door for all" in everybody and "Italy" in everybody
    assert "We waited" not in everybody and "Casa Comune" not in everybody, "everybody reads the country; who said what stays inside"


def test_a_practice_is_taken_up_and_its_result_stands_on_the_card(world: World, client_for: Any) -> None:
    practice, client = published(world), client_for(world.trainer)
    page = client.get(url("adopt", practice)).content.decode()
    assert "Casa Comune" in page and "Porto Seguro" not in page, "a trainer begins for the own employer"
    client.post(url("adopt", practice), {"where": f"{world.programme.pk}-{world.rome.pk}", "country": "IT"})
    adoption = Adoption.objects.get()
    client.post(url("adoption_tick", adoption), {"place": "0", "is_done": "on"})
    assert "1 of 2 steps" in client.get(url("adoption", adoption)).content.decode()
    assert client_for(world.leader).post(url("adoption_tick", adoption), {"place": "1", "is_done": "on"}).status_code == 404, "another organisation's"
    client.post(url("adoption_report", adoption), {"happened": "Forty people came", "changed": "On Sundays", "people": "40", "advice": "partly"})
    card = client_for(None).get(f"/toolbox/{practice.slug}/").content.decode()
    assert all(word in card for word in ("Casa Comune", "Forty people came", "On Sundays", "It reached 40 people", "Yes, with changes"))
    assert "Tito" not in card, "no person stands in it"


def test_the_checklist_shows_its_change_to_the_own_organisation(world: World, client_for: Any) -> None:
    client, codes = client_for(world.leader), list(rules.checklist_criteria())
    body = {"organisation": str(world.lisbon.uid)} | dict.fromkeys(codes, "4")
    assert client.post(url("checklist_answer", world.programme), {**body, "organisation": str(world.rome.uid)}).status_code == 200, "somebody else's organisation is refused"
    actions.answer_checklist(programme=world.programme, organisation=world.lisbon, values=dict.fromkeys(codes, 2), answered_on=world.programme.starts_on, by=world.leader)
    assert client.post(url("checklist_answer", world.programme), body).status_code == 302
    assert ChecklistAnswer.objects.count() == 2
    assert "slope" in client.get(url("checklist", world.programme)).content.decode()
    assert "Porto Seguro" not in client_for(world.rosa).get(url("checklist", world.programme)).content.decode()


@pytest.mark.parametrize("name", ["board", "barrier_list", "board_overview", "checklist"])
def test_lists_cost_the_same_with_one_row_and_with_three(world: World, client_for: Any, name: str) -> None:
    client, counts = client_for(world.owner), []
    for number in range(3):
        practice = published(world, f"Practice {number}")
        barrier = actions.note_barrier(programme=world.programme, title={"en": f"Barrier {number}"}, text={}, field="work", by=world.owner)
        actions.report_barrier(barrier=barrier, organisation=world.rome, country="IT", by=world.owner)
        actions.lower_barrier(barrier=barrier, practice=practice, how={"en": "So"}, by=world.owner)
        actions.begin_adoption(practice=practice, programme=world.programme, organisation=world.rome, country="IT", by=world.owner)
        later.run_waiting()
        client.get(url(name, world.programme))
        if number != 1:
            with CaptureQueriesContext(connection, ) as found:
                assert client.get(url(name, world.programme)).status_code == 200
            counts.append(len(found))
    assert counts[0] == counts[1] <= 30, counts


def test_the_search_finds_practices_for_whoever_is_signed_in(world: World, client_for: Any) -> None:
    published(world, "Bicycles for beginners")
    assert "Bicycles for beginners" in client_for(world.trainer).get("/search/?q=bicycle").content.decode()
