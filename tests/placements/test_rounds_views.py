"""Screens of matching: who sees what, that a company is never shown a name, points or an order, and that lists cost the same however long they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from handrail.kit import later
from handrail.people.actions import withdraw_consent
from handrail.people.models import Consent
from handrail.placements.actions import matching as actions
from handrail.placements.models import Listed, Look, Placement, Position, Refusal, Round, Seeking
from tests.placements.made import Kolding
from tests.placements.rounds import WHY, market, person, round_of, the_round

Made = tuple[Kolding, Position, Round]


@pytest.fixture
def made(db: None) -> Made:
    """Kolding, the kitchen's place, and a round for which best total was chosen."""
    return the_round()


def url(name: str, thing: Any) -> str:
    return reverse(f"placements:{name}", args=[thing.uid])


def first_of(kolding: Kolding, found: Round) -> Listed:
    return Listed.objects.select_related("shortlist__mentor", "position__company").get(shortlist__round=found, shortlist__way="best_total", shortlist__case=kolding.dawit, is_proposed=True)


def text_of(client: Any, address: str) -> str:
    return str(client.get(address, headers={"accept-language": "en"}).content.decode())


def test_the_stranger_gets_404_everywhere(made: Made, client_of: Any) -> None:
    kolding, place, found = made
    listed, client = first_of(kolding, found), client_of(kolding.stranger)
    no = actions.refuse_listed(listed=listed, side="company", by=kolding.lars)
    pages = [
        *(url(name, kolding.programme) for name in ("round_list", "round_ask", "ways", "mentor_reach")), *(url(name, found) for name in ("round", "round_way", "round_again", "round_stop")),
        *(url(name, kolding.dawit) for name in ("wishes", "company_exclude", "shortlist")), *(url(name, listed) for name in ("proposal_refuse", "mentor_refuse", "proposal_decide", "company_refuse")),
        url("refusal_take_back", no), url("position_asks", place), url("position_proposals", place),
    ]  # fmt: skip
    assert {client.get(page).status_code for page in pages} == {client.post(page).status_code for page in pages} == {404}


def test_a_caseworker_sees_the_own_peoples_proposals_and_no_rounds(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    rasmus = client_of(kolding.rasmus)
    assert rasmus.get(url("shortlist", kolding.selam)).status_code == 200
    assert rasmus.get(url("shortlist", kolding.dawit)).status_code == 404
    assert rasmus.get(url("round", found)).status_code == 404
    assert rasmus.get(url("proposal_decide", first_of(kolding, found))).status_code == 404


def test_a_round_from_start_to_a_placement_on_screen(kolding: Kolding, client_of: Any) -> None:
    market(kolding)
    karen, mette = client_of(kolding.coordinator), client_of(kolding.mette)
    body = text_of(karen, url("round_ask", kolding.programme))
    assert "2 people can be proposed a place" in body
    answer = karen.post(url("round_ask", kolding.programme), {"organisation": kolding.kommune.uid})
    found = Round.objects.get()
    assert answer["Location"] == url("round", found)
    assert "Waits for its turn" in text_of(karen, url("round", found))
    later.run_waiting()
    assert "Choose which way is used" in text_of(karen, url("round", found))
    assert "Nothing is proposed at present" in text_of(mette, url("shortlist", kolding.dawit))
    assert karen.post(url("round_way", found), {"way": "best_total", "reason": WHY}).status_code == 302
    body = text_of(mette, url("shortlist", kolding.dawit))
    assert all(words in body for words in ("Køkkenhjælper, Havnens Køkken", "Number 1 of your wishes.", "For the company", "Prepare this placement", "Hanne Krogh", "400 × 1,000 / 1,000"))
    listed = first_of(kolding, Round.objects.get())
    body = text_of(mette, url("proposal_decide", listed))
    assert "Hanne Krogh" in body
    sent = {"starts_on": "2018-04-18", "ends_on": "2018-07-17", "hours": "25", "mentor": listed.shortlist.mentor.uid if listed.shortlist.mentor else "", "why": WHY}
    placement = mette.post(url("proposal_decide", listed), sent)
    assert placement["Location"] == url("placement_detail", Placement.objects.get())
    assert WHY in text_of(karen, url("round", found)) and "decided" in text_of(karen, url("round", found))


def test_a_page_that_waits_becomes_the_round_when_it_is_there(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    assert client_of(kolding.coordinator).get(url("round", found), headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_the_consultant_sees_reasons_without_who_and_notes_a_no(made: Made, client_of: Any) -> None:
    kolding, place, found = made
    client, listed = client_of(kolding.lars), first_of(kolding, found)
    body = text_of(client, url("position_proposals", place))
    assert "Has Danish at B1; the place asks for A2." in body
    hidden = ("Dawit", "Tesfay", kolding.dawit.number, str(kolding.dawit.uid), "wishes", "points", f"{listed.points}", "Hanne", "Tigrinya", "minutes")
    main = body.partition("<main")[2].partition("</main>")[0]
    assert [word for word in hidden if word in main] == []
    contact = place.company.contacts.get()
    assert client.post(url("company_refuse", listed), {"reason": "filled", "contact": contact.uid}).status_code == 302
    no = Refusal.objects.get()
    assert (no.side, no.reason, no.contact, no.noted_by) == ("company", "filled", contact, kolding.lars)
    body = text_of(client, url("position_proposals", place))
    assert "Nothing is proposed" in body and "The place is filled" in body and "Dawit" not in body
    assert client.post(url("refusal_take_back", no)).status_code == 302
    assert "Has Danish" in text_of(client, url("position_proposals", place))


def test_a_consent_taken_back_in_the_middle_of_a_screen_ends_it(made: Made, client_of: Any) -> None:
    kolding, place, found = made
    mette, listed = client_of(kolding.mette), first_of(kolding, found)
    assert mette.get(url("proposal_decide", listed)).status_code == 200
    withdraw_consent(consent=Consent.objects.get(person=kolding.dawit.person, recipient=kolding.programme.uid), by=kolding.mette)
    sent = {"starts_on": "2018-04-18", "ends_on": "2018-07-17", "hours": "25", "why": WHY}
    assert mette.post(url("proposal_decide", listed), sent).status_code == 404 and not Placement.objects.exists()
    assert "Nothing is proposed at present" in text_of(mette, url("shortlist", kolding.dawit))
    assert "Nothing is proposed" in text_of(client_of(kolding.lars), url("position_proposals", place))
    assert "agrees no longer" in text_of(client_of(kolding.coordinator), url("round", found))


def test_a_no_is_noted_and_taken_back_on_screen(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    mette, listed = client_of(kolding.mette), first_of(kolding, found)
    assert mette.post(url("proposal_refuse", listed), {"side": "person", "reason": "far"}).status_code == 302
    body = text_of(mette, url("shortlist", kolding.dawit))
    assert "a no was noted" in body and "It is too far" in body
    assert "Take back" in body
    assert mette.post(url("refusal_take_back", Refusal.objects.get()), {"next": url("shortlist", kolding.dawit)})["Location"] == url("shortlist", kolding.dawit)
    assert mette.post(url("mentor_refuse", listed)).status_code == 302
    assert "wants another mentor" in text_of(mette, url("shortlist", kolding.dawit))


def test_wishes_are_written_down_on_screen_and_what_is_wrong_is_said(made: Made, client_of: Any) -> None:
    kolding, place, _found = made
    mette = client_of(kolding.mette)
    sent = {"area": "Kolding", "wish_0": str(place.uid), "wish_1": "garden", "skills_cooking": "3", "growth_tools": "1", "half_days": ["0", "2"], "not_fitting": ["lifting"]}
    assert mette.post(url("wishes", kolding.dawit), sent).status_code == 302
    said = Seeking.objects.get(case=kolding.dawit)
    assert (said.wishes, said.skills, said.growth, said.half_days, said.not_fitting) == ([str(place.uid), "garden"], {"cooking": 3}, {"tools": 1}, [0, 2], ["lifting"])
    body = mette.post(url("wishes", kolding.dawit), {**sent, "wish_1": str(place.uid)}, headers={"accept-language": "en"}).content.decode()
    assert "A wish stands there twice" in body
    assert mette.post(url("company_exclude", kolding.dawit), {"company": kolding.company.uid, "side": "company"}).status_code == 302
    assert "all of Havnens Smedje A/S" in text_of(mette, url("wishes", kolding.dawit))


def test_what_a_place_asks_for_is_written_down_on_screen(made: Made, client_of: Any) -> None:
    kolding, place, _found = made
    lars = client_of(kolding.lars)
    sent = {"fields_of_work": ["kitchen", "hotel"], "half_days_needed": "4", "needs_cooking": "1", "develops_guests": "2"}
    assert lars.post(url("position_asks", place), sent).status_code == 302
    place.refresh_from_db()
    assert (place.fields, place.half_days_needed, place.needs, place.develops) == (["hotel", "kitchen"], 4, {"cooking": 1}, {"guests": 2})
    assert client_of(kolding.mette).get(url("position_asks", place)).status_code == 404


def test_the_coordinator_writes_down_ways_and_where_mentors_live(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    karen = client_of(kolding.coordinator)
    assert karen.post(url("ways", kolding.programme), {"one": "Vamdrup", "other": "Kolding", "minutes": "35"}).status_code == 302
    mentor = first_of(kolding, found).shortlist.mentor
    assert mentor is not None
    assert karen.post(url("mentor_reach", kolding.programme), {"mentor": mentor.uid, "area": "Vamdrup", "most_minutes": "30"}).status_code == 302
    body = text_of(karen, url("ways", kolding.programme))
    assert "Vamdrup, at most 30" in body


def test_two_who_start_at_once_get_one_round_and_a_clear_word(made: Made, client_of: Any) -> None:
    kolding, _place, _found = made
    karen = client_of(kolding.coordinator)
    assert karen.post(url("round_ask", kolding.programme), {"organisation": kolding.kommune.uid}).status_code == 302
    body = karen.post(url("round_ask", kolding.programme), {"organisation": kolding.kommune.uid}, headers={"accept-language": "en"}).content.decode()
    assert "Karen Holm has just asked for proposals" in body and Round.objects.count() == 2


def test_a_persons_page_shows_the_places_without_points(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    body = text_of(client_of(kolding.mette), reverse("cases:case_detail", args=[kolding.dawit.uid]))
    panel = body.partition('aria-labelledby="proposals"')[2].partition("</section>")[0]
    assert "Køkkenhjælper" in panel and "Look at them together" in panel
    assert str(first_of(kolding, found).points) not in strip_tags(panel), "what is read; the random number in an address may hold any digits"
    assert not Look.objects.exists(), "the reasons and the points are on the page behind it, and looking there is on record"


def test_whoever_has_a_place_by_another_way_is_proposed_nothing_more(made: Made, client_of: Any) -> None:
    kolding, place, found = made
    kolding.place(kolding.dawit)
    body = text_of(client_of(kolding.mette), reverse("cases:case_detail", args=[kolding.dawit.uid]))
    assert "What was proposed is on record" in body and "Look at them together" not in body
    assert "has a place" in text_of(client_of(kolding.coordinator), url("round", found))
    assert "Nothing is proposed" in text_of(client_of(kolding.lars), url("position_proposals", place))


def test_lists_cost_the_same_with_two_and_with_five(made: Made, client_of: Any, queries_of: Any) -> None:
    kolding, place, found = made
    karen, mette, lars = client_of(kolding.coordinator), client_of(kolding.mette), client_of(kolding.lars)
    pages = [(karen, url("round_list", kolding.programme)), (karen, url("round_ask", kolding.programme)), (mette, url("shortlist", kolding.dawit)), (lars, url("position_proposals", place))]
    for client, page in [*pages, (karen, url("round", found))]:
        client.get(page)
    before = [queries_of(lambda c=client, p=page: c.get(p)) for client, page in [*pages, (karen, url("round", found))]]
    for given in ("Yonas", "Rahel", "Berhane"):
        person(kolding, given, wishes=("kitchen", "workshop"))
    place.places = 4
    place.save()
    more = round_of(kolding)
    for client, page in [*pages, (karen, url("round", more))]:
        client.get(page)
    assert [queries_of(lambda c=client, p=page: c.get(p)) for client, page in [*pages, (karen, url("round", more))]] == before
