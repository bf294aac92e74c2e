"""The screens of programmes, as every role: what they show, what they do not, and that forbidden looks like absent (A1, A3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handrail.kit.models import SentMail
from handrail.people import actions as people
from handrail.people.models import Grant, Role
from handrail.programmes import actions
from handrail.programmes.models import ContactMessage, Participation, Partner

ClientOf = Callable[[Any], Client]
EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")
def test_about_shows_the_money_to_the_ore(cast: Any, client_of: ClientOf) -> None:
    page = client_of(cast.birgit).get(f"/programmes/{cast.programme.uid}/").content.decode()
    assert "7\u00a0247\u00a0750\u00a0kr" in page
    assert "1\u00a0811\u00a0937,50\u00a0kr" in page
    assert "25\u00a0%" in page


def test_participants_are_named_only_to_their_own(cast: Any, client_of: ClientOf) -> None:
    url = f"/programmes/{cast.programme.uid}/participants/"
    seen = {}
    for name in ("paula", "lena", "oskar", "amal", "elin"):
        page = client_of(getattr(cast, name)).get(url).content.decode()
        seen[name] = {word for word in ("Birgit", "Kim Lund", "Bo Holm", "LFI-0002", "LFI-0004") if word in page}
    assert seen == {
        "paula": {"Birgit", "Bo Holm", "LFI-0002"},
        "lena": {"Birgit", "Bo Holm", "LFI-0002"},
        "oskar": set(),
        "amal": set(),
        "elin": {"LFI-0002", "LFI-0004"},
    }


def test_participants_are_found_by_name_within_ones_own_only(cast: Any, client_of: ClientOf) -> None:
    url = f"/programmes/{cast.programme.uid}/participants/"
    page = client_of(cast.paula).get(url, {"q": "nystrom"}).content.decode()
    assert "Birgit Nyström" in page
    assert "Bo Holm" not in page
    assert "Kim" not in client_of(cast.paula).get(url, {"q": "kim"}).content.decode()
    by_unit = client_of(cast.paula).get(url, {"unit": str(cast.care.uid)}).content.decode()
    assert "Bo Holm" in by_unit
    assert "Birgit" not in by_unit
    assert client_of(cast.paula).get(url, {"unit": "nonsense", "page": "x", "contact": "?"}).status_code == 200
    # The auditor may not search by name: the question is not even asked.
    assert client_of(cast.elin).get(url, {"q": "birgit"}).content.decode().count("LFI-000") == 4


def test_a_participants_name_opens_the_person_for_those_who_may(cast: Any, client_of: ClientOf) -> None:
    url, link = f"/programmes/{cast.programme.uid}/participants/", f'href="/people/{cast.birgit.uid}/"'
    for name, opens in (("paula", True), ("lena", True), ("oskar", False), ("amal", False), ("elin", False)):
        client = client_of(getattr(cast, name))
        assert (link in client.get(url).content.decode()) is opens, name
        assert (client.get(f"/people/{cast.birgit.uid}/").status_code == 200) is opens, "a link only where it opens"


def test_participants_stand_by_name_and_a_protected_one_where_it_tells_nothing(cast: Any, client_of: ClientOf) -> None:
    hidden = people.add_person(given_name="Aaron", family_name="Dold", is_protected=True, by=None)
    people.employ_person(person=hidden, organisation=cast.horby, unit=cast.care, by=None)
    actions.enrol_person(programme=cast.programme, person=hidden, organisation=cast.horby, by=None)
    url = f"/programmes/{cast.programme.uid}/participants/"
    for sort, order in (("name", ["Birgit", "Bo Holm", "LFI-0005"]), ("-name", ["Bo Holm", "Birgit", "LFI-0005"])):
        page = client_of(cast.paula).get(url, {"sort": sort}).content.decode()
        assert [page.index(word) for word in order] == sorted(page.index(word) for word in order), sort


def test_protected_participant_is_found_neither_by_name_nor_by_unit(cast: Any, client_of: ClientOf) -> None:
    hidden = people.add_person(given_name="Vera", family_name="Dold", is_protected=True, by=None)
    people.employ_person(person=hidden, organisation=cast.horby, unit=cast.care, job_title="Spanare", manager=cast.lena, by=None)
    actions.enrol_person(programme=cast.programme, person=hidden, organisation=cast.horby, by=None)
    url = f"/programmes/{cast.programme.uid}/participants/"
    paula, lena = client_of(cast.paula), client_of(cast.lena)
    page = paula.get(url).content.decode()
    assert "Skyddade personuppgifter" in page
    assert "LFI-0005" in page
    assert not any(word in page for word in ("Vera", "Dold", "Spanare"))
    assert "LFI-0005" not in paula.get(url, {"q": "vera"}).content.decode()
    assert "LFI-0005" not in paula.get(url, {"unit": str(cast.care.uid)}).content.decode()
    assert "Vera Dold" in lena.get(url).content.decode(), "the line manager reads the name"


def test_participants_page_asks_as_much_for_thirty_rows_as_for_three(
    cast: Any, client_of: ClientOf, queries_of: Callable[[Callable[[], Any]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from handrail.kit import clock

    monkeypatch.setattr(clock, "KEEP_SECONDS", 3600.0)  # else the clock is read anew every other second, rows or no rows
    url = f"/programmes/{cast.programme.uid}/participants/"
    client = client_of(cast.paula)
    cast.more_staff(1)
    client.get(url)
    few = queries_of(lambda: client.get(url))
    cast.more_staff(27)
    assert queries_of(lambda: client.get(url)) == few


def test_process_leader_marks_contact_in_the_own_municipality_only(cast: Any, client_of: ClientOf) -> None:
    uids = [str(one.uid) for one in Participation.objects.all()]
    answer = client_of(cast.paula).post(
        f"/programmes/{cast.programme.uid}/participants/mark/", {"participation": [*uids, "x"], "contact": "indirect"}
    )
    assert answer.status_code == 302
    assert set(Participation.objects.values_list("person__identity__given_name", "contact")) == {
        ("Birgit", "indirect"), ("Bo", "indirect"), ("Lena", "indirect"), ("Kim", "direct"),
    }  # fmt: skip
    client_of(cast.paula).post(f"/programmes/{cast.programme.uid}/participants/mark/", {"participation": uids, "contact": "none"})
    assert not Participation.objects.filter(contact="none").exists()


def test_enrolling_takes_whole_units_of_ones_own(cast: Any, client_of: ClientOf) -> None:
    for number in range(3):
        person = people.add_person(given_name=f"Ny{number}", family_name="Vård", by=None)
        people.employ_person(person=person, organisation=cast.horby, unit=cast.care, contact="indirect", by=None)
    url = f"/programmes/{cast.programme.uid}/participants/enrol/"
    client = client_of(cast.paula)
    assert "Hemtjänsten: 3 personer" in client.get(url).content.decode()
    forged = client.post(url, {"units": [str(cast.library.uid)]})
    assert forged.status_code == 200
    assert Participation.objects.count() == 4
    assert client.post(url, {"units": [str(cast.care.uid)]}).status_code == 302
    new = Participation.objects.filter(number__gt="LFI-0004")
    assert [(one.number, one.contact, one.organisation) for one in new] == [
        (f"LFI-000{number}", "indirect", cast.horby) for number in (5, 6, 7)
    ]


def test_staff_without_a_unit_can_be_enrolled_too(cast: Any, client_of: ClientOf) -> None:
    alone = people.add_person(given_name="Utan", family_name="Enhet", by=None)
    people.employ_person(person=alone, organisation=cast.horby, unit=None, by=None)
    elsewhere = people.add_person(given_name="Annan", family_name="Ort", by=None)
    people.employ_person(person=elsewhere, organisation=cast.kristianstad, unit=None, by=None)
    url = f"/programmes/{cast.programme.uid}/participants/enrol/"
    client = client_of(cast.paula)
    assert "Utan enhet: " in client.get(url).content.decode()
    assert client.post(url, {"units": ["without-unit"]}).status_code == 302
    assert Participation.objects.filter(person=alone).exists()
    assert not Participation.objects.filter(person=elsewhere).exists()


def test_split_hides_small_counts_of_others_but_not_ones_own(cast: Any, client_of: ClientOf) -> None:
    cast.more_staff(9, organisation=cast.kristianstad, unit=cast.library)
    page = client_of(cast.paula).get(f"/programmes/{cast.programme.uid}/")
    rows = {row.organisation: (row.counts, row.total) for row in page.context["split"]}
    assert rows["Hörby"] == ((3, 0, 0), 3)
    assert rows["Kristianstad"] == ((None, 0, None), 10), "one direct is hidden, and its neighbour with it"
    oskar = client_of(cast.oskar).get(f"/programmes/{cast.programme.uid}/")
    assert {row.organisation: row.total for row in oskar.context["split"]}["Hörby"] is None


def test_coordinator_names_a_process_leader(cast: Any, client_of: ClientOf) -> None:
    """S1-07: a municipality without one is pointed out, named, and no longer pointed out."""
    client = client_of(cast.amal)
    roles = f"/programmes/{cast.programme.uid}/roles/"
    assert "Kristianstad saknar processledare" in client.get(roles).content.decode()
    answer = client.post(
        f"{roles}give/",
        {
            "email": "kim.lund@example.org", "given_name": "", "family_name": "", "role": "process_leader",
            "organisation": str(cast.kristianstad.uid), "ends_on": "",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(roles).content.decode()
    assert "Kristianstad saknar processledare" not in page
    assert "Kim Lund" in page
    assert Grant.objects.filter(person=cast.kim, role=Role.PROCESS_LEADER, organisation=cast.kristianstad).count() == 1


def test_process_leader_names_own_staff_only_and_no_process_leader(cast: Any, client_of: ClientOf) -> None:
    client = client_of(cast.paula)
    give = f"/programmes/{cast.programme.uid}/roles/give/"
    assert "Birgit" in client.get(give, {"q": "nystrom"}).content.decode()
    assert "Kim" not in client.get(give, {"q": "kim"}).content.decode()
    before = Grant.objects.count()
    good = {"person": str(cast.birgit.uid), "role": "trainer", "organisation": str(cast.horby.uid), "ends_on": ""}
    forged = [
        ("q=kim", {"person": str(cast.kim.uid)}),
        ("q=nystrom", {"person": str(cast.kim.uid)}),
        ("q=nystrom", {"role": "process_leader"}),
        ("q=nystrom", {"role": "coordinator"}),
        ("q=nystrom", {"organisation": str(cast.kristianstad.uid)}),
        ("q=nystrom", {"organisation": ""}),
        ("", {}),
    ]
    for query, change in forged:
        answer = client.post(f"{give}?{query}", {**good, **change})
        assert answer.status_code in (200, 404), (query, change)
        assert Grant.objects.count() == before, (query, change)
    assert client.post(f"{give}?q=nystrom", good).status_code == 302
    assert Grant.objects.get(person=cast.birgit).given_by == cast.paula


def test_process_leader_sees_and_ends_no_role_elsewhere(cast: Any, client_of: ClientOf) -> None:
    page = client_of(cast.paula).get(f"/programmes/{cast.programme.uid}/roles/").content.decode()
    assert "Paula Ek" in page
    assert not any(name in page for name in ("Oskar", "Amal", "Carlos", "Elin"))
    for holder in (cast.oskar, cast.amal, cast.carlos, cast.paula):
        grant = Grant.objects.get(person=holder)
        for ask in (client_of(cast.paula).get, client_of(cast.paula).post):
            assert ask(f"/roles/{grant.uid}/end/").status_code == 404
        assert Grant.objects.get(pk=grant.pk).ends_on is None


def test_coordinator_ends_a_role_and_the_holder_is_out(cast: Any, client_of: ClientOf) -> None:
    paula, amal = client_of(cast.paula), client_of(cast.amal)
    grant = Grant.objects.get(person=cast.paula)
    assert "Paula Ek" in amal.get(f"/roles/{grant.uid}/end/").content.decode()
    assert amal.post(f"/roles/{grant.uid}/end/").status_code == 302
    assert paula.get(f"/programmes/{cast.programme.uid}/roles/").status_code == 302, "A7: signed out"
    again = client_of(cast.paula)
    assert again.get(f"/programmes/{cast.programme.uid}/roles/").status_code == 404
    assert amal.post(f"/roles/{Grant.objects.get(person=cast.amal).uid}/end/").status_code == 404, "not one's own"


def test_public_page_shows_the_programme_and_no_address(cast: Any) -> None:
    actions.change_public_page(
        programme=cast.programme, background={"sv": "Kommunerna ville veta mer."}, funder={"sv": "Europeiska socialfonden"},
        funder_statement={"sv": "Medfinansieras av Europeiska socialfonden"}, funder_emblem="eu", by=cast.amal,
    )  # fmt: skip
    for organisation, person in ((cast.osby, cast.amal), (cast.horby, cast.paula)):
        actions.name_contact_person(
            partner=Partner.objects.get(organisation=organisation), contact_person=person, by=cast.amal
        )
    page = Client().get("/p/lfi/").content.decode()
    for words in ("Kommunerna ville veta mer.", "Medfinansieras av Europeiska socialfonden", "emblems/eu", "Osby kommun",
                  "Kristianstad kommun", "oktober 2016", "oktober 2018", "7\u00a0247\u00a0750\u00a0kr", "Paula Ek", "Kulturförståelse",
                  "/p/lfi/privacy/", "/privacy/", "/accessibility/"):  # fmt: skip
        assert words in page, words
    for address in ("@example.org", "mailto:"):
        assert address not in page
        assert address not in Client().get("/p/lfi/contact/").content.decode().replace("name@example.org", "")
    actions.change_public_page(programme=cast.programme, is_public=False, by=cast.amal)
    for path in ("", "contact/", "contact/sent/", "privacy/", "accessibility/"):
        assert Client().get(f"/p/lfi/{path}").status_code == 404
    assert Client().get("/p/nothing/").status_code == 404


def letter(cast: Any, **changes: str) -> dict[str, str]:
    return {
        "organisation": str(cast.horby.uid), "sender_name": "Stina", "sender_email": "stina@example.net", "text": "Hej! Hur anmäler man sig?",
        "website": "", **changes,
    }  # fmt: skip


def test_visitor_writes_and_the_contact_person_gets_it_and_answers(cast: Any, client_of: ClientOf) -> None:
    """S1-16, the way there and back."""
    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.horby), contact_person=cast.paula, by=cast.amal)
    visitor = Client()
    answer = visitor.post("/p/lfi/contact/", letter(cast), follow=True)
    assert "Meddelandet är skickat" in answer.content.decode()
    assert "paula" not in answer.content.decode().lower()
    mail = SentMail.objects.get()
    assert (mail.to, mail.subject) == ("paula.ek@example.org", "Min sida")
    assert "stina@example.net" in mail.text
    assert "Hur anmäler man sig?" in mail.text
    paula = client_of(cast.paula)
    url = f"/programmes/{cast.programme.uid}/messages/"
    assert "Hur anmäler man sig?" in paula.get(url).content.decode()
    message = ContactMessage.objects.get()
    for other in (cast.oskar, cast.birgit, cast.kim, cast.elin, cast.stranger):
        assert client_of(other).post(f"/messages/{message.uid}/answered/").status_code == 404
    assert ContactMessage.objects.get().answered_at is None
    assert paula.post(f"/messages/{message.uid}/answered/").status_code == 302
    assert ContactMessage.objects.get().answered_by == cast.paula


def test_message_waits_for_the_one_who_answers(cast: Any) -> None:
    from datetime import timedelta

    from handrail.kit import clock
    from handrail.programmes.slots import messages_wait

    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.osby), contact_person=cast.amal, by=cast.amal)
    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.horby), contact_person=cast.paula, by=cast.amal)
    for organisation in (cast.horby, cast.kristianstad):
        actions.write_to_programme(
            programme=cast.programme, organisation=organisation, sender_name="", sender_email="a@example.net", text="Hej"
        )
    counts = {name: len(messages_wait(getattr(cast, name), cast.programme)) for name in EVERYBODY}
    assert {name for name, count in counts.items() if count} == {"paula", "amal"}, "Kristianstad's go to the owner's"
    assert not messages_wait(cast.paula, cast.programme)[0].is_overdue
    with clock.at(clock.now() + timedelta(days=8)):
        assert messages_wait(cast.paula, cast.programme)[0].is_overdue


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sender_email": "nonsense"}, "som vi kan svara till"),
        ({"text": " "}, "field-wrong"),
        ({"organisation": ""}, "field-wrong"),
        ({"organisation": str(uuid4())}, "field-wrong"),
        ({"text": "x" * 4001}, "field-wrong"),
    ],
)
def test_contact_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Any, changes: dict[str, str], words: str) -> None:
    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.osby), contact_person=cast.amal, by=cast.amal)
    page = Client().post("/p/lfi/contact/", letter(cast, **changes)).content.decode()
    assert words in page
    assert "Stina" in page
    assert not ContactMessage.objects.exists()
    assert not SentMail.objects.exists()


def test_contact_form_stops_machines_and_floods(cast: Any) -> None:
    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.osby), contact_person=cast.amal, by=cast.amal)
    trapped = Client().post("/p/lfi/contact/", letter(cast, website="http://spam.example"))
    assert (trapped.status_code, trapped["Location"]) == (302, "/p/lfi/contact/sent/")
    assert not ContactMessage.objects.exists()
    answers = [Client().post("/p/lfi/contact/", letter(cast)).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert ContactMessage.objects.count() == 5


def test_contact_form_without_anybody_to_answer_offers_nobody(cast: Any) -> None:
    page = Client().get("/p/lfi/contact/").content.decode()
    assert "Kristianstad" not in page
    assert Client().post("/p/lfi/contact/", letter(cast)).status_code == 200
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("path", ["/privacy/", "/accessibility/"])
def test_notices_stand_in_the_chosen_language(db: None, path: str) -> None:
    swedish, english = Client(), Client()
    english.cookies["language"] = "en"
    pages = [client.get(path).content.decode() for client in (swedish, english)]
    assert ['<article class="measure stack" lang="sv"' in page for page in pages] == [True, False]
    assert ("Dina rättigheter" in pages[0]) is (path == "/privacy/")
    assert pages[1].count("<h2") == pages[0].count("<h2"), "both say the same"


def test_messages_are_erased_as_the_notice_promises(cast: Any) -> None:
    from datetime import timedelta

    from handrail.kit import clock

    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.osby), contact_person=cast.amal, by=cast.amal)
    known = {"programme": cast.programme, "organisation": cast.horby, "sender_name": "", "sender_email": "a@example.net"}
    answered = actions.write_to_programme(text="besvarat", **known)
    actions.write_to_programme(text="väntar", **known)
    actions.answer_message(message=answered, by=cast.amal)
    left = {}
    for days in (89, 91, 364, 366):
        with clock.at(clock.now() + timedelta(days=days)):
            actions.forget_messages()
        left[days] = set(ContactMessage.objects.values_list("text", flat=True))
    assert left == {89: {"besvarat", "väntar"}, 91: {"väntar"}, 364: {"väntar"}, 366: set()}
