"""Sessions, seats and minutes: what happens, what is refused and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from handrail.delivery import actions, queries
from handrail.delivery.actions.schedule import ZONE
from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.rules import Mark, code_at, same_clock_on
from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.models import JournalEntry, SetAside
from tests.delivery.made import module_of, place_of, session_of


def invite(cast, session, *people):
    return [actions.invite_to_session(session=session, person=person, by=cast.paula) for person in people]


# --- scheduling -------------------------------------------------------------------------------------------------------------
def test_schedule_session_refuses_a_taken_room_and_names_the_other_session(cast):
    place = place_of(cast)
    session_of(cast, place=place, trainer=None)
    with pytest.raises(RuleBroken) as broken:
        session_of(cast, hours=1, place=place, trainer=None)
    assert broken.value.field == "place"
    assert "Samtal genom tolk, grupparbete 2" in str(broken.value) or "Talking through an interpreter" in str(broken.value)
    assert session_of(cast, hours=1.75, place=place, trainer=None).state == "planned"  # times that only touch do not clash


def test_schedule_session_refuses_a_trainer_who_is_elsewhere_also_as_second(cast):
    session_of(cast)
    with pytest.raises(RuleBroken) as broken:
        session_of(cast, trainer=None, co_trainers=[cast.carlos])
    assert broken.value.field == "trainer"


def test_candidates_may_share_a_trainer_until_one_is_planned(cast):
    first, second = (session_of(cast, state="candidate") for _ in range(2))
    actions.plan_session(session=first, by=cast.amal)
    with pytest.raises(RuleBroken):
        actions.plan_session(session=second, by=cast.amal)
    assert Session.objects.get(pk=second.pk).state == "candidate"


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"minimum": 5, "maximum": 4}, "maximum"), ({"minimum": 0}, "minimum"), ({"break_minutes": 105}, "break_minutes"), ({"days": 400}, "starts_at")],
)
def test_schedule_session_says_which_field_is_wrong(cast, facts, field):
    with pytest.raises(RuleBroken) as broken:
        session_of(cast, **facts)
    assert broken.value.field == field


def test_repeat_session_keeps_the_clock_time_across_the_night_clocks_change(cast):
    first = actions.schedule_session(
        programme=cast.programme, module=module_of(cast),
        starts_at=datetime(2018, 3, 23, 7, 30, tzinfo=UTC), ends_at=datetime(2018, 3, 23, 9, 0, tzinfo=UTC), maximum=5, by=cast.amal,
    )  # fmt: skip
    again = actions.repeat_session(session=first, starts_at=same_clock_on(first.starts_at, date(2018, 3, 30), ZONE), by=cast.amal)
    assert again.starts_at == datetime(2018, 3, 30, 6, 30, tzinfo=UTC)  # 08.30 on both days
    assert (again.repeats, again.planned_minutes) == (first, 90)


# --- seats ------------------------------------------------------------------------------------------------------------------
def test_seats_fill_then_wait_and_a_freed_seat_goes_to_whoever_waited_longest(cast):
    session = session_of(cast, maximum=1)
    first, second = invite(cast, session, cast.birgit, cast.bo)
    with clock.at(clock.now() + timedelta(minutes=1)):
        (third,) = invite(cast, session, cast.kim)
    assert [one.state for one in (first, second, third)] == ["invited", "waiting", "waiting"]
    actions.decline_seat(seat=first, by=cast.birgit, reason="Nattpass")
    assert list(Seat.objects.order_by("id").values_list("state", flat=True)) == ["declined", "invited", "waiting"]
    assert JournalEntry.objects.filter(name="SeatsFreed").count() == 1


def test_change_session_with_more_seats_pulls_from_the_waiting_list_in_order(cast):
    session = session_of(cast, maximum=1)
    people = [cast.birgit, cast.bo, cast.kim]
    for minute, person in enumerate(people):
        with clock.at(clock.now() + timedelta(minutes=minute)):
            invite(cast, session, person)
    actions.change_session(session=session, maximum=2, by=cast.amal)
    assert list(Seat.objects.order_by("id").values_list("state", flat=True)) == ["invited", "invited", "waiting"]


def test_approval_comes_before_the_seat_and_a_refusal_needs_a_reason(cast):
    session = session_of(cast, maximum=1, needs_approval=True)
    first, second = invite(cast, session, cast.birgit, cast.bo)
    assert (first.state, second.state) == ("asked", "asked")
    assert actions.approve_seat(seat=first, by=cast.lena).state == "invited"
    assert actions.approve_seat(seat=second, by=cast.lena).state == "waiting"
    (third,) = invite(cast, session, cast.kim)
    with pytest.raises(RuleBroken):
        actions.refuse_seat(seat=third, by=cast.lena, reason=" ")
    assert actions.refuse_seat(seat=third, by=cast.lena, reason="Semester").state == "refused"
    assert third.steps.last().reason == "Semester"


def test_invite_many_counts_the_new_ones_and_leaves_a_no_alone(cast):
    session = session_of(cast)
    (seat,) = invite(cast, session, cast.birgit)
    actions.decline_seat(seat=seat, by=cast.birgit)
    assert actions.invite_many(session=session, persons_with_why=[(cast.birgit, None), (cast.bo, {"code": "pin"})], by=cast.amal) == 1
    assert {(one.person_id, one.state, one.why.get("code")) for one in session.seats.all()} == {
        (cast.birgit.pk, "declined", None), (cast.bo.pk, "invited", "pin"),
    }  # fmt: skip


def test_invite_refuses_whoever_does_not_take_part(cast):
    with pytest.raises(RuleBroken):
        actions.invite_to_session(session=session_of(cast), person=cast.stranger, by=cast.paula)
    assert not Seat.objects.exists()


def test_cancel_session_needs_a_reason_and_tells_everybody(cast):
    session = session_of(cast, maximum=1)
    invite(cast, session, cast.birgit, cast.bo)
    with pytest.raises(RuleBroken):
        actions.cancel_session(session=session, reason="", by=cast.amal)
    actions.cancel_session(session=session, reason="Sjuk föreläsare", by=cast.amal)
    assert set(Seat.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Session.objects.get(pk=session.pk).cancelled_reason == "Sjuk föreläsare"


# --- minutes ----------------------------------------------------------------------------------------------------------------
def test_record_attendance_counts_the_planned_minutes_less_late_and_early(cast):
    session = session_of(cast, days=0)
    invite(cast, session, cast.birgit)
    whole = actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    part = actions.record_attendance(session=session, person=cast.bo, late_minutes=15, left_early_minutes=5, by=cast.carlos)
    assert (whole.minutes, part.minutes) == (95, 75)


def test_a_correction_keeps_the_old_line_with_author_and_reason(cast):
    session = session_of(cast, days=0)
    first = actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    with pytest.raises(RuleBroken) as broken:
        actions.record_attendance(session=session, person=cast.birgit, minutes=80, by=cast.paula)
    assert broken.value.field == "reason"
    second = actions.record_attendance(session=session, person=cast.birgit, minutes=80, reason="Gick tidigare", by=cast.paula)
    assert (second.replaces, second.recorded_by, second.reason) == (first, cast.paula, "Gick tidigare")
    assert list(queries.current_attendance(cast.programme).values_list("minutes", flat=True)) == [80]
    assert Attendance.objects.count() == 2
    assert actions.record_attendance(session=session, person=cast.birgit, minutes=80, by=cast.paula) == second  # the same again: nothing new
    months = [entry.data["month"] for entry in JournalEntry.objects.filter(name="AttendanceRecorded")]
    assert months == ["2018-04-01", "2018-04-01"]


def test_a_file_that_names_somebody_twice_keeps_both_lines_in_their_order(cast):
    """Given a file with two lines for one person, when it is saved, then the second replaces the first, and the journal tells both, each with the line before it."""
    session = session_of(cast, days=0)
    marks = [Mark(cast.birgit.uid, 90, 0, 0, ""), Mark(cast.bo.uid, 95, 0, 0, ""), Mark(cast.birgit.uid, 60, 0, 0, "Gick hem"), Mark(cast.birgit.uid, 70, 0, 0, "Räknat om")]
    assert actions.save_marks(session=session, marks=marks, method="file", by=cast.carlos) == 4
    first, second, third = Attendance.objects.filter(person=cast.birgit).order_by("pk")
    assert (first.replaces, second.replaces, third.replaces) == (None, first, second)
    assert sorted(queries.current_attendance(cast.programme).values_list("minutes", flat=True)) == [70, 95]
    told = [entry.data for entry in JournalEntry.objects.filter(name="AttendanceRecorded").order_by("pk")]
    assert [(one["person"], one["replaces"]) for one in told if one["person"] == str(cast.birgit.uid)] == [
        (str(cast.birgit.uid), None), (str(cast.birgit.uid), str(first.uid)), (str(cast.birgit.uid), str(second.uid)),
    ]  # fmt: skip


@pytest.mark.parametrize("minutes", [-1, 96, 5000])
def test_minutes_outside_the_session_are_refused_with_the_remedy(cast, minutes):
    with pytest.raises(RuleBroken) as broken:
        actions.record_attendance(session=session_of(cast, days=0), person=cast.birgit, minutes=minutes, by=cast.carlos)
    assert broken.value.field == "minutes" and "95" in str(broken.value)
    assert not Attendance.objects.exists() and not Seat.objects.exists()


def test_nobody_is_present_before_the_day_or_at_a_cancelled_session(cast):
    tomorrow, cancelled = session_of(cast), session_of(cast, days=0)
    actions.cancel_session(session=cancelled, reason="Snö", by=cast.amal)
    for session in (tomorrow, cancelled):
        with pytest.raises(RuleBroken):
            actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)


def test_whoever_came_without_a_seat_gets_one_and_a_no_becomes_a_yes(cast):
    session = session_of(cast, days=0)
    (seat,) = invite(cast, session, cast.bo)
    Seat.objects.filter(pk=seat.pk).update(state="declined")
    for person in (cast.birgit, cast.bo):
        actions.record_attendance(session=session, person=person, by=cast.carlos)
    assert {(one.person_id, one.state, one.why.get("code")) for one in session.seats.all()} == {
        (cast.birgit.pk, "accepted", "walk_in"), (cast.bo.pk, "accepted", None),
    }  # fmt: skip
    with pytest.raises(RuleBroken):
        actions.record_attendance(session=session, person=cast.stranger, by=cast.carlos)


def test_save_attendance_list_is_taken_once_and_other_content_is_set_aside(cast):
    session = session_of(cast, days=0)
    marks = [Mark(cast.birgit.uid), Mark(cast.bo.uid, late_minutes=15)]
    send = lambda marks, key="k" * 16, version=0: actions.save_attendance_list(session=session, marks=marks, list_version=version, key=key, by=cast.carlos)
    assert [send(marks).status, send(marks).status, send([Mark(cast.birgit.uid, minutes=10)]).status] == [201, 200, 422]
    assert sorted(queries.current_attendance().values_list("minutes", flat=True)) == [80, 95]
    assert SetAside.objects.get().payload["marks"][0]["minutes"] == 10
    assert Session.objects.get(pk=session.pk).state == "held"


def test_two_trainers_saving_at_once_the_second_is_told_and_nothing_is_overwritten(cast):
    session = session_of(cast, days=0)
    actions.save_attendance_list(session=session, marks=[Mark(cast.birgit.uid, minutes=80)], list_version=0, key="first-key", by=cast.carlos)
    with pytest.raises(Conflict):
        actions.save_attendance_list(session=session, marks=[Mark(cast.birgit.uid), Mark(cast.bo.uid)], list_version=0, key="other-key", by=cast.paula)
    assert list(queries.current_attendance().values_list("minutes", flat=True)) == [80]


def test_a_check_in_after_the_list_was_opened_is_noticed(cast):
    session = session_of(cast, days=0)
    actions.record_attendance(session=session, person=cast.birgit, late_minutes=20, method="qr", by=cast.birgit)
    with pytest.raises(Conflict):
        actions.save_attendance_list(session=session, marks=[Mark(cast.birgit.uid, seen="")], list_version=0, key="first-key", by=cast.carlos)


def test_a_list_with_one_wrong_line_records_none(cast):
    session = session_of(cast, days=0)
    with pytest.raises(RuleBroken) as broken:
        actions.save_attendance_list(session=session, marks=[Mark(cast.birgit.uid), Mark(cast.bo.uid, minutes=400)], list_version=0, key="k" * 16, by=cast.carlos)
    assert "2" in str(broken.value)
    assert not Attendance.objects.exists()


# --- checking in ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("minutes_after", "minutes"), [(-5, 95), (10, 95), (11, 84), (15, 80)])
def test_check_in_lets_the_arrival_decide(cast, minutes_after, minutes):
    session = session_of(cast, days=0)
    moment = session.starts_at + timedelta(minutes=minutes_after)
    with clock.at(moment):
        row = actions.check_in(session=session, code=code_at(session.check_in_secret, session.uid, moment), person=cast.birgit, by=cast.birgit)
    assert (row.minutes, row.method, row.arrived_at) == (minutes, "qr", moment)


def test_check_in_takes_the_code_before_but_no_older_one(cast):
    session = session_of(cast, days=0)
    moment = session.starts_at
    codes = [code_at(session.check_in_secret, session.uid, moment, back=back) for back in (0, 1, 2)]
    with clock.at(moment):
        with pytest.raises(RuleBroken) as broken:
            actions.check_in(session=session, code=codes[2], person=cast.birgit, by=cast.birgit)
        assert broken.value.field == "code"
        row = actions.check_in(session=session, code=codes[1].lower(), person=cast.birgit, by=cast.birgit)
        assert actions.check_in(session=session, code=codes[0], person=cast.birgit, by=cast.birgit) == row
    assert Attendance.objects.count() == 1


def test_check_in_is_closed_two_hours_before_and_after_the_end(cast):
    session = session_of(cast, days=0, hours=4)
    for moment in (session.starts_at - timedelta(hours=2), session.ends_at):
        with clock.at(moment), pytest.raises(RuleBroken):
            actions.check_in(session=session, code=code_at(session.check_in_secret, session.uid, moment), person=cast.birgit, by=cast.birgit)


# --- groups -----------------------------------------------------------------------------------------------------------------
def test_groups_are_even_and_keep_what_they_made_in_versions(cast):
    session = session_of(cast, days=0)
    people = [cast.birgit, cast.bo, cast.kim, *cast.more_staff(5)]
    invite(cast, session, *people)
    groups = actions.form_groups(session=session, names_or_count=3, by=cast.carlos)
    assert sorted(group.members.count() for group in groups) == [2, 3, 3]
    for text in ("Första utkastet", "Första utkastet", "Andra utkastet"):
        actions.save_group_product(group=groups[0], title="Checklista", text=text, by=cast.carlos)
    assert [one.text for one in groups[0].products.all()] == ["Andra utkastet", "Första utkastet"]
    with pytest.raises(RuleBroken):
        actions.form_groups(session=session, names_or_count=2, by=cast.carlos)
    seat = groups[1].members.first()
    actions.put_in_group(group=groups[0], seat=seat, by=cast.carlos)
    assert list(seat.groups.all()) == [groups[0]]


def test_process_leaders_are_trained_once_their_course_was_held(cast):
    module = module_of(cast, "PL", prepares_for="process_leader")
    session = session_of(cast, days=0, module=module)
    assert queries.process_leaders_trained(cast.programme, among=[cast.birgit.pk]) == set()
    actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    actions.hold_session(session=session, by=cast.carlos)
    assert queries.process_leaders_trained(cast.programme, among=[cast.birgit.pk, cast.carlos.pk]) == {cast.birgit.pk}
    assert queries.process_leaders_trained(cast.programme, among=[cast.carlos.pk]) == set()
    assert set(queries.trained_people(cast.programme, module)) == {cast.birgit.pk}
