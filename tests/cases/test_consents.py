"""Consent on a person's page: given, holds, withdrawn; and the wordings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.people.actions import add_organisation, erase_person, give_consent
from handrail.people.models import Consent
from handrail.people.queries import consented_fields
from handrail.people.rules.consents import wordings
from tests.cases.world import World


def given(world: World, **more: Any) -> Consent:
    """Selam agrees that Osby is told the first name and the languages."""
    known = {
        "person": world.case.person, "recipient_kind": "organisation", "recipient": world.cast.osby.uid, "fields": ["languages", "first_name"], "purpose": "referral",
        "wording": "2026-11/ti/draft", "language": "ti", "until": date(2018, 10, 1), "by": world.kim,
    }  # fmt: skip
    return give_consent(**(known | more))


@pytest.mark.parametrize(("change", "field"), [
    ({"fields": []}, "fields"), ({"fields": ["health"]}, "fields"), ({"until": date(2018, 4, 17)}, "until"), ({"until": date(2020, 4, 30)}, "until"),
    ({"purpose": " "}, "purpose"), ({"recipient_kind": "everybody"}, "recipient"), ({"interpreter": "child"}, "interpreter"),
])  # fmt: skip
def test_a_consent_says_who_what_what_for_and_until_when(world: World, change: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as fault:
        given(world, **change)
    assert fault.value.field == field
    assert Consent.objects.count() == 0


def test_a_consent_holds_until_its_last_day(world: World) -> None:
    given(world)
    fields = frozenset({"first_name", "languages"})
    assert consented_fields(world.case.person_id, world.cast.osby.uid) == fields
    assert consented_fields(world.case.person_id, world.cast.kristianstad.uid) == frozenset()
    with clock.at(clock.now().replace(year=2018, month=10, day=1)):
        assert consented_fields(world.case.person_id, world.cast.osby.uid) == fields
    with clock.at(clock.now().replace(year=2018, month=10, day=2)):
        assert consented_fields(world.case.person_id, world.cast.osby.uid) == frozenset()


def test_a_newer_consent_takes_the_place_of_the_older(world: World) -> None:
    given(world)
    given(world, fields=["contact"])
    assert consented_fields(world.case.person_id, world.cast.osby.uid) == {"contact"}
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_it_is_given_and_taken_back_on_the_page(world: World, as_: Any) -> None:
    kim, url = as_(world.kim), reverse("cases:consent_give", args=[world.case.uid])
    page = kim.get(url, headers={"accept-language": "en"}).content.decode()
    assert 'lang="ti"' in page and "Draft: no native speaker" in page, "the person's own language, marked as what it is"
    assert 'dir="rtl"' in kim.get(url + "?language=ar").content.decode()
    body = {
        "recipient": str(world.cast.osby.uid), "fields_told": ["first_name"], "purpose": "referral", "interpreter": "phone", "until": "2018-06-30",
    }  # fmt: skip
    assert kim.post(url + "?language=ar", body).status_code == 302
    made = Consent.objects.get()
    assert (made.language, made.wording, made.interpreter, made.fields, made.noted_by) == ("ar", "2026-11/ar/draft", "phone", ["first_name"], world.kim)
    assert "Osby kommun" in kim.get(reverse("cases:case_detail", args=[world.case.uid])).content.decode()
    withdraw = reverse("cases:consent_withdraw", args=[made.uid])
    assert kim.get(withdraw).status_code == 302 and Consent.objects.get().withdrawn_at is None, "looking changes nothing"
    assert kim.post(withdraw).status_code == 302
    assert consented_fields(world.case.person_id, world.cast.osby.uid) == frozenset()
    assert kim.post(withdraw).status_code == 404


def test_something_not_offered_cannot_be_a_recipient(world: World, as_: Any) -> None:
    elsewhere = add_organisation(name="Växjö kommun", short_name="Växjö", by=None)  # no partner of the programme
    body = {"recipient": str(elsewhere.uid), "fields_told": ["first_name"], "purpose": "referral", "interpreter": "none", "until": "2018-06-30"}
    assert as_(world.kim).post(reverse("cases:consent_give", args=[world.case.uid]), body).status_code == 200
    assert Consent.objects.count() == 0


def test_erasing_forgets_what_was_agreed(world: World) -> None:
    given(world, purpose="zqword")
    erase_person(person=world.case.person, reason="wish", by=world.pia)
    assert Consent.objects.count() == 0


def test_wordings_say_the_same_in_every_language_and_drafts_are_marked() -> None:
    texts = wordings()
    assert {len(one.paragraphs) for one in texts.values()} == {5}
    assert {code for code, one in texts.items() if not one.is_draft} == {"en", "sv", "da"}
    assert {"ar", "ti", "fa-AF", "so", "uk"} <= set(texts)
    assert all(len(one.name) <= 60 for one in texts.values())
