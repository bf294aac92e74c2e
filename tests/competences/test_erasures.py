"""What erasing does to the map: nothing to be seen until five are gone, nothing left where nothing is shown, nothing more told to who knew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handrail.competences import actions, queries
from handrail.competences.models import MapColumn, MapLeaf, Rating
from handrail.competences.queries import drawn_needs
from handrail.kit import clock
from handrail.people import actions as people
from tests.competences.made import competence, make_framework, make_round, rate

pytestmark = pytest.mark.django_db


def shown(framework: Any) -> list[str]:
    """Everything that any role is shown of the map."""
    rows = MapColumn.objects.order_by("kind", "profile", "organisation", "is_unit", "unit")
    return [repr(row) for row in rows.values_list("kind", "profile", "organisation", "unit", "people", "cells")] + [repr(drawn_needs(framework))]


def erase(person: Any, cast: Any) -> None:
    people.erase_person(person=person, reason="wish", by=cast.amal)


def test_looks_before_and_after_an_erasure_are_the_same_until_five_are_gone(cast: Any) -> None:
    framework = make_framework(cast)
    staff = cast.more_staff(12)
    round = make_round(cast)
    for number, person in enumerate(staff):
        rate([person], framework, {"B1": number % 5, "C1": 3}, round=round)
    actions.draw_map(framework)
    first = shown(framework)
    for person in staff[:4]:
        erase(person, cast)
        assert shown(framework) == first, "nobody draws for an erasure"
        actions.draw_map(framework)
        assert shown(framework) == first, "and who draws sees the same"
    assert not Rating.objects.filter(person__in=staff[:4]).exists()
    erase(staff[4], cast)
    actions.draw_map(framework)
    leaf = MapLeaf.objects.get()
    assert leaf.sums[str(competence(framework, "B1").pk)] == [7, 0 + 1 + 2 + 3 + 4 + 0 + 1, 3, 2, 2, 1, 1, 1], "the other seven"
    assert (leaf.gone, sorted(leaf.people)) == (0, sorted(one.pk for one in staff[5:]))


def test_five_of_which_one_has_another_role_profile_wait_for_each_other(cast: Any) -> None:
    """Role profiles are told apart once a round is closed: of one alone the figures would tell."""
    framework = make_framework(cast)
    staff, teachers = cast.more_staff(10), cast.more_staff(6)
    for person in teachers:
        actions.assign_profile(person=person, profile=framework.profiles.get(code="TEACH"), by=None)
    rate([*staff, *teachers], framework, {"B1": 1}, round=make_round(cast))
    actions.draw_map(framework)
    first = shown(framework)
    for person in [*staff[:4], teachers[0], staff[4]]:
        erase(person, cast)
        actions.draw_map(framework)
        assert shown(framework) == first
    for person in teachers[1:5]:
        erase(person, cast)
    actions.draw_map(framework)
    assert sorted(leaf.sums[str(competence(framework, "B1").pk)][0] for leaf in MapLeaf.objects.all()) == [1, 5]


def test_where_nothing_is_shown_levels_go_at_once(cast: Any) -> None:
    framework = make_framework(cast)
    rate([cast.kim, *cast.more_staff(2, organisation=cast.kristianstad, unit=cast.library)], framework, {"B1": 4}, round=make_round(cast))
    actions.draw_map(framework)
    erase(cast.kim, cast)
    leaf = MapLeaf.objects.get()
    assert leaf.sums == {str(competence(framework, "B1").pk): [2, 8, 3, 0, 0, 0, 0, 2]}
    assert (leaf.gone, cast.kim.pk in leaf.people) == (0, False)


def test_a_new_answer_of_five_moves_the_unit_on_without_the_erased(cast: Any) -> None:
    framework = make_framework(cast)
    staff = cast.more_staff(12)
    round = make_round(cast)
    rate(staff[:7], framework, {"B1": 1}, round=round)
    actions.draw_map(framework)
    erase(staff[0], cast)
    rate(staff[7:11], framework, {"B1": 4}, round=round, rated_at=clock.now() + timedelta(minutes=1))
    actions.draw_map(framework)
    assert MapLeaf.objects.get().sums[str(competence(framework, "B1").pk)][:2] == [7, 7], "four are too few"
    rate(staff[11:], framework, {"B1": 4}, round=round, rated_at=clock.now() + timedelta(minutes=2))
    actions.draw_map(framework)
    assert MapLeaf.objects.get().sums[str(competence(framework, "B1").pk)][:2] == [11, 6 + 5 * 4]


def test_what_a_manager_knew_of_an_erased_person_still_hides_the_rest(cast: Any) -> None:
    """Three of seven shared with Lena; one of them is erased. The mean of seven would still tell her the other four."""
    framework = make_framework(cast)
    staff = cast.more_staff(7)
    for one in staff:
        one.employments.update(manager=cast.lena)
    rate(staff, framework, {"B1": 1}, round=make_round(cast))
    release = actions.draw_map(framework)
    for one in staff[:3]:
        actions.share_levels(person=one, manager=cast.lena, by=one)
    erase(staff[0], cast)
    table = queries.own_units_table(framework, release, queries.sight_of(cast.lena, cast.programme))
    (school,) = [column for column in table.columns if column.uid == cast.school.uid]
    cell = school.cells[competence(framework, "B1").pk]
    assert cell.why_hidden and not cell.people


def test_a_map_drawn_before_it_was_noted_who_is_counted_learns_it_when_it_is_drawn_again(cast: Any) -> None:
    framework = make_framework(cast)
    staff = cast.more_staff(7)
    rate(staff, framework, {"B1": 1}, round=make_round(cast))
    actions.draw_map(framework)
    MapLeaf.objects.update(people=[])
    actions.draw_map(framework)
    assert MapLeaf.objects.get().people == sorted(one.pk for one in staff)
    erase(staff[0], cast)
    assert MapLeaf.objects.get().gone == 1
