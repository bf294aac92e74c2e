"""A placement from the decision to the last day: what must be before, what is refused, what counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.cases.actions import end_case, give_case, reopen_case
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.placements import actions, queries
from handrail.placements.models import FollowUp, Placement, WorkStatus

State = Placement.State


def test_a_placement_begins_without_any_course_once_prepared_and_signed(kolding):
    placement = kolding.place(kolding.dawit)
    with pytest.raises(RuleBroken, match="preparation"):
        actions.start_placement(placement=placement, by=kolding.mette)
    kolding.ready(placement)
    started = actions.start_placement(placement=placement, by=kolding.mette)
    assert started.state == State.RUNNING and started.starts_on == clock.today()
    assert list(started.follow_ups.values_list("week", flat=True)) == [1, 4, 8, 13]
    assert started.follow_ups.get(week=13).due_on == started.ends_on


def test_a_missing_signature_is_named(kolding):
    placement = kolding.ready(kolding.place(kolding.dawit))
    placement.signatures.filter(part="employees").delete()
    with pytest.raises(RuleBroken, match="representative"):
        actions.start_placement(placement=placement, by=kolding.mette)


def test_an_item_is_waived_with_a_reason_only_and_the_first_word_holds(kolding):
    placement = kolding.place(kolding.dawit)
    with pytest.raises(RuleBroken) as broken:
        actions.settle_preparation(placement=placement, item="safety", waived="nej", by=kolding.lars)
    assert broken.value.field == "waived"
    actions.settle_preparation(placement=placement, item="safety", waived="Er instrueret på dansk og tigrinya", by=kolding.lars)
    again = actions.settle_preparation(placement=placement, item="safety", by=kolding.lars)
    assert again.waived.startswith("Er instrueret") and placement.preparations.count() == 1


def test_a_company_of_twelve_is_stopped_at_the_third_unless_somebody_answers_for_it(kolding):
    from handrail.cases import actions as cases

    third = cases.open_case(programme=kolding.programme, organisation=kolding.kommune, given_name="Yonas", caseworker=kolding.mette, by=kolding.mette)
    kolding.running(kolding.dawit)
    kolding.place(kolding.selam)
    with pytest.raises(RuleBroken, match="12 ordinary staff may have 2") as broken:
        kolding.place(third)
    assert broken.value.field == "over_limit_reason" and Placement.objects.count() == 2
    found = kolding.place(third, over_limit_reason="Aftalt med tillidsrepræsentanten, to slutter i denne uge")
    assert found.over_limit_reason and JournalEntry.objects.filter(name="PlacementAgreed", data__over_limit=True).count() == 1


def test_a_second_open_placement_is_refused(kolding):
    kolding.place(kolding.dawit)
    with pytest.raises(RuleBroken, match="open placement already"):
        kolding.place(kolding.dawit)
    assert Placement.objects.count() == 1


@pytest.mark.parametrize(
    ("days_ago", "weeks", "field"), [(0, 14, "ends_on"), (0, -1, "ends_on"), (40, 13, "starts_on")],
)  # fmt: skip
def test_contradicting_days_are_refused_at_the_field(kolding, days_ago, weeks, field):
    with pytest.raises(RuleBroken) as broken:
        kolding.place(kolding.dawit, days_ago=days_ago, weeks=weeks)
    assert broken.value.field == field


def test_who_is_not_here_is_not_placed_and_what_is_closed_not_taken(kolding):
    end_case(case=kolding.selam, reason="moved", by=kolding.rasmus)
    with pytest.raises(RuleBroken, match="not here"):
        kolding.place(kolding.selam)
    actions.withdraw_company(company=kolding.company, by=kolding.lars)
    with pytest.raises(RuleBroken, match="no longer offered"):
        kolding.place(kolding.dawit)


def test_only_the_full_agreed_time_is_completed(kolding):
    placement = kolding.running(kolding.dawit, days_ago=5, weeks=1)
    with pytest.raises(RuleBroken, match="stopped early"):
        actions.complete_placement(placement=placement, by=kolding.mette)
    with clock.at(clock.now() + timedelta(days=1)):
        done = actions.complete_placement(placement=placement, by=kolding.mette)
    assert (done.state, done.ended_on, done.reason) == (State.COMPLETED, done.ends_on, "")


def test_an_extension_moves_the_last_day_within_the_rule_and_completion_needs_it_too(kolding):
    placement = kolding.running(kolding.dawit, days_ago=6, weeks=1)
    later = placement.ends_on + timedelta(weeks=4)
    with pytest.raises(RuleBroken, match="why it goes on"):
        actions.extend_placement(placement=placement, until=later, reason="nej", by=kolding.mette)
    extended = actions.extend_placement(placement=placement, until=later, reason="Vil lære at svejse færdigt", by=kolding.mette)
    assert extended.ends_on == later and extended.extensions.get().before == placement.ends_on
    with pytest.raises(RuleBroken, match="agreed time"):
        actions.complete_placement(placement=placement, by=kolding.mette)
    with pytest.raises(RuleBroken) as broken:
        actions.extend_placement(placement=placement, until=placement.starts_on + timedelta(weeks=27), reason="Meget længere endnu", by=kolding.mette)
    assert broken.value.field == "until" or broken.value.field == "ends_on"


def test_a_stay_does_not_end_over_an_open_placement(kolding):
    placement = kolding.running(kolding.dawit, days_ago=3)
    with pytest.raises(RuleBroken, match="open placement"):
        end_case(case=kolding.dawit, reason="moved", by=kolding.mette)
    assert kolding.dawit.entries.get().ended_on is None
    actions.stop_placement(placement=placement, reason="moved", by=kolding.mette)
    end_case(case=kolding.dawit, reason="moved", by=kolding.mette)


def test_who_left_is_asked_about_on_leaving_and_six_months_later_and_again_after_coming_back(kolding):
    end_case(case=kolding.dawit, reason="moved", by=kolding.mette)
    asked = lambda: [(one.clock, one.day) for one in queries.exits_unasked(kolding.mette, kolding.programme)]
    left = clock.today()
    assert asked() == [("exit", left)]
    actions.note_status(case=kolding.dawit, clock_name="exit", does="neither", by=kolding.mette)
    assert asked() == []
    with clock.at(clock.now() + timedelta(days=184)):
        assert asked() == [("exit_six", date(2018, 10, 18))]
        reopen_case(case=kolding.dawit, by=kolding.mette)
        assert asked() == [], "is here again"
        end_case(case=kolding.dawit, reason="moved", by=kolding.mette)
        assert asked() == [("exit", clock.today())], "the answer about the first leaving is none about the second"
        assert [one.status for one in queries.clocks_of(kolding.dawit) if one.clock == "exit"] == [None]


def test_who_left_long_ago_without_an_answer_is_asked_about_both_days(kolding):
    end_case(case=kolding.dawit, reason="moved", by=kolding.mette)
    with clock.at(clock.now() + timedelta(days=184)):
        give_case(case=kolding.selam, caseworker=kolding.mette, by=kolding.coordinator)
        end_case(case=kolding.selam, reason="moved", by=kolding.mette)
        asked = [(one.case, one.clock, one.day) for one in queries.exits_unasked(kolding.mette, kolding.programme)]
    assert asked == [(kolding.dawit, "exit", date(2018, 4, 18)), (kolding.dawit, "exit_six", date(2018, 10, 18)), (kolding.selam, "exit", date(2018, 10, 19))]


def test_stopping_asks_a_reason_and_moves_nobody_twice(kolding):
    placement = kolding.running(kolding.dawit, days_ago=3)
    with pytest.raises(RuleBroken) as broken:
        actions.stop_placement(placement=placement, reason="", by=kolding.mette)
    assert broken.value.field == "reason"
    actions.stop_placement(placement=placement, reason="tasks", by=kolding.mette)
    with pytest.raises(RuleBroken, match="Reload"):
        actions.stop_placement(placement=placement, reason="tasks", by=kolding.mette)
    with pytest.raises(RuleBroken, match="Reload"):
        actions.complete_placement(placement=placement, by=kolding.mette)


def test_a_follow_up_needs_a_word_and_keeps_both_sides(kolding):
    follow_up = kolding.running(kolding.dawit).follow_ups.first()
    with pytest.raises(RuleBroken):
        actions.hold_follow_up(follow_up=follow_up, by=kolding.mette)
    held = actions.hold_follow_up(follow_up=follow_up, participant_says="Det går godt", company_says="God til at spørge", by=kolding.mette)
    assert FollowUp.objects.get(pk=held.pk).done_on == clock.today()


def test_in_work_counts_with_evidence_alone_and_a_correction_keeps_the_first_word(kolding):
    from datetime import datetime
    from zoneinfo import ZoneInfo

    with clock.at(datetime(2021, 1, 4, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        actions.note_status(case=kolding.dawit, clock_name="project", does="employed", by=kolding.mette)
        today = clock.today()
        assert queries.people_of(kolding.programme, "employed", today).count() == 0
        assert queries.people_of(kolding.programme, "claimed", today).count() == 1
        actions.note_status(case=kolding.dawit, clock_name="project", does="employed", evidence="contract", by=kolding.mette)
        actions.note_status(case=kolding.dawit, clock_name="project", does="employed", evidence="contract", by=kolding.mette)
        assert queries.people_of(kolding.programme, "employed", today).count() == 1
        assert WorkStatus.objects.count() == 2 and WorkStatus.objects.filter(is_current=True).count() == 1
        with pytest.raises(RuleBroken, match="not come"):
            actions.note_status(case=kolding.dawit, clock_name="project_six", does="employed", by=kolding.mette)
        with pytest.raises(RuleBroken, match="Evidence"):
            actions.note_status(case=kolding.dawit, clock_name="project", does="neither", evidence="contract", by=kolding.mette)


def test_a_status_on_leaving_waits_for_leaving(kolding):
    with pytest.raises(RuleBroken, match="not ended"):
        actions.note_status(case=kolding.dawit, clock_name="exit", does="employed", by=kolding.mette)
    end_case(case=kolding.dawit, reason="work", by=kolding.mette)
    assert actions.note_status(case=kolding.dawit, clock_name="exit", does="employed", evidence="payslip", by=kolding.mette).on == clock.today()


def test_forgetting_takes_the_words_and_leaves_the_days(kolding):
    placement = kolding.running(kolding.dawit, days_ago=3, adaptations="En rolig plads")
    actions.hold_follow_up(follow_up=placement.follow_ups.first(), participant_says="Dawits ord", by=kolding.mette)
    actions.forget_in_placements(person=kolding.dawit.person)
    placement.refresh_from_db()
    assert (placement.adaptations, placement.tasks) == ("", [])
    assert not FollowUp.objects.exclude(participant_says="").exists()
    assert (placement.state, placement.ended_on) == (State.STOPPED, clock.today()), "nobody is at a company for ever because nobody can end it"
    assert queries.people_of(kolding.programme, "placed", clock.today()).count() == 1


def test_a_company_number_is_there_once_and_a_contact_can_be_reached(kolding):
    with pytest.raises(RuleBroken) as broken:
        actions.add_company(programme=kolding.programme, name="Anden", ordinary_staff=3, region="Syddanmark", registration="30 11 45 02", by=kolding.lars)
    assert broken.value.field == "registration"
    with pytest.raises(RuleBroken):
        actions.add_contact(company=kolding.company, name="Ole", by=kolding.lars)


def test_days_from_beginning_to_the_first_company_day(kolding):
    kolding.running(kolding.dawit)
    assert queries.days_to_company(kolding.programme, clock.today()) == (1, 10)
    assert queries.days_to_company(kolding.programme, date(2017, 1, 1)) == (0, None)
