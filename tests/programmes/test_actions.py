"""What programmes' actions do, on the real database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.people import actions as people
from handrail.programmes import actions
from handrail.programmes.models import Participation, Partner, Programme


def test_start_programme_refuses_what_makes_no_sense(cast: Any) -> None:
    good = {
        "slug": "new", "code": "NEW", "name": {"sv": "Ny"}, "owner": cast.osby, "starts_on": date(2018, 1, 1),
        "ends_on": date(2019, 1, 1), "by": None,
    }  # fmt: skip
    cases: list[tuple[dict[str, Any], str]] = [
        ({"ends_on": date(2017, 1, 1)}, "ends_on"),
        ({"slug": "å ä"}, "slug"),
        ({"slug": "lfi"}, "slug"),
        ({"code": " "}, "name"),
        ({"name": {"sv": ""}}, "name"),
    ]
    for change, field in cases:
        with pytest.raises(RuleBroken) as broken:
            actions.start_programme(**{**good, **change})
        assert broken.value.field == field
    assert Programme.objects.count() == 1
    assert str(actions.start_programme(**good).name) == "Ny"


def test_funding_line_needs_a_source_and_a_share(cast: Any) -> None:
    good = {
        "programme": cast.programme, "name": {"sv": "Stöd"}, "amount": Decimal(100), "participation_share": Decimal("0.5"),
        "source": "Beslut 3", "by": None,
    }  # fmt: skip
    for change, field in (
        ({"amount": Decimal(-1)}, "amount"), ({"participation_share": Decimal("25")}, "participation_share"), ({"source": " "}, "source"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as broken:
            actions.add_funding_line(**{**good, **change})
        assert broken.value.field == field
    assert actions.add_funding_line(**good).source == "Beslut 3"


def test_enrol_person_numbers_in_order_and_takes_contact_from_the_staff_list(cast: Any) -> None:
    person = people.add_person(given_name="Ny", family_name="Person", by=None)
    people.employ_person(person=person, organisation=cast.horby, unit=cast.care, contact="indirect", by=None)
    taking_part = actions.enrol_person(programme=cast.programme, person=person, organisation=cast.horby, by=cast.paula)
    assert (taking_part.number, taking_part.contact) == ("LFI-0005", "indirect")
    with pytest.raises(RuleBroken) as broken:
        actions.enrol_person(programme=cast.programme, person=person, organisation=cast.horby, by=cast.paula)
    assert broken.value.field == "person"
    outside = people.add_organisation(name="Växjö kommun", short_name="Växjö", by=None)
    with pytest.raises(RuleBroken) as broken:
        actions.enrol_person(programme=cast.programme, person=cast.stranger, organisation=outside, by=cast.paula)
    assert broken.value.field == "organisation"


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        (["LFI-0099", "LFI-9999"], "LFI-10000"), (["LFI-9999", "LFI-10000", "LFI-10002"], "LFI-10003"), (["LFI-00000200"], "LFI-0100"),
        (["LFI-gammal-nummer", "LFI-0200"], "LFI-0201"), ([f"LFI-registret-{index:03}" for index in range(101)], "LFI-0100"),
    ],
)  # fmt: skip
def test_the_next_number_is_above_all_that_were_drawn_however_others_look(cast: Any, taken: list[str], given: str) -> None:
    Participation.objects.filter(programme=cast.programme).exclude(number__startswith="LFI-0").delete()
    for number in ["LFI-0099", *taken]:
        person = people.add_person(given_name="Nu", family_name=number, by=None)
        Participation.objects.get_or_create(programme=cast.programme, number=number[:20], defaults={"person": person, "organisation": cast.osby, "joined_on": date(2018, 1, 1)})
    newcomer = people.add_person(given_name="Nya", family_name="Ny", by=None)
    assert actions.enrol_person(programme=cast.programme, person=newcomer, organisation=cast.osby, contact="direct", by=None).number == given


def test_whoever_left_comes_back_under_the_old_number(cast: Any) -> None:
    first = Participation.objects.get(person=cast.birgit)
    actions.leave_programme(participation=first, by=cast.paula)
    newcomer = people.add_person(given_name="Efter", family_name="Henne", by=None)
    assert actions.enrol_person(programme=cast.programme, person=newcomer, organisation=cast.horby, by=None).number == "LFI-0005"
    again = actions.enrol_person(programme=cast.programme, person=cast.birgit, organisation=cast.horby, by=None)
    assert (again.pk, again.number, again.left_on) == (first.pk, "LFI-0002", None)


def test_enrol_people_takes_many_at_once_with_one_event(cast: Any, queries_of: Any) -> None:
    persons = [people.add_person(given_name=f"P{number}", family_name="Q", by=None) for number in range(40)]
    few = queries_of(
        lambda: actions.enrol_people(programme=cast.programme, organisation=cast.osby, persons=persons[:3], by=cast.oskar)
    )
    many = queries_of(
        lambda: actions.enrol_people(programme=cast.programme, organisation=cast.osby, persons=[*persons, cast.birgit], by=cast.oskar)
    )
    assert many == few
    assert [entry.data["count"] for entry in JournalEntry.objects.filter(name="PeopleEnrolled")] == [3, 37]
    numbers = list(Participation.objects.filter(programme=cast.programme).values_list("number", flat=True))
    assert len(set(numbers)) == 44
    assert actions.enrol_people(programme=cast.programme, organisation=cast.osby, persons=persons, by=cast.oskar) == 0


def test_mark_contact_refuses_another_programme(cast: Any) -> None:
    other = actions.start_programme(
        slug="other", code="OTH", name={"sv": "Annat"}, owner=cast.osby, starts_on=date(2018, 1, 1), ends_on=date(2019, 1, 1), by=None
    )
    chosen = list(Participation.objects.all())
    with pytest.raises(RuleBroken):
        actions.mark_contact(programme=other, participations=chosen, contact="direct", by=cast.amal)
    with pytest.raises(RuleBroken):
        actions.mark_contact(programme=cast.programme, participations=chosen, contact="both", by=cast.amal)
    assert actions.mark_contact(programme=cast.programme, participations=chosen, contact="indirect", by=cast.amal) == 4
    assert actions.mark_contact(programme=cast.programme, participations=chosen, contact="indirect", by=cast.amal) == 0


def test_change_public_page_journals_names_of_fields_not_their_words(cast: Any) -> None:
    actions.change_public_page(programme=cast.programme, summary={"sv": "Hemligt"}, is_public=True, by=cast.amal)
    entry = JournalEntry.objects.get(name="PublicPageChanged")
    assert entry.data["fields"] == ["summary"]
    assert "Hemligt" not in str(entry.data)


def test_contact_person_needs_an_address(cast: Any) -> None:
    nobody = people.add_person(given_name="Utan", family_name="Adress", by=None)
    with pytest.raises(RuleBroken):
        actions.name_contact_person(partner=Partner.objects.get(organisation=cast.horby), contact_person=nobody, by=cast.amal)


def test_message_to_an_organisation_outside_or_unanswered_is_refused(cast: Any) -> None:
    outside = people.add_organisation(name="Växjö kommun", short_name="Växjö", by=None)
    letter = {"programme": cast.programme, "sender_name": "", "sender_email": "a@example.net", "text": "Hej"}
    for organisation in (cast.horby, outside):
        with pytest.raises(RuleBroken) as broken:
            actions.write_to_programme(organisation=organisation, **letter)
        assert broken.value.field == "organisation"
    actions.name_contact_person(partner=Partner.objects.get(organisation=cast.osby), contact_person=cast.amal, by=None)
    actions.write_to_programme(organisation=cast.horby, **letter)
    with pytest.raises(RuleBroken):
        actions.write_to_programme(organisation=outside, **letter)
