"""A mentor who must not see somebody is their mentor no longer, and hears of no call."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from handrail.cases.actions import note_conflict
from handrail.kit.errors import RuleBroken
from handrail.mentoring import actions, queries
from handrail.mentoring.models import Mentorship
from handrail.people import actions as people
from handrail.people.models import Person, Role
from tests.mentoring.world import START, Town, person


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def second_coordinator(town: Town) -> Person:
    found = person("Stine", "To")
    people.grant_role(person=found, role=Role.PLACEMENT_COORDINATOR, programme=town.programme.uid, organisation=town.strandby, starts_on=START, by=None)
    return found


def test_the_mentor_is_relieved_and_not_offered_again(town: Town, client_of: Any) -> None:
    mentor = town.mentorship.mentor
    page = reverse("mentoring:mentee", args=[town.mentorship.uid])
    call = town.call()
    assert client_of(fresh(mentor.person)).get(page).status_code == 200
    note_conflict(case=town.case, person=mentor.person, tie="relative", by=town.karen)
    assert client_of(fresh(mentor.person)).get(page).status_code == 404
    assert not queries.calls_visible_to(fresh(mentor.person)).filter(pk=call.pk).exists()
    assert Mentorship.objects.get(pk=town.mentorship.pk).ended_on is not None
    assert mentor.pk not in {one.pk for one, _has in queries.free_mentors(town.case)}
    with pytest.raises(RuleBroken, match="list"):
        actions.match_mentor(case=town.case, mentor=mentor, by=town.karen)


def test_a_back_up_stands_behind_nobody_from_whom_they_are_kept_away(town: Town) -> None:
    backup = town.morten if town.mentorship.mentor == town.leyla else town.leyla
    actions.name_backup(mentorship=town.mentorship, backup=backup, by=town.karen)
    note_conflict(case=town.case, person=backup.person, tie="neighbour", by=town.karen)
    row = Mentorship.objects.get(pk=town.mentorship.pk)
    assert (row.backup, row.ended_on) == (None, None)
    with pytest.raises(RuleBroken, match="list"):
        actions.name_backup(mentorship=row, backup=backup, by=town.karen)


def test_a_coordinator_who_is_kept_away_is_told_of_no_call(town: Town) -> None:
    other = second_coordinator(town)
    assert {one.pk for one in queries.coordinators_of(town.case)} == {town.sofie.pk, other.pk}
    note_conflict(case=town.case, person=town.sofie, tie="dependent", by=town.karen)
    assert {one.pk for one in queries.coordinators_of(town.case)} == {other.pk}
    assert not queries.mentorships_steered_by(fresh(town.sofie)).filter(case=town.case).exists()
