"""Frameworks, profiles, ratings and sharing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from handrail.competences import actions, formats, queries
from handrail.competences.models import Competence, Framework, LevelSharing, ProfileAssignment, Rating
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from tests.competences.made import competence, draft, make_framework, make_round, profile, rate

pytestmark = pytest.mark.django_db


def test_import_framework_takes_our_csv_and_the_same_again_changes_nothing(cast: Any) -> None:
    content = formats.write_framework_csv(draft())
    first = actions.import_framework(programme=cast.programme, file_name="ramverk.csv", content=content, by=cast.amal)
    rows = list(Competence.objects.values_list("pk", "code", "retired_at"))
    again = actions.import_framework(programme=cast.programme, file_name="ramverk.csv", content=content, by=cast.amal)
    assert again == first and list(Competence.objects.values_list("pk", "code", "retired_at")) == rows
    assert [code for _pk, code, _retired in rows] == ["B1", "B2", "C1"]
    assert str(competence(first, "B1").name) == "Samtala om sömn och oro"
    assert queries.level_name(first, 4) == "Lär andra"
    assert first.areas.get(code="B").development_area.code == "B", "the area finds its development area by its code"


def test_import_framework_takes_moodle(cast: Any) -> None:
    content = formats.write_moodle_csv(draft(), language="sv")
    framework = actions.import_framework(programme=cast.programme, file_name="moodle.csv", content=content, by=cast.amal)
    assert set(framework.competences.values_list("code", flat=True)) >= {"B1", "B2", "C1"}


def test_import_framework_retires_what_the_file_no_longer_has(cast: Any) -> None:
    framework = make_framework(cast)
    rate([cast.birgit], framework, {"C1": 2}, round=None)
    smaller = formats.FrameworkDraft(areas=draft().areas[:1], competences=draft().competences[:2], levels={}, code="LFI")
    actions.save_framework(programme=cast.programme, draft=smaller, by=cast.amal)
    assert [one.code for one in queries.competences_of(framework)] == ["B1", "B2"]
    assert Rating.objects.filter(competence__code="C1").count() == 1, "ratings stay"
    actions.save_framework(programme=cast.programme, draft=draft(), by=cast.amal)
    assert [one.code for one in queries.competences_of(framework)] == ["B1", "B2", "C1"]


def test_import_framework_refuses_a_wrong_file_whole_and_names_the_row(cast: Any) -> None:
    lines = formats.write_framework_csv(draft()).decode("utf-8-sig").splitlines()
    broken = "\n".join([*lines, lines[-1]]).encode()
    with pytest.raises(RuleBroken) as caught:
        actions.import_framework(programme=cast.programme, file_name="ramverk.csv", content=broken, by=cast.amal)
    assert str(len(lines) + 1) in str(caught.value)
    assert not Framework.objects.exists()


def test_set_target_keeps_levels_and_weights_within_bounds(cast: Any) -> None:
    framework = make_framework(cast)
    teach, b1 = profile(framework, "TEACH"), competence(framework, "B1")
    for level, weight in ((5, 1), (2, 0), (2, 10)):
        with pytest.raises(RuleBroken):
            actions.set_target(profile=teach, competence=b1, level=level, weight=weight, by=cast.amal)
    row = actions.set_target(profile=teach, competence=b1, level=4, weight=Decimal("1.5"), by=cast.amal)
    assert row is not None and (row.level, row.weight) == (4, Decimal("1.5"))
    assert actions.set_target(profile=teach, competence=b1, level=None, by=cast.amal) is None
    assert (teach.pk, b1.pk) not in queries.targets_of(framework)


def test_profiles_follow_job_titles_and_leave_the_rest_to_a_person(cast: Any) -> None:
    framework = make_framework(cast)
    assert actions.assign_profiles_by_title(framework, cast.horby, by=cast.paula) == 1  # Birgit, Lärare
    own = {row.person_id: row.profile for row in queries.staff_of(framework, [cast.horby.pk])}
    assert str(own[cast.birgit.pk]) == "Pedagoger" and own[cast.bo.pk] is None
    assert actions.assign_profiles_by_title(framework, by=None) == 0, "nobody is given a profile twice"
    titles = queries.titles_of(queries.staff_of(framework, [cast.horby.pk]))
    assert {(row.title, row.undecided) for row in titles} == {("Rektor", 1), ("Undersköterska", 1), ("Lärare", 0)}
    staff = profile(framework, "STAFF")
    assert actions.assign_profile_to_title(framework=framework, organisation=cast.horby, title="undersköterska", profile=staff, by=cast.paula) == 1
    actions.assign_profile(person=cast.bo, profile=profile(framework, "TEACH"), by=cast.paula)
    history = ProfileAssignment.objects.filter(person=cast.bo).order_by("pk").values_list("profile__code", "is_current")
    assert list(history) == [("STAFF", False), ("TEACH", True)]


def test_ratings_of_three_kinds_stand_side_by_side(cast: Any) -> None:
    framework = make_framework(cast)
    before, managers = make_round(cast), make_round(cast, respondent="manager")
    rate([cast.birgit], framework, {"B1": 1}, round=before)
    rate([cast.birgit], framework, {"B1": 3}, round=managers, kind="manager")
    rate([cast.birgit], framework, {"B1": 2}, round=None, kind="observed")
    rate([cast.birgit], framework, {"B1": 2}, round=before)
    latest = {(one.kind, one.level) for one in Rating.objects.filter(is_latest=True)}
    assert latest == {("self", 2), ("manager", 3), ("observed", 2)}
    assert Rating.objects.filter(kind="self", is_latest=False).values_list("level", flat=True).get() == 1, "the earlier one is kept"
    (row,) = [one for one in queries.levels_of(cast.birgit) if one.competence.code == "B1"]
    assert (row.before.level, row.manager_before.level, row.observed.level, row.after) == (2, 3, 2, None)


def test_a_rating_after_stands_beside_the_one_before(cast: Any) -> None:
    framework = make_framework(cast)
    rate([cast.birgit], framework, {"B1": 1}, round=make_round(cast))
    rate([cast.birgit], framework, {"B1": 3}, round=make_round(cast, phase="after", title="Efter"))
    (row,) = [one for one in queries.levels_of(cast.birgit) if one.competence.code == "B1"]
    assert (row.before.level, row.after.level, row.change, row.gap) == (1, 3, 2, 0)


def test_a_rating_given_earlier_but_heard_later_does_not_count(cast: Any) -> None:
    framework = make_framework(cast)
    round = make_round(cast)
    rate([cast.birgit], framework, {"B1": 3}, round=round)
    rate([cast.birgit], framework, {"B1": 1}, round=round, rated_at=clock.now() - timedelta(days=1))
    assert Rating.objects.get(is_latest=True).level == 3


@pytest.mark.parametrize("level", [-1, 5, True, "2"])
def test_rate_person_refuses_what_is_no_level(cast: Any, level: Any) -> None:
    framework = make_framework(cast)
    with pytest.raises(RuleBroken):
        actions.rate_person(person=cast.bo, competence=competence(framework, "B1"), kind="self", level=level, by=cast.bo)
    assert not Rating.objects.exists()


def test_the_journal_tells_that_somebody_was_rated_but_not_how(cast: Any) -> None:
    framework = make_framework(cast)
    actions.rate_person(person=cast.bo, competence=competence(framework, "B1"), kind="self", level=4, by=cast.bo, note="hemligt")
    entry = JournalEntry.objects.get(name="PersonRated")
    assert set(entry.data) == {"rating", "person", "competence", "framework", "kind", "round"}
    assert "hemligt" not in str(entry.data)


def test_sharing_is_between_a_person_and_the_line_manager_only(cast: Any) -> None:
    with pytest.raises(RuleBroken):
        actions.share_levels(person=cast.birgit, manager=cast.paula, by=cast.birgit)
    with pytest.raises(RuleBroken):
        actions.share_levels(person=cast.birgit, manager=cast.lena, by=cast.lena)
    actions.ask_to_share(person=cast.birgit, manager=cast.lena, by=cast.lena)
    assert [one.manager_id for one in queries.requests_of(cast.birgit)] == [cast.lena.pk]
    actions.share_levels(person=cast.birgit, manager=cast.lena, by=cast.birgit)
    actions.share_levels(person=cast.birgit, manager=cast.lena, by=cast.birgit)
    assert LevelSharing.objects.count() == 1 and not queries.requests_of(cast.birgit).exists()
    assert [one.person_id for one in queries.sharings_visible_to(cast.lena)] == [cast.birgit.pk]
    actions.end_sharing(person=cast.birgit, manager=cast.lena, by=cast.birgit)
    assert not queries.sharings_visible_to(cast.lena).exists()


def test_a_manager_asks_once_a_month(cast: Any) -> None:
    actions.ask_to_share(person=cast.birgit, manager=cast.lena, by=cast.lena)
    actions.decline_sharing(person=cast.birgit, manager=cast.lena, by=cast.birgit)
    with pytest.raises(RuleBroken):
        actions.ask_to_share(person=cast.birgit, manager=cast.lena, by=cast.lena)
    with clock.at(datetime(2018, 6, 1, 8, tzinfo=UTC)):
        actions.ask_to_share(person=cast.birgit, manager=cast.lena, by=cast.lena)


def test_gaps_of_are_plain_rows_for_the_planner(cast: Any) -> None:
    framework = make_framework(cast)
    actions.assign_profiles_by_title(framework, by=None)
    round, managers = make_round(cast), make_round(cast, respondent="manager")
    rate([cast.birgit], framework, {"B1": 1}, round=round)
    rate([cast.birgit], framework, {"B1": 0, "B2": 0}, round=managers, kind="manager")
    b1, b2, c1 = (competence(framework, code).pk for code in ("B1", "B2", "C1"))
    rows = queries.gaps_of(framework, [cast.birgit.pk])
    assert rows == [
        (cast.birgit.pk, b1, 1, 2, Decimal(2), 1), (cast.birgit.pk, b2, 0, 2, Decimal(2), 2), (cast.birgit.pk, c1, None, 2, Decimal(2), 0),
    ]  # fmt: skip
    assert len(queries.gaps_of(framework)) == 4 * 3, "everybody who takes part"


def test_an_erased_round_of_dates_keeps_measurements_apart() -> None:
    from handrail.competences.rules import RoundFacts, measurements

    day = date(2017, 3, 1)
    found = measurements(
        [
            RoundFacts(1, True, "before", day, True), RoundFacts(2, False, "before", day + timedelta(days=9), True),
            RoundFacts(3, True, "before", day + timedelta(days=300), False), RoundFacts(4, False, "before", day + timedelta(days=310), False),
            RoundFacts(5, False, "later", day, True),
        ]
    )  # fmt: skip
    assert [(one.round, one.self_rounds, one.manager_rounds) for one in found] == [(1, (1,), (2,)), (3, (3,), (4,)), (5, (), (5,))]
    assert [one.is_closed("manager") for one in found] == [True, False, True]
