"""What is read for a plan, who reads which name, and that lists stay as cheap with many rows as with few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from handrail.competences.actions import draw_map
from handrail.curriculum import actions as curriculum
from handrail.delivery import actions as delivery
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.people.models import Employment
from handrail.planning import actions, queries
from handrail.planning.models import Availability, UnitLimit
from handrail.planning.queries.basis import basis_of
from handrail.planning.queries.halfdays import half_days
from handrail.planning.rules import FORBIDDEN, LANGUAGE, NOT_AVAILABLE, TRAVEL
from tests.cast import make_cast
from tests.competences.made import competence, rate
from tests.planning.world import FIRST, LAST, World, candidate, make_world, proposed
from tests.remembered import remembered

ZONE = ZoneInfo("Europe/Stockholm")
ASKED = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "budget": "50000", "hours": 16, "absence_share": "0.2", "travel": True, "travel_cost": "150"}


@pytest.fixture
def world(db: None) -> World:
    return remembered("planned", lambda: make_world(make_cast()))


def refused(world: World, **asked: Any) -> dict[tuple[int, int], int]:
    """Why which pair was left out, by person and session."""
    found = basis_of(world.cast.programme, ASKED | asked)
    problem = found.problem
    return {
        (found.persons[person], found.sessions[session].pk): int(code)
        for person, session, code in zip(problem.refused_person, problem.refused_session, problem.refused_code, strict=True)
    }


def test_half_days_count_from_the_first_day() -> None:
    day = date(2018, 9, 3)

    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(2018, 9, 4, hour, minute, tzinfo=ZONE)

    assert list(half_days(at(9), at(11), day)) == [2]
    assert list(half_days(at(12), at(14), day)) == [3]
    assert list(half_days(at(9), at(13, 30), day)) == [2], "four and a half hours are still a half day"
    assert list(half_days(at(9), at(13, 31), day)) == [2, 3]
    assert list(half_days(at(13), at(18), day)) == [2, 3]


def test_the_problem_holds_gaps_hours_and_journeys(world: World) -> None:
    cast = world.cast
    Employment.objects.filter(person=cast.birgit).update(rate=50)
    found = basis_of(cast.programme, ASKED)
    birgit, bo, kim = (found.persons.index(one.pk) if one.pk in found.persons else -1 for one in (cast.birgit, cast.bo, cast.kim))
    problem = found.problem
    assert problem.gap[birgit].tolist() == [2, 0, 0]
    assert problem.gap[bo].tolist() == [0, 0, 2]
    assert kim == -1, "nobody has rated Kim: a need is never invented"
    assert (problem.person_hours[birgit], problem.person_hours[bo]) == (8, 16)
    travel = {(int(p), found.sessions[int(s)].pk): float(cost) for p, s, cost in zip(problem.pair_person, problem.pair_session, problem.pair_travel, strict=True)}
    assert (travel[bo, world.sessions["C1"].pk], travel[bo, world.sessions["C1 Hörby"].pk]) == (150, 0)
    assert all((person, world.sessions["C1"].pk) not in travel for person in [birgit])


def test_pairs_left_out_say_why(world: World) -> None:
    cast = world.cast
    english = candidate(cast, world.modules["B1"], 14, language="en")
    actions.pin(programme=cast.programme, kind="forbid", session=world.sessions["B1"], person=cast.birgit, reason="Därför", by=cast.amal)
    Availability.objects.create(person=cast.birgit, from_date=date(2018, 9, 10), to_date=date(2018, 9, 12))
    found = refused(world, travel=False)
    assert found[cast.birgit.pk, world.sessions["B1"].pk] == FORBIDDEN
    assert found[cast.birgit.pk, world.sessions["B1 later"].pk] == NOT_AVAILABLE
    assert found[cast.birgit.pk, english.pk] == LANGUAGE
    assert found[cast.bo.pk, world.sessions["C1"].pk] == TRAVEL


def test_units_limits_count_the_whole_unit_and_who_is_away_already(world: World) -> None:
    cast = world.cast
    UnitLimit.objects.create(unit=cast.library, away_at_most=4, set_at=datetime(2018, 4, 1, tzinfo=ZONE))
    planned = candidate(cast, world.modules["B2"], 7, state="planned")
    delivery.invite_to_session(session=planned, person=world.horby[0], by=cast.amal)
    found = basis_of(cast.programme, ASKED | {"absence_share": "0.34"})
    limits = {unit: found.problem.absence_limit[code] for code, unit in enumerate(found.units)}
    slot = (date(2018, 9, 7) - FIRST).days * 2
    school = limits[cast.horby.pk, cast.school.pk]
    assert school[0] == 3, "a third of nine: seven colleagues, Birgit and Lena, who has no gap"
    assert (school[slot], school[slot + 1]) == (2, 3)
    assert set(limits[cast.kristianstad.pk, cast.library.pk].tolist()) == {4}
    assert set(limits[cast.horby.pk, cast.care.pk].tolist()) == {1}


def test_attended_and_given_modules_are_not_needed_again(world: World) -> None:
    cast = world.cast
    follow_up = curriculum.add_module(programme=cast.programme, code="MX", title={"sv": "Fördjupning"}, form="lecture", minutes=60, requires=world.modules["B1"], by=cast.amal)
    curriculum.add_outcome(module=follow_up, code="MX.1", statement={"sv": "Kan mer"}, competence=competence(world.framework, "B1"), to_level=4, adds=1, by=cast.amal)
    planned = candidate(cast, world.modules["B1"], 17, state="planned")
    delivery.invite_to_session(session=planned, person=cast.birgit, by=cast.amal)
    early, late = candidate(cast, follow_up, 12), candidate(cast, follow_up, 24)
    found = basis_of(cast.programme, ASKED)
    birgit = found.persons.index(cast.birgit.pk)
    mine = {found.sessions[int(s)].pk for p, s in zip(found.problem.pair_person, found.problem.pair_session, strict=True) if p == birgit}
    assert mine == {late.pk}, "B1 is given already, and what builds on it comes after it"
    assert refused(world)[cast.birgit.pk, early.pk] == NOT_AVAILABLE
    assert found.problem.person_hours[birgit] == 14
    colleague = found.persons.index(world.horby[0].pk)
    code = found.modules.index(follow_up)
    assert (bool(found.problem.prerequisite_met[birgit, code]), bool(found.problem.prerequisite_met[colleague, code])) == (True, False)


def test_a_basis_without_sessions_or_needs_is_refused(cast: Any) -> None:
    with pytest.raises(RuleBroken):
        basis_of(cast.programme, ASKED)


def test_basis_takes_as_many_queries_for_many(world: World, queries_of: Callable[[Callable[[], Any]], int]) -> None:
    few = queries_of(lambda: basis_of(world.cast.programme, ASKED))
    more = world.cast.more_staff(10)
    rate(more, world.framework, {"B1": 0}, round=None)
    candidate(world.cast, world.modules["B1"], 25)
    assert queries_of(lambda: basis_of(world.cast.programme, ASKED)) == few
    assert np.isfinite(basis_of(world.cast.programme, ASKED).problem.weight).all()


def test_screens_take_as_many_queries_for_many(world: World, queries_of: Callable[[Callable[[], Any]], int]) -> None:
    cast = world.cast
    plan = proposed(world)
    session = plan.sessions.filter(is_held=True).order_by("people").first().session  # type: ignore[union-attr]

    def counts() -> list[int]:
        acts: list[Callable[[], Any]] = [
            lambda: queries.session_lines(plan, cast.paula), lambda: queries.opened(plan, session, cast.paula), lambda: queries.areas_needed(cast.programme),
            lambda: queries.shares(plan), lambda: queries.pin_lines(cast.paula, cast.programme), lambda: queries.municipalities(cast.programme, cast.paula),
        ]  # fmt: skip
        return [queries_of(act) for act in acts]

    actions.pin(programme=cast.programme, kind="forbid", session=world.sessions["B1"], person=cast.birgit, reason="Därför", by=cast.paula)
    organisational(cast, cast.horby)
    counts()  # who may do what is read once and kept with the person
    few = counts()
    plan.seats.filter(session=session).exclude(pk=plan.seats.filter(session=session).first().pk).delete()  # type: ignore[union-attr]
    for person in world.horby[:3]:
        actions.pin(programme=cast.programme, kind="forbid", session=world.sessions["B1"], person=person, reason="Därför", by=cast.paula)
    organisational(cast, cast.osby)
    assert counts() == few


def organisational(cast: Any, organisation: Any, review_on: date = date(2019, 9, 1)) -> Any:
    return actions.save_organisational_plan(
        programme=cast.programme, organisation=organisation, owner=cast.lena, aim="Kompetensen stannar", decided_on=date(2018, 3, 1), review_on=review_on,
        measures=[{"action": "Handledning", "due_on": date(2018, 4, 1)}], by=cast.amal,
    )  # fmt: skip


def test_names_are_read_only_by_ones_own(world: World) -> None:
    """S1-14: Hörby's leader reads no Kristianstad name, nor does the project owner read any."""
    cast = world.cast
    plan = proposed(world)
    everything = {name: [one for line in queries.session_lines(plan, viewer) for some in queries.opened(plan, line.session, viewer) for one in some] for name, viewer in (("paula", cast.paula), ("amal", cast.amal))}
    for name, lines in everything.items():
        assert any(one.is_seat and one.place == "Kristianstad" for one in lines), name
        assert {one.title for one in lines if one.place == "Kristianstad"} == {"En deltagare"}, name
        assert all(one.person is None for one in lines if one.place == "Kristianstad")
    assert {one.title for one in everything["amal"]} == {"En deltagare"}
    assert "Birgit Nyström" in {one.title for one in everything["paula"]}


def test_a_protected_identity_stands_as_its_number(world: World) -> None:
    from handrail.people.models import Identity

    Identity.objects.filter(person=world.cast.birgit).update(is_protected=True)
    plan = proposed(world)
    lines = [one for line in queries.session_lines(plan, world.cast.paula) for some in queries.opened(plan, line.session, world.cast.paula) for one in some]
    assert not any("Birgit" in one.title for one in lines)
    assert any(one.title.startswith("LFI-") for one in lines)


def _needs(world: World) -> dict[str, Any]:
    draw_map(world.framework)
    return {line.competence.code: line for area in queries.areas_needed(world.cast.programme) for line in area.lines}


def test_needs_are_counted_by_area_and_small_groups_hidden(world: World) -> None:
    """S1-02: each line shows how many people need it and why; fewer than five are hidden."""
    rate(world.horby[:4], world.framework, {"C1": 1}, round=None)
    rate(world.kristianstad, world.framework, {"C1": 2}, round=None)
    lines = _needs(world)
    assert {code: line.people for code, line in lines.items()} == {"B1": 8, "B2": 7, "C1": 5}
    assert "16" in lines["B1"].why and "16" in queries.counted_from(world.cast.programme)
    assert [module.code for module in lines["C1"].modules] == ["MC1"]
    assert (lines["B1"].possible, lines["B1"].planned) == (2, 0)


def test_a_need_of_fewer_than_five_is_hidden(world: World) -> None:
    rate(world.horby[:3], world.framework, {"C1": 1}, round=None)
    rate(world.kristianstad, world.framework, {"C1": 2}, round=None)
    line = _needs(world)["C1"]
    assert (line.people, line.why) == (None, "")


def test_two_looks_around_one_answer_show_the_same_need(world: World) -> None:
    before = [line.people for line in _needs(world).values()]
    with clock.at(clock.now() + timedelta(hours=1)):
        rate([world.horby[0]], world.framework, {"B1": 4, "B2": 4}, round=None)
    assert [line.people for line in _needs(world).values()] == before
    with clock.at(clock.now() + timedelta(hours=2)):
        rate(world.horby[1:], world.framework, {"B1": 4, "B2": 4}, round=None)
        rate([world.cast.birgit], world.framework, {"B1": 4, "B2": 4}, round=None)
    with clock.at(clock.now() + timedelta(hours=3)):
        rate(world.horby[:5], world.framework, {"C1": 1}, round=None)
    assert [line.people for line in _needs(world).values()] != before, "with five more answers the need moves on"


def test_municipalities_are_red_until_leader_and_plan_are_there(cast: Any) -> None:
    """S1-06, S1-07."""
    def red() -> dict[str, bool]:
        return {one.organisation.short_name: one.is_red for one in queries.municipalities(cast.programme, cast.amal)}

    assert red() == dict.fromkeys(("Osby", "Östra Göinge", "Kristianstad", "Hässleholm", "Hörby"), True)
    course = curriculum.add_module(programme=cast.programme, code="P", title={"sv": "Processledare"}, form="lecture", minutes=60, prepares_for="process_leader", by=cast.amal)
    starts = datetime(2018, 4, 10, 9, tzinfo=ZONE)
    from handrail.kit import clock
    from handrail.programmes import actions as programmes

    programmes.enrol_person(programme=cast.programme, person=cast.paula, organisation=cast.horby, by=None)
    with clock.at(starts - timedelta(days=7)):
        session = delivery.schedule_session(programme=cast.programme, module=course, starts_at=starts, ends_at=starts + timedelta(hours=1), maximum=10, organisation=cast.osby, trainer=cast.carlos, by=cast.amal)
        delivery.invite_to_session(session=session, person=cast.paula, by=cast.amal)
    delivery.save_attendance_list(session=session, marks=[{"person": str(cast.paula.uid), "is_present": True}], list_version=0, key="list-of-paula", by=cast.carlos)
    assert red()["Hörby"], "trained, but without a plan"
    organisational(cast, cast.horby)
    organisational(cast, cast.osby)
    assert red() == {"Osby": True, "Östra Göinge": True, "Kristianstad": True, "Hässleholm": True, "Hörby": False}
    with clock.at(datetime(2019, 9, 2, 12, tzinfo=ZONE)):
        assert red()["Hörby"], "the review is overdue"
