"""Forgetting a person: who asks, who agrees, what is typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.people import actions, queries
from handrail.people.models import Account, Employment, Erasure, Identity, Person
from handrail.programmes.models import Participation
from tests.cast import account_of

pytestmark = pytest.mark.django_db


def number_of(person: Person) -> str:
    return Participation.objects.get(person=person).number


def asked(cast: Any, **more: Any) -> Erasure:
    return actions.ask_erasure(**{"person": cast.birgit, "reason": "wish", "typed": number_of(cast.birgit), "by": cast.paula} | more)


def test_one_asks_another_agrees_and_the_name_is_gone(cast: Any) -> None:
    account_of(cast.birgit)
    waiting = asked(cast)
    assert Identity.objects.filter(person=cast.birgit).exists(), "asking erases nothing"
    done = actions.agree_to_erasure(erasure=waiting, typed=f" {number_of(cast.birgit).lower()} ", by=cast.amal)
    assert (done.state, done.ended_by, done.sign) == ("done", cast.amal, number_of(cast.birgit))
    person = Person.objects.get(pk=cast.birgit.pk)
    assert person.erased_at is not None
    assert person.called == "Raderad person"
    assert not Identity.objects.filter(person=person).exists()
    assert not Account.objects.filter(person=person).exists()
    assert not Employment.objects.filter(person=person).exists()
    assert Participation.objects.get(person=person).left_on is not None
    assert [row.data for row in JournalEntry.objects.filter(name="PersonErased")] == [{"person": str(person.uid), "reason": "wish"}]


@pytest.mark.parametrize("who", ["paula", "birgit", "oskar", "lena", "elin", "stranger"])
def test_nobody_else_agrees(cast: Any, who: str) -> None:
    waiting = asked(cast)
    with pytest.raises(RuleBroken):
        actions.agree_to_erasure(erasure=waiting, typed=waiting.sign, by=getattr(cast, who))
    assert Identity.objects.filter(person=cast.birgit).exists()


@pytest.mark.parametrize("who", ["birgit", "oskar", "lena", "amal", "elin", "stranger"])
def test_only_who_leads_the_municipality_asks_for_its_staff(cast: Any, who: str) -> None:
    with pytest.raises(RuleBroken):
        asked(cast, by=getattr(cast, who))
    assert not Erasure.objects.exists()


def test_the_number_must_be_the_persons(cast: Any) -> None:
    with pytest.raises(RuleBroken) as wrong:
        asked(cast, typed=number_of(cast.bo))
    assert wrong.value.field == "typed"
    waiting = asked(cast)
    with pytest.raises(RuleBroken):
        actions.agree_to_erasure(erasure=waiting, typed=number_of(cast.bo), by=cast.amal)
    with pytest.raises(RuleBroken):
        asked(cast)  # it waits already


def test_stopped_means_nothing_happened_and_it_can_be_asked_again(cast: Any) -> None:
    waiting = asked(cast)
    actions.stop_erasure(erasure=waiting, by=cast.paula)
    with pytest.raises(RuleBroken):
        actions.agree_to_erasure(erasure=waiting, typed=waiting.sign, by=cast.amal)
    assert asked(cast).state == "asked"
    assert Identity.objects.filter(person=cast.birgit).exists()


def test_whoever_has_left_is_still_found_by_number_employee_number_and_address(cast: Any) -> None:
    job = Employment.objects.get(person=cast.birgit)
    Employment.objects.filter(pk=job.pk).update(employee_number="4711")
    job.refresh_from_db()
    actions.end_employment(employment=job, by=cast.paula)
    assert not queries.persons_visible_to(cast.paula).filter(pk=cast.birgit.pk).exists()
    for words in (number_of(cast.birgit), "4711", "birgit.nystrom@example.org"):
        assert queries.person_by_sign(cast.paula, words) == cast.birgit, words
        assert queries.person_by_sign(cast.oskar, words) is None, words


def test_whoever_holds_a_role_is_erased_by_two_of_those_who_give_it(cast: Any) -> None:
    sign = queries.sign_to_type(cast.carlos)
    waiting = actions.ask_erasure(person=cast.carlos, reason="wish", typed=sign, by=cast.amal)
    with pytest.raises(RuleBroken):
        actions.agree_to_erasure(erasure=waiting, typed=sign, by=cast.amal)
    ada = actions.add_person(given_name="Ada", family_name="Min", email="ada@example.org", by=None)
    actions.grant_role(person=ada, role="administrator", by=None)
    actions.agree_to_erasure(erasure=waiting, typed=sign, by=ada)
    assert queries.authority_of(Person.objects.get(pk=cast.carlos.pk)).held == ()


def test_nobody_erases_oneself(cast: Any) -> None:
    for act in (
        lambda: actions.erase_person(person=cast.amal, reason="wish", by=cast.amal),
        lambda: actions.ask_erasure(person=cast.paula, reason="wish", typed=queries.sign_to_type(cast.paula), by=cast.paula),
    ):
        with pytest.raises(RuleBroken):
            act()


def test_a_manager_who_is_erased_leaves_nobody_with_a_name_that_is_gone(cast: Any) -> None:
    actions.erase_person(person=cast.lena, reason="wish", by=cast.amal)
    assert Employment.objects.get(person=cast.birgit).manager is None
    name = queries.names_visible_to(cast.paula, [cast.lena.pk], also=[cast.lena.pk])[cast.lena.pk]
    assert (name.text, name.is_hidden, name.is_erased) == ("Raderad person", True, True)


def test_agreeing_asks_once_more_who_it_is(cast: Any, client_of: Any, settings: Any) -> None:
    """Where a second factor is asked for at all (not on one's own machine); a session that has shown none is sent to show it."""
    waiting = asked(cast)
    url = reverse("people:erasure_agree", args=[waiting.uid])
    assert client_of(cast.amal).get(url).status_code == 200
    settings.SECOND_FACTOR = True
    answer = client_of(cast.amal).post(url, {"typed": waiting.sign})
    assert answer.status_code == 302 and "/account/" in answer["Location"]
    assert Identity.objects.filter(person=cast.birgit).exists()


def test_erasures_are_listed_in_as_many_queries_however_many(cast: Any, client_of: Any, queries_of: Any) -> None:
    def count() -> int:
        client = client_of(Person.objects.get(pk=cast.amal.pk))
        client.get("/erasures/")
        return queries_of(lambda: client.get("/erasures/"))

    asked(cast)
    one = count()
    for person in (cast.bo, cast.lena):
        asked(cast, person=person, typed=number_of(person))
    assert count() == one


def test_the_page_names_the_person_to_who_asks_and_the_number_to_who_agrees(cast: Any, client_of: Any) -> None:
    leader, owner = client_of(cast.paula), client_of(cast.amal)
    page = leader.get(reverse("people:person_erase", args=[cast.birgit.uid])).content.decode()
    assert "Birgit Nystr" in page and number_of(cast.birgit) in page and "31 december 2023" in page
    answer = leader.post(reverse("people:person_erase", args=[cast.birgit.uid]), {"reason": "wish", "typed": number_of(cast.birgit)})
    shown = owner.get(answer["Location"]).content.decode()
    assert "Birgit" not in shown and number_of(cast.birgit) in shown and "Paula Ek" in shown
    done = owner.post(answer["Location"] + "agree/", {"typed": number_of(cast.birgit)}, follow=True).content.decode()
    assert "Raderad" in done and number_of(cast.birgit) in done
    assert leader.get(reverse("people:person_erase", args=[cast.birgit.uid])).status_code == 404
    assert owner.get(answer["Location"] + "agree/").status_code == 404
