"""A person's page and search: only whom and what one may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from handrail.curriculum import actions as curriculum
from handrail.desk.queries import competences_found, modules_found, people_found
from handrail.people import actions as people
from handrail.people.models import Person
from handrail.programmes import actions as programmes
from tests.competences.made import make_framework

Clients = Callable[[Any], Any]
EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")
MAY_OPEN: dict[str, set[str]] = {
    "birgit": {"birgit", "lena", "paula"}, "kim": {"kim"}, "amal": {"amal", "oskar"}, "carlos": {"carlos"}, "stranger": {"stranger"},
}  # fmt: skip


@pytest.fixture
def hidden(cast: Any) -> Person:
    """Somebody of Hörby with a protected identity, whose manager is Lena."""
    person = people.add_person(given_name="Dold", family_name="Birgersson", is_protected=True, by=None)
    people.employ_person(
        person=person, organisation=cast.horby, unit=cast.care, job_title="Undersköterska", manager=cast.lena, started_on=cast.programme.starts_on, by=None,
    )  # fmt: skip
    programmes.enrol_person(programme=cast.programme, person=person, organisation=cast.horby, by=None)
    return person


@pytest.mark.parametrize("whose", MAY_OPEN)
def test_a_person_is_opened_by_self_manager_and_leader(cast: Any, client_of: Clients, whose: str) -> None:
    address = reverse("desk:person", args=[getattr(cast, whose).uid])
    assert {who for who in EVERYBODY if client_of(getattr(cast, who)).get(address).status_code == 200} == MAY_OPEN[whose]


def test_the_page_says_who_in_one_line_and_keeps_the_name_out_of_the_title(cast: Any, client_of: Clients) -> None:
    text = client_of(cast.paula).get(reverse("desk:person", args=[cast.birgit.uid])).content.decode()
    assert "Birgit Nyström" in text and "Lärare, Georgshillsskolan, Hörby" in text and "LFI-0002" in text
    title = re.search("<title>(.*?)</title>", text, re.S)
    assert title is not None and "Birgit" not in title.group(1)


def test_a_protected_identity_shows_neither_name_nor_place(cast: Any, hidden: Person, client_of: Clients) -> None:
    address = reverse("desk:person", args=[hidden.uid])
    leader, manager = (client_of(who).get(address).content.decode() for who in (cast.paula, cast.lena))
    assert "Protected identity" in leader and "Birgersson" not in leader and "Hemtjänsten" not in leader and "Undersköterska" not in leader
    assert "Dold Birgersson" in manager


FOUND: dict[str, list[str]] = {
    "amal": [], "oskar": [], "paula": ["Birgit Nyström"], "lena": ["Birgit Nyström", "Dold Birgersson"], "birgit": ["Birgit Nyström"], "bo": [],
    "kim": [], "carlos": [], "elin": [], "stranger": [],
}  # fmt: skip


def test_search_finds_only_people_one_may_see(cast: Any, hidden: Person, client_of: Clients) -> None:
    assert {who: sorted(one["title"] for one in people_found(getattr(cast, who), "birg")) for who in EVERYBODY} == FOUND
    for who in ("kim", "elin", "amal"):
        assert "Nyström" not in client_of(getattr(cast, who)).get(reverse("desk:search"), {"q": "birg"}).content.decode()
    text = client_of(cast.paula).get(reverse("desk:search"), {"q": "BIRGIT nystr"}).content.decode()
    assert reverse("desk:person", args=[cast.birgit.uid]) in text


def test_search_finds_competences_and_modules_in_any_language(cast: Any, client_of: Clients) -> None:
    make_framework(cast)
    curriculum.add_module(programme=cast.programme, code="M1", title={"sv": "Språk på jobbet", "en": "Language at work"}, form="lecture", minutes=90, by=cast.amal)
    assert [one["title"] for one in competences_found(cast.birgit, cast.programme, "TOLK")] == [one["title"] for one in competences_found(cast.birgit, cast.programme, "interpreter")] != []
    for words in ("språk", "work language"):
        assert len(modules_found(cast.birgit, cast.programme, words)) == 1, words
    assert competences_found(cast.stranger, cast.programme, "tolk") == modules_found(cast.stranger, cast.programme, "språk") == []
    assert "Language at work" in client_of(cast.birgit).get(reverse("desk:search"), {"q": "språk"}).content.decode()


def test_search_asks_as_often_for_one_hit_as_for_many(cast: Any, client_of: Clients, queries_of: Callable[..., int]) -> None:
    client = client_of(cast.paula)
    client.get(reverse("desk:search"), {"q": "birgit"})  # what is kept for the process is there from now on
    few = queries_of(lambda: client.get(reverse("desk:search"), {"q": "birgit"}))
    cast.more_staff(9)
    assert queries_of(lambda: client.get(reverse("desk:search"), {"q": "anna"})) == few
