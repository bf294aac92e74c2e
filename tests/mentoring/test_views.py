"""Every screen: who gets it, and that the Stranger and those from elsewhere get what is absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.models import Link
from handrail.mentoring import actions
from handrail.mentoring.models import Contact, DraftLanguage, Mentor, MentorNote, Mentorship, Terms
from handrail.people.models import Person
from tests.mentoring.world import Town

EVERYBODY = ("sofie", "karen", "kurt", "ola", "stranger", "morten", "leyla")
SCREENS = {
    "mentor_list": ("programme", "sofie ola"), "mentor_recruit": ("programme", "sofie ola"), "terms": ("programme", "sofie ola"),
    "languages": ("programme", "sofie ola"), "my_people": ("programme", "morten leyla"), "mentor_detail": ("morten", "sofie"),
    "mentor_change": ("morten", "sofie"), "mentor_prepare": ("morten", "sofie"), "mentor_match": ("case", "sofie karen"), "card": ("case", "sofie karen"),
    "backup": ("mentorship", "sofie karen"), "mentor_relieve": ("mentorship", "sofie karen"), "contact_log": ("mentorship", "sofie karen morten"),
    "mentee": ("mentorship", "morten"), "next_contact": ("mentorship", "morten"), "note": ("mentorship", "morten"), "call_detail": ("call", "morten"),
}  # fmt: skip
ACTS = {"mentor_end": ("leyla", "sofie"), "card_end": ("case", "sofie karen"), "call_close": ("call", "")}


def who(town: Town, name: str) -> Person:
    found: Any = getattr(town, name)
    return found.person if isinstance(found, Mentor) else found


@pytest.fixture
def ask(town: Town, client_of: Callable[[Any], Any]) -> Callable[..., Any]:
    """Ask for a screen as somebody."""
    call = town.call()

    def asked(name: str, of: str, screen: str, post: dict[str, Any] | None = None) -> Any:
        one: Any = call if of == "call" else getattr(town, of)
        url = reverse(f"mentoring:{screen}", args=[one.uid])
        client = client_of(who(town, name))
        client.cookies["language"] = "en"
        return client.get(url) if post is None else client.post(url, post)

    return asked


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_opens_for_those_it_is_for_and_nobody_else(ask: Callable[..., Any], screen: str) -> None:
    of, allowed = SCREENS[screen]
    assert [name for name in EVERYBODY if ask(name, of, screen).status_code == 200] == [name for name in EVERYBODY if name in allowed.split()]
    assert ask("stranger", of, screen).status_code == 404


@pytest.mark.parametrize("screen", ACTS)
def test_act_is_done_by_those_who_may_and_nobody_else(ask: Callable[..., Any], screen: str) -> None:
    of, allowed = ACTS[screen]
    for name in EVERYBODY:
        assert (ask(name, of, screen).status_code == 302) == (name in allowed.split()), name
        assert name in allowed.split() or ask(name, of, screen, {}).status_code == 404


def test_coordinator_recruits_prepares_matches_and_relieves(town: Town, ask: Callable[..., Any]) -> None:
    facts = {"given_name": "Nina", "family_name": "Ny", "email": "nina.ny@strandby.example.org", "organisation": str(town.strandby.uid), "languages": ["so"], "capacity": "1", "invite": "on"}
    assert ask("sofie", "programme", "mentor_recruit", facts).status_code == 302
    town.nina = Mentor.objects.get(person__identity__given_name="Nina")  # type: ignore[attr-defined]
    assert town.nina.languages == ["so"] and Link.objects.filter(purpose="invitation").exists()  # type: ignore[attr-defined]
    assert ask("sofie", "nina", "mentor_prepare", {"prepared_on": "2018-04-17"}).status_code == 302
    town.yusuf = town.another_case()  # type: ignore[attr-defined]
    asked = {"mentor": str(town.nina.uid), "backup": str(town.leyla.uid), "starts_on": "2018-04-18", "reach": "12"}  # type: ignore[attr-defined]
    assert ask("karen", "yusuf", "mentor_match", asked).status_code == 302
    made = Mentorship.objects.get(case=town.yusuf)  # type: ignore[attr-defined]
    assert (made.mentor, made.backup) == (town.nina, town.leyla)  # type: ignore[attr-defined]
    again = ask("sofie", "mentorship", "mentor_relieve", {"reason": "person", "successor": str(town.nina.uid)})  # type: ignore[attr-defined]
    assert again.status_code == 200 and "already stands beside 1 of at most 1" in again.content.decode()
    assert ask("sofie", "mentorship", "mentor_relieve", {"reason": "person", "successor": str(town.leyla.uid)}).status_code == 302
    assert Mentorship.objects.get(case=town.case, ended_on=None).mentor == town.leyla


def test_mentor_logs_agrees_and_keeps_notes(town: Town, ask: Callable[..., Any]) -> None:
    assert ask("morten", "mentorship", "contact_log", {"how": "phone", "minutes": "20", "day": "2018-04-18"}).status_code == 302
    assert ask("morten", "mentorship", "contact_log", {"how": "phone", "minutes": "0", "day": "2018-04-18"}).status_code == 200
    assert ask("karen", "mentorship", "contact_log", {"how": "met", "minutes": "5", "day": "2018-04-18"})["Location"] == reverse("cases:case_detail", args=[town.case.uid])
    assert Contact.objects.count() == 2
    assert ask("morten", "mentorship", "next_contact", {"next_on": "2018-04-20", "next_where": "Biblioteket"}).status_code == 302
    assert "has passed" in ask("morten", "mentorship", "next_contact", {"next_on": "2018-04-01"}).content.decode()
    assert ask("morten", "mentorship", "note", {"text": "Blå dør"}).status_code == 302
    html = ask("morten", "mentorship", "mentee").content.decode()
    assert "Blå dør" in html and "Biblioteket" in html and "Dana" in html
    assert MentorNote.objects.count() == 1
    for word in ("Hemmelig", town.case.number):
        assert word not in html
    assert "Blå dør" not in ask("karen", "case", "card").content.decode()


def test_persons_page_shows_mentor_card_and_calls_and_no_note(town: Town, client_of: Callable[[Any], Any]) -> None:
    actions.keep_note(mentorship=town.mentorship, text="Blå dør", by=town.morten.person)
    actions.log_contact(mentorship=town.mentorship, minutes=25, how="met", by=town.morten.person)
    town.call()
    client = client_of(town.karen)
    client.cookies["language"] = "en"
    html = client.get(reverse("cases:case_detail", args=[town.case.uid])).content.decode()
    for word in ("Morten Dahl", "Leyla Omar", "25", "met in person", "Make a new card", "waits for an answer"):
        assert word in html, word
    assert "Blå dør" not in html and town.token not in html


def test_home_says_so_first_and_one_tap_answers(town: Town, client_of: Callable[[Any], Any]) -> None:
    call = town.call()
    client = client_of(town.morten.person)
    client.cookies["language"] = "en"
    html = client.get("/home/").content.decode()
    waits, mine = html.split('id="my-people"')
    assert "Somebody asks for you" in waits and "I ring now" in waits and "Dana" not in waits
    assert "Dana" in mine and "Test" not in html, "whom one stands beside, by given name alone"
    assert client.post(reverse("mentoring:call_detail", args=[call.uid]), {"act": "ring"}).status_code == 302
    call.refresh_from_db()
    assert call.answered_by == town.morten.person
    assert "You ring somebody" in client.get("/home/").content.decode()
    others = client_of(town.leyla.person).get("/home/").content.decode()
    assert "Somebody asks for you" not in others and "Dana" not in others and 'id="my-people"' not in others


def test_coordinator_closes_what_has_come_to_them(town: Town, ask: Callable[..., Any]) -> None:
    from datetime import timedelta

    from handrail.mentoring import tasks

    for minutes in (30, 60):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            tasks.catch_up()
    assert ask("sofie", "call", "call_close", {}).status_code == 302
    assert town.lifeline.calls.get().end == "closed"


def test_card_is_shown_in_the_answer_alone(town: Town, ask: Callable[..., Any]) -> None:
    html = ask("karen", "case", "card", {"language": "ti"}).content.decode()
    assert 'lang="ti" dir="ltr"' in html and 'class="qr"' in html and "Dana" not in html.partition("lifeline-card")[2]
    assert Link.objects.filter(purpose="lifeline", revoked_at=None).count() == 1
    assert "/my/" not in ask("karen", "case", "card").content.decode()
    assert ask("karen", "case", "card_end", {}).status_code == 302
    assert not Link.objects.filter(purpose="lifeline", revoked_at=None).exists()


def test_terms_and_languages_are_data_of_the_programme(town: Town, ask: Callable[..., Any]) -> None:
    sent = {"answer_minutes": "15", "quiet_from": "21:30", "quiet_until": "06:30", "quiet_days": "10"}
    assert ask("sofie", "programme", "terms", sent).status_code == 302
    terms = Terms.objects.get()
    assert (terms.answer_minutes, str(terms.quiet_from), terms.quiet_days) == (15, "21:30:00", 10)
    assert ask("sofie", "programme", "terms", {**sent, "answer_minutes": "1"}).status_code == 200
    html = ask("sofie", "programme", "languages").content.decode()
    assert html.count("<details") >= 6 and "صفحتي" in html and "draft" in html
    assert ask("sofie", "programme", "languages", {"language": "ar", "is_on": "1"}).status_code == 302
    assert DraftLanguage.objects.get().switched_on_by == town.sofie
    ask("sofie", "programme", "languages", {"language": "ar", "is_on": "0"})
    assert not DraftLanguage.objects.exists()


def test_lists_of_one_and_three(town: Town, ask: Callable[..., Any]) -> None:
    assert ask("sofie", "programme", "mentor_list").content.decode().count("title-link") == 2
    new = actions.recruit_mentor(programme=town.programme, organisation=town.strandby, given_name="Nina", family_name="Ny", email="n@strandby.example.org", by=town.sofie)
    html = ask("sofie", "programme", "mentor_list").content.decode()
    assert html.count("title-link") == 3 and "not prepared yet" in html
    assert "Nobody at the moment" in ask("leyla", "programme", "my_people").content.decode()
    Mentor.objects.filter(pk=new.pk).delete()
    for given in ("Yusuf", "Ali"):
        Mentor.objects.filter(pk=town.morten.pk).update(capacity=3)
        actions.match_mentor(case=town.another_case(given), mentor=Mentor.objects.get(pk=town.morten.pk), by=town.sofie)
    html = ask("morten", "programme", "my_people").content.decode()
    assert all(given in html for given in ("Dana", "Yusuf", "Ali")) and "Test" not in html
