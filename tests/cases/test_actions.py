"""Opening, giving, ending and coming back; needs and steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.cases import actions, queries
from handrail.cases.models import Case, CaseLanguage
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from tests.cases.world import World, met

TODAY = date(2018, 4, 18)


def broken(act: object, **known: object) -> str:
    """The field that a broken rule names, or its words."""
    with pytest.raises(RuleBroken) as fault:
        act(**known)  # type: ignore[operator]
    return fault.value.field or str(fault.value.message)


def test_a_case_needs_no_more_than_a_name(world: World) -> None:
    case = met(world, "Amina")
    assert (case.caseworker, case.opened_on, case.search_name, case.strengths) == (world.kim, TODAY, "amina", "")
    assert [(one.started_on, one.ended_on) for one in case.entries.all()] == [(TODAY, None)]
    assert case.number == case.participation.number


def test_a_first_language_is_written_down(world: World) -> None:
    assert list(world.case.languages.values_list("code", "level")) == [("ti", CaseLanguage.Level.FIRST)]


@pytest.mark.parametrize(("day", "field"), [(date(2018, 4, 19), "started_on"), (date(2016, 9, 30), "started_on")])
def test_a_first_day_lies_within_the_programme_and_not_ahead(world: World, day: date, field: str) -> None:
    assert broken(met, world=world, given="Amina", started_on=day) == field
    assert Case.objects.count() == 1


def test_a_caseworker_is_one_of_the_organisation(world: World) -> None:
    assert broken(met, world=world, given="Amina", caseworker=world.ove) == "caseworker"
    assert broken(actions.give_case, case=world.case, caseworker=world.ove, by=world.pia) == "caseworker"


def test_a_coordinator_who_opens_a_case_is_not_its_caseworker(world: World) -> None:
    assert met(world, "Amina", by=world.pia).caseworker is None


def test_a_case_that_is_given_away_is_gone_for_the_one_before(world: World) -> None:
    actions.give_case(case=world.case, caseworker=world.kaja, by=world.pia)
    assert list(queries.cases_visible_to(world.kim)) == []
    assert list(queries.own_cases(world.kaja)) == [world.case]


def test_nobody_gives_themselves_somebody_elses_case(world: World) -> None:
    """A coordinator who is a caseworker too would read sealed notes without the glass."""
    from handrail.people import actions as people
    from handrail.people.models import Person, Role

    people.grant_role(person=world.pia, role=Role.CASEWORKER, programme=world.cast.programme.uid, organisation=world.cast.horby, by=None)
    pia = Person.objects.get(pk=world.pia.pk)
    assert broken(actions.give_case, case=world.case, caseworker=pia, by=pia) == "caseworker"
    nobodys = met(world, "Amina", by=world.petra)
    assert actions.give_case(case=nobodys, caseworker=pia, by=pia).caseworker == pia


def test_whoever_comes_back_has_a_second_stay_in_the_same_case(world: World) -> None:
    actions.end_case(case=world.case, reason="moved", by=world.kim)
    assert "has ended" in broken(actions.end_case, case=world.case, reason="moved", by=world.kim)
    with clock.at(clock.now() + timedelta(days=30)):
        assert broken(actions.reopen_case, case=world.case, started_on=TODAY - timedelta(days=1), by=world.kim) == "started_on"
        actions.reopen_case(case=world.case, by=world.kim)
        assert "is here already" in broken(actions.reopen_case, case=world.case, by=world.kim)
    assert [(one.started_on, one.ended_on) for one in world.case.entries.all()] == [(TODAY, TODAY), (TODAY + timedelta(days=30), None)]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("known", "field"), [
    ({"reason": ""}, "reason"), ({"reason": "status"}, "reason"), ({"reason": "work", "ended_on": date(2018, 4, 17)}, "ended_on"),
    ({"reason": "work", "ended_on": date(2018, 4, 19)}, "ended_on"),
])  # fmt: skip
def test_a_stay_ends_for_a_reason_on_a_day_that_was(world: World, known: dict[str, object], field: str) -> None:
    assert broken(actions.end_case, case=world.case, by=world.kim, **known) == field


def test_the_journal_does_not_say_why_or_about_what(world: World) -> None:
    """It is never pruned: neither why somebody left, nor in which field of life they need something, nor what a note is about."""
    actions.note_need(case=world.case, domain="health", text="Sover illa", by=world.kim)
    actions.seal_note(case=world.case, kind="trauma", text="Sover illa", by=world.kim)
    actions.end_case(case=world.case, reason="not_now", by=world.kim)
    rows = JournalEntry.objects.filter(name__in=["NeedNoted", "NoteSealed", "CaseEnded"]).values_list("data", flat=True)
    assert sorted(sorted(row) for row in rows) == [["case", "ended_on"], ["case", "need"], ["case", "note"]]


def test_what_is_written_down_is_announced_by_field_names_alone(world: World) -> None:
    facts = {"strengths": " Lagar mat ", "wishes": "Ett kök", "experience": "", "hours_wanted": 20, "travel_minutes": 30, "interpreter": "ti"}
    actions.change_case(case=world.case, by=world.kim, **facts)
    assert JournalEntry.objects.filter(name="CaseChanged").get().data["fields"] == ["strengths", "hours_wanted", "travel_minutes", "interpreter"]
    assert world.case.strengths == "Lagar mat"
    actions.change_case(case=world.case, by=world.kim, **facts)
    assert JournalEntry.objects.filter(name="CaseChanged").count() == 1


def test_languages_are_replaced_as_a_whole(world: World) -> None:
    actions.say_languages(case=world.case, levels={"sv": "A2", "ti": "first"}, by=world.kim)
    actions.say_languages(case=world.case, levels={"sv": "B1"}, by=world.kim)
    assert list(world.case.languages.values_list("code", "level")) == [("sv", "B1")]
    assert broken(actions.say_languages, case=world.case, levels={"sv": "good"}, by=world.kim) == "languages"


def test_a_step_is_taken_once_and_a_settled_need_takes_none(world: World) -> None:
    need = actions.note_need(case=world.case, domain="legal", text="Vill förstå sitt hyresavtal", by=world.kim)
    step = actions.plan_step(need=need, title="Träffa juristen", due_on=TODAY + timedelta(days=3), by=world.kim)
    assert broken(actions.plan_step, need=need, title=" ", due_on=TODAY, by=world.kim) == "title"
    assert broken(actions.plan_step, need=need, title="Förr", due_on=TODAY - timedelta(days=1), by=world.kim) == "due_on"
    assert broken(actions.do_step, step=step, done_on=TODAY + timedelta(days=1), by=world.kim) == "done_on"
    actions.do_step(step=step, by=world.kim)
    with clock.at(clock.now() + timedelta(days=2)):
        assert actions.do_step(step=step, by=world.kim).done_on == TODAY
    actions.settle_need(need=need, state="met", by=world.kim)
    assert actions.settle_need(need=need, state="dropped", by=world.kim).state == "met"
    assert "settled" in broken(actions.plan_step, need=need, title="Mer", due_on=TODAY, by=world.kim)
    assert broken(actions.note_need, case=world.case, domain="status", text="Uppehållstillstånd", by=world.kim) == "domain"


def test_nobody_is_reminded_of_steps_of_who_has_left(world: World) -> None:
    """Given two people with a step due, when one stay ends, then home, tasks and the day speak of the other alone; who comes back is there again."""
    other = met(world, "Amina")
    for case in (world.case, other):
        actions.plan_on_path(case=case, domain="legal", title=f"Ring {case.number}", due_on=TODAY, by=world.kim)

    def titles() -> tuple[set[str], set[str]]:
        due = {one.step.title for one in queries.steps_due(world.kim, world.cast.programme, until=TODAY + timedelta(days=7))}
        return due, {str(one.title) for one in queries.steps_of_day(world.kim, world.cast.programme)}

    both = {f"Ring {world.case.number}", f"Ring {other.number}"}
    assert titles() == (both, both)
    actions.end_case(case=other, reason="moved", by=world.kim)
    left = {f"Ring {world.case.number}"}
    assert titles() == (left, left)
    actions.reopen_case(case=other, by=world.kim)
    assert titles() == (both, both)
