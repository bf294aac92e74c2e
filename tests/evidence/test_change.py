"""Change is shown with the number of answers, and never so that one answer could be worked out."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.competences.models import Area, Competence, Framework, Rating
from handrail.evidence import queries, rules
from handrail.evidence.models import LeftOut
from handrail.instruments.models import Invitation, Questionnaire, QuestionnaireVersion, Round, Submission
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Person

SCALE = ["Nej", "Snarare nej", "Varken eller", "Snarare ja", "Ja"]
BEFORE, AFTER, LATER = Round.Phase.BEFORE, Round.Phase.AFTER, Round.Phase.LATER


@pytest.fixture
def rounds(cast: Any) -> dict[str, Round]:
    """The confidence questionnaire, and a closed round of each phase."""
    form = {
        "id": "trygg", "title": "Trygghet", "languages": [{"code": "sv", "name": "Svenska"}], "default_language": "sv",
        "items": [
            {
                "kind": "select_one", "name": "tolk", "labels": {"sv": "Jag vet hur jag använder tolk"},
                "choices": [{"name": f"s{index}", "labels": {"sv": words}} for index, words in enumerate(SCALE)],
            },
            {"kind": "text", "name": "egna", "labels": {"sv": "Egna ord"}},
        ],
    }  # fmt: skip
    asked = Questionnaire.objects.create(programme=cast.programme, code="trygg", title={"sv": "Trygghet"}, kind="confidence")
    version = QuestionnaireVersion.objects.create(questionnaire=asked, number=1, definition=form, sha256="x", published_at=clock.now())
    return {
        phase: Round.objects.create(
            version=version, programme=cast.programme, title={"sv": phase}, phase=phase, opens_on=date(2018, 1, 1),
            closes_on=date(2018, 2, 1), closed_at=clock.now(),
        )
        for phase in (BEFORE, AFTER, LATER)
    }  # fmt: skip


def answer(asked: Round, person: Person, organisation: Any, step: int) -> Submission:
    invitation, _made = Invitation.objects.get_or_create(round=asked, respondent=person, about=person, organisation=organisation)
    return Submission.objects.create(
        invitation=invitation, answers={"tolk": f"s{step}", "egna": "hemligt"}, is_complete=True, language="sv", received_at=clock.now()
    )


def shown(cast: Any, *, organisation: Any = None, seen: Any = None) -> list[tuple[str, int, bool, bool]]:
    phases = queries.phases_of(queries.confidence_answers(cast.programme), "tolk", organisation=organisation and organisation.pk, seen=seen)
    return [(one.phase, one.n, one.is_hidden, one.is_paired) for one in phases]


def test_answers_before_and_after_are_counted_with_those_of_the_same_people(cast: Any, rounds: dict[str, Round]) -> None:
    staff = cast.more_staff(16)
    for index, person in enumerate(staff):
        answer(rounds[BEFORE], person, cast.horby, index % 3)
        if index >= 6:
            answer(rounds[AFTER], person, cast.horby, 4)
    assert shown(cast) == [(BEFORE, 16, False, False), (AFTER, 10, False, False), (BEFORE, 10, False, True), (AFTER, 10, False, True)]
    answers = queries.confidence_answers(cast.programme)
    assert answers.counts("tolk", AFTER) == [0, 0, 0, 0, 10]
    answer(rounds[BEFORE], staff[0], cast.horby, 4)  # the latest answer counts
    assert queries.confidence_answers(cast.programme).counts("tolk", BEFORE)[4] == 1


def test_fewer_than_five_are_hidden_and_the_same_people_where_the_rest_could_be_worked_out(cast: Any, rounds: dict[str, Round]) -> None:
    staff = cast.more_staff(9)
    for person in staff:
        answer(rounds[BEFORE], person, cast.horby, 1)
    for person in staff[:4]:
        answer(rounds[AFTER], person, cast.horby, 3)
    assert shown(cast) == [(BEFORE, 9, False, False), (AFTER, 4, True, False)]
    for person in staff[4:6]:
        answer(rounds[AFTER], person, cast.horby, 3)  # six of nine: three would be the difference
    assert shown(cast) == [(BEFORE, 9, False, False), (AFTER, 6, False, False)]


def test_small_municipality_is_hidden_with_a_neighbour(cast: Any, rounds: dict[str, Round]) -> None:
    staff = cast.more_staff(20)
    for count, place in ((10, cast.osby), (7, cast.horby), (3, cast.kristianstad)):
        for person in [staff.pop() for _one in range(count)]:
            answer(rounds[BEFORE], person, place, 2)
    owner = {place.short_name: shown(cast, organisation=place)[0][2] for place in (cast.osby, cast.horby, cast.kristianstad)}
    assert owner == {"Osby": False, "Hörby": True, "Kristianstad": True}  # 3 would be 20 − 10 − 7
    # A process leader sees the own municipality and the total: 20 − 10 are ten others, so Osby may stand.
    assert not shown(cast, organisation=cast.osby, seen=[cast.osby.pk])[0][2]
    assert shown(cast, organisation=cast.kristianstad, seen=[cast.kristianstad.pk])[0][2]


def test_process_leader_does_not_see_a_total_that_leaves_three_others(cast: Any, rounds: dict[str, Round]) -> None:
    staff = cast.more_staff(13)
    for index, person in enumerate(staff):
        answer(rounds[BEFORE], person, cast.horby if index < 10 else cast.kristianstad, 2)
    assert shown(cast, organisation=cast.horby, seen=[cast.horby.pk])[0][2]


def test_two_looks_at_an_open_round_differ_by_five_at_least(cast: Any, rounds: dict[str, Round]) -> None:
    asked = rounds[BEFORE]
    asked.closed_at, asked.closes_on = None, date(2018, 6, 1)
    asked.save()
    looks = []
    for index, person in enumerate(cast.more_staff(13)):
        answer(asked, person, cast.horby if index % 2 else cast.kristianstad, 4)
        found = queries.confidence_answers(cast.programme)
        looks.append((sum(found.counts("tolk", BEFORE, organisation=cast.horby.pk)), sum(found.counts("tolk", BEFORE, organisation=cast.kristianstad.pk))))
    for place in (0, 1):
        sizes = [look[place] for look in looks]
        assert all(later - earlier in (0, 5) for earlier, later in zip(sizes, sizes[1:], strict=False))
    assert looks[-1] == (5, 5)
    first = Submission.objects.order_by("pk").first()
    assert first is not None
    answer(asked, first.invitation.about, cast.kristianstad, 0)  # changing one's mind does not show before the round closes
    assert queries.confidence_answers(cast.programme).counts("tolk", BEFORE) == [0, 0, 0, 0, 10]
    with clock.at(clock.now() + timedelta(days=90)):
        assert queries.confidence_answers(cast.programme).counts("tolk", BEFORE) == [1, 0, 0, 0, 12]


@pytest.fixture
def competence(cast: Any) -> Competence:
    framework = Framework.objects.create(programme=cast.programme, code="f", name={"sv": "Ramverk"})
    area = Area.objects.create(framework=framework, code="a", name={"sv": "Område"})
    return Competence.objects.create(framework=framework, area=area, code="c", name={"sv": "Samtal genom tolk"})


def rate(competence: Competence, person: Person, asked: Round, level: int) -> None:
    Rating.objects.create(person=person, competence=competence, kind="self", level=level, rated_at=clock.now(), round=asked)


def test_levels_before_and_after_are_of_the_same_people_in_closed_rounds(cast: Any, rounds: dict[str, Round], competence: Competence) -> None:
    staff = cast.more_staff(6) + cast.more_staff(5, unit=cast.care)
    for index, person in enumerate(staff):
        rate(competence, person, rounds[BEFORE], 1)
        rate(competence, person, rounds[AFTER], 2 + index % 2)
    rate(competence, cast.kim, rounds[BEFORE], 4)  # never rated after
    found = queries.level_changes(cast.programme, organisation=None, seen=None)
    assert [(one.label, one.n, one.before, round(one.after, 2)) for one in found] == [("Samtal genom tolk", 11, 1.0, 2.45)]
    units = queries.unit_changes(cast.programme, cast.horby)
    assert [(one.label, one.n, one.is_hidden) for one in units] == [("Georgshillsskolan", 6, False), ("Hemtjänsten", 5, False)]
    Rating.objects.filter(person=staff[-1]).delete()
    assert all(one.is_hidden for one in queries.unit_changes(cast.programme, cast.horby))  # four, and the neighbour with them
    Round.objects.filter(pk=rounds[AFTER].pk).update(closed_at=None, closes_on=date(2018, 6, 1))
    assert queries.level_changes(cast.programme, organisation=None, seen=None) == []


def test_screen_says_the_finding_and_hides_the_words(cast: Any, rounds: dict[str, Round], client_of: Callable[[Any], Any]) -> None:
    for person in cast.more_staff(8):
        answer(rounds[BEFORE], person, cast.horby, 1)
        answer(rounds[AFTER], person, cast.horby, 4)
        answer(rounds[LATER], person, cast.horby, 3)
    address = reverse("evidence:change", args=[cast.programme.uid])
    owner = client_of(cast.amal).get(address).content.decode().replace("\u00a0", " ")
    for words in ("more confident in 1 of 1", "100 % answer on the yes side", "Six months later it is 100 %", "Jag vet hur jag använder tolk"):
        assert words in owner
    assert "hemligt" not in owner
    assert client_of(cast.paula).get(f"{address}?of={cast.horby.uid}").status_code == 200
    assert client_of(cast.paula).get(f"{address}?of={cast.kristianstad.uid}").status_code == 404
    for who in (cast.elin, cast.lena, cast.birgit, cast.carlos, cast.stranger):
        assert client_of(who).get(address).status_code == 404


def test_an_erased_persons_answer_cannot_be_worked_out_from_two_looks(cast: Any, rounds: dict[str, Round], competence: Competence) -> None:
    """These figures are counted live: whoever is erased leaves them with four others of the unit, whose answers stand in the same figures."""
    staff, care = cast.more_staff(14), cast.more_staff(9, unit=cast.care)
    for person in staff + care:
        answer(rounds[BEFORE], person, cast.horby, 1)
        rate(competence, person, rounds[BEFORE], 1)
    for person in staff[:11]:
        answer(rounds[AFTER], person, cast.horby, 3)
        rate(competence, person, rounds[AFTER], 3)

    def looks() -> list[Any]:
        answers = queries.confidence_answers(cast.programme)
        changes = queries.level_changes(cast.programme, organisation=cast.horby, seen=None)
        units = queries.unit_changes(cast.programme, cast.horby)
        return [sum(answers.counts("tolk", BEFORE)), sum(answers.counts("tolk", AFTER)), [one.n for one in changes], {one.label: one.n for one in units}]

    assert looks() == [23, 11, [11], {"Georgshillsskolan": 11}]
    people.erase_person(person=staff[0], reason="wish", by=cast.amal)
    assert looks() == [18, 6, [6], {"Georgshillsskolan": 6}], "five fewer everywhere, of whom one is gone and four stepped back"
    left = LeftOut.objects.order_by("pk")
    assert {one.person_id for one in left} < {one.pk for one in staff[1:11]}, "of the same unit, and with answers in the same figures"
    people.erase_person(person=Person.objects.get(pk=left[0].person_id), reason="wish", by=cast.amal)
    assert looks() == [18, 6, [6], {"Georgshillsskolan": 6}], "one of the four: nothing more to be seen"
    assert LeftOut.objects.count() == 3


@pytest.mark.parametrize("seed", range(200))
def test_who_leaves_leaves_nobody_alone(seed: int) -> None:
    chance = random.Random(seed)
    places = {number: (town := chance.randint(1, 3), chance.choice([town * 10, town * 10 + 1, None])) for number in range(chance.randint(1, 40))}
    person = chance.choice(list(places))
    gone = rules.who_leaves(person, places, {}, chance=chance) | {person}
    assert len(gone) >= 5 or gone == set(places)
    for line in (lambda one: places[one], lambda one: places[one][0], lambda one: None):
        for group in {line(one) for one in gone}:
            stays = [one for one in places if one not in gone and line(one) == group]
            assert not stays or len(stays) >= 5
