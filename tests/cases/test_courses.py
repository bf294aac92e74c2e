"""Newcomers in courses: the same session and list as for staff, names as agreed, minutes outside every hour of working time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from handrail.cases import actions, queries
from handrail.cases.models import Step
from handrail.delivery import actions as delivery
from handrail.delivery import queries as sessions
from handrail.delivery.formats import MarkRow
from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.queries.screens import marks_preview, people_on_list
from handrail.delivery.rules import Mark, code_at
from handrail.evidence import actions as evidence
from handrail.evidence.models import Certificate, LedgerLine
from handrail.evidence.queries.coming import planned_hours, running_hours
from handrail.evidence.queries.erasing import unsigned_months
from handrail.evidence.queries.lines import attendance_of
from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.people import actions as people
from handrail.people.models import Person
from tests.cases.world import World, met
from tests.delivery.made import module_of, session_of
from tests.evidence.world import terms

NOON = datetime(2018, 4, 18, 12, 0, tzinfo=UTC)


def fresh(person: Person) -> Person:
    """Somebody as they sign in: roles read anew."""
    return Person.objects.get(pk=person.pk)


def course(world: World, **more: Any) -> Session:
    """A course for newcomers in Hörby, today from 08.30 unless said otherwise, held by Carlos."""
    return session_of(world.cast, **({"days": 0, "audience": "newcomers"} | more))


def seat_of(case: Any, session: Session) -> Seat:
    return Seat.objects.get(session=session, person=case.person)


def attend(world: World, session: Session, case: Any, minutes: int | None = None) -> Attendance:
    with clock.at(max(session.ends_at, NOON)):
        delivery.save_attendance_list(session=session, marks=[Mark(case.person.uid, minutes)], list_version=0, key=str(uuid4()), by=world.cast.carlos)
    return Attendance.objects.get(session=session, person=case.person)


def test_course_takes_newcomers_alone_and_staff_session_staff_alone(world: World) -> None:
    held = course(world, days=1)
    with pytest.raises(RuleBroken, match="for newcomers who are accompanied"):
        delivery.give_places(session=held, persons=[world.cast.bo], by=world.pia)
    with pytest.raises(RuleBroken, match="for staff"):
        delivery.invite_to_session(session=session_of(world.cast, days=2), person=world.case.person, by=world.cast.paula)
    with pytest.raises(RuleBroken, match="for staff"):
        delivery.give_places(session=session_of(world.cast, days=3), persons=[world.case.person], by=world.kim)
    assert not Seat.objects.exists()


def test_course_is_planned_at_once_and_stays_what_it_is(world: World) -> None:
    with pytest.raises(RuleBroken, match="planner"):
        course(world, days=1, state="candidate")
    with pytest.raises(RuleBroken, match="manager"):
        course(world, days=1, needs_approval=True)
    held = course(world, days=1)
    with pytest.raises(RuleBroken, match="does not change"):
        delivery.change_session(session=held, audience="staff", by=world.pia)
    again = delivery.repeat_session(session=held, starts_at=held.starts_at + timedelta(days=7), by=world.pia)
    assert again.for_newcomers


def test_place_is_given_once_and_the_last_one_stands_in_line_until_one_is_free(world: World) -> None:
    held, second = course(world, days=1, maximum=1), met(world, "Amina")
    assert actions.give_course_places(session=held, cases=[world.case, second], by=world.kim) == 2
    assert actions.give_course_places(session=held, cases=[world.case], by=world.kim) == 0
    assert [seat_of(one, held).state for one in (world.case, second)] == ["accepted", "waiting"]
    delivery.withdraw_seat(seat=seat_of(world.case, held), reason="Ett annat", by=world.kim)
    assert seat_of(second, held).state == "accepted", "who waited had said yes already"


def test_who_is_not_here_any_more_gets_no_place(world: World) -> None:
    actions.end_case(case=world.case, reason="moved", by=world.kim)
    with pytest.raises(RuleBroken, match="not in the programme now"):
        actions.give_course_places(session=course(world, days=1), cases=[world.case], by=world.kim)
    assert not Seat.objects.exists()


def test_trainer_reads_given_name_and_number_of_the_own_organisation(world: World) -> None:
    held, hidden = course(world), met(world, "Gömd", family_name="Hemlig", is_protected=True)
    actions.give_course_places(session=held, cases=[world.case, hidden], by=world.kim)
    rows = {person.pk: (label, sub) for person, label, sub in people_on_list(fresh(world.cast.carlos), held)}
    assert rows[world.case.person_id] == ("Selam", world.case.number), "not the family name"
    assert rows[hidden.person_id] == (hidden.number, ""), "a protected name never"


def test_at_another_organisation_the_number_alone_until_the_person_agrees_and_from_the_next_look_on(world: World) -> None:
    held = course(world, organisation=world.cast.osby)
    actions.give_course_places(session=held, cases=[world.case], by=world.kim)

    def label() -> str:
        return people_on_list(fresh(world.cast.carlos), held)[0][1]

    assert label() == world.case.number
    consent = people.give_consent(
        person=world.case.person, recipient_kind="organisation", recipient=world.cast.osby.uid, fields=["first_name"], purpose="course", wording="2026-11/sv",
        language="sv", until=clock.today() + timedelta(days=30), by=world.kim,
    )  # fmt: skip
    assert label() == "Selam"
    row = queries.course_panel(fresh(world.kim), world.case)["coming"][0]
    assert row.told == "Selam"
    people.withdraw_consent(consent=consent, by=world.kim)
    assert label() == world.case.number
    row = queries.course_panel(fresh(world.kim), world.case)["coming"][0]
    assert (row.told, row.may_agree) == ("", True)


def test_trainers_list_and_link_with_code_record_minutes_as_for_staff(world: World) -> None:
    held, second = course(world), met(world, "Amina")
    actions.give_course_places(session=held, cases=[world.case, second], by=world.kim)
    code = code_at(held.check_in_secret, held.uid, held.starts_at + timedelta(minutes=30))
    with clock.at(held.starts_at + timedelta(minutes=30)):
        row = delivery.check_in(session=held, code=code, person=second.person, by=second.person)
    assert (row.minutes, row.late_minutes, row.method) == (65, 30, "qr")
    assert attend(world, held, world.case).minutes == 95
    held.refresh_from_db()
    assert held.state == "held"
    panel = queries.course_panel(fresh(world.kim), second)
    assert (panel["times"], panel["total"]) == (1, 65)


def test_who_has_an_address_checks_in_without_an_account_by_link_and_code(world: World, client: Any) -> None:
    held = course(world)
    with clock.at(held.starts_at - timedelta(days=1)):
        actions.give_course_places(session=held, cases=[world.case], by=world.kim)
        later.run_waiting()
        later.run_waiting()
    sent = next(one for one in mail.outbox if one.to == ["selam@example.org"])
    assert str(held) not in sent.subject + str(sent.body), "no mail says which course"
    address = re.search(r"https?://[^/]+(/s/[^/\s]+/)", str(sent.body)).group(1)  # type: ignore[union-attr]
    with clock.at(held.starts_at + timedelta(minutes=5)):
        assert client.get(address).status_code == 200
        code = code_at(held.check_in_secret, held.uid, clock.now())
        assert client.post(address, {"act": "check-in", "code": code}).status_code == 302
    assert Attendance.objects.get(person=world.case.person).minutes == 95


def test_check_in_without_a_line_comes_late_and_the_trainer_decides(world: World) -> None:
    held, second = course(world), met(world, "Amina")
    actions.give_course_places(session=held, cases=[world.case, second], by=world.kim)
    attend(world, held, second)
    with clock.at(NOON):
        code = code_at(held.check_in_secret, held.uid, held.starts_at)
        late = delivery.check_in_late(session=held, code=code, person=world.case.person, by=world.case.person)
        assert list(sessions.late_check_ins_visible_to(fresh(world.cast.carlos))) == [late]
        assert not sessions.late_check_ins_visible_to(fresh(world.cast.paula)).exists(), "the town's process leader has nothing to do with it"


def test_nobody_walks_in_and_no_number_is_tried_out(world: World) -> None:
    held = course(world)
    with clock.at(NOON), pytest.raises(RuleBroken, match="has no place in this course"):
        delivery.save_attendance_list(session=held, marks=[Mark(world.case.person.uid)], list_version=0, key="a-key-made-on-the-device", by=world.cast.carlos)
    found = marks_preview(held, [MarkRow(2, world.case.number.casefold(), 60, "")], [])
    assert "Nobody" in str(found.problems[0])
    assert not Attendance.objects.exists()


def test_minutes_of_newcomers_are_no_hours_no_money_and_no_figure(world: World) -> None:
    cast = world.cast
    terms(cast.programme)
    module = module_of(cast)
    with clock.at(datetime(2018, 3, 1, 8, tzinfo=UTC)):
        was, staff = course(world, days=-35, module=module), session_of(cast, days=-34, module=module)
        running, coming = course(world, days=-7, module=module), course(world, days=3, module=module)
        for one in (was, running, coming):
            actions.give_course_places(session=one, cases=[world.case], by=world.kim)
    with clock.at(staff.ends_at):
        delivery.record_attendance(session=staff, person=cast.bo, by=cast.carlos)
    for one in (was, running):
        with clock.at(one.ends_at):
            delivery.record_attendance(session=one, person=world.case.person, by=cast.carlos)
    assert set(attendance_of(cast.programme, date(2018, 3, 1))) == {cast.bo.pk}
    evidence.open_month(programme=cast.programme, month=date(2018, 3, 1), by=None)
    later.run_waiting()
    assert set(Certificate.objects.values_list("person_id", flat=True)) == {cast.bo.pk}
    assert not LedgerLine.objects.filter(person=world.case.person).exists()
    assert running_hours(cast.programme) == (0, 0)
    assert planned_hours(cast.programme) == 0
    assert not unsigned_months(world.case.person), "nobody is asked to confirm them"
    assert world.case.person_id not in set(sessions.trained_people(cast.programme, module))


def test_course_is_seen_by_its_trainer_and_by_who_accompanies_people_and_nobody_else(world: World) -> None:
    held = course(world)
    actions.give_course_places(session=held, cases=[world.case], by=world.kim)
    row = attend(world, held, world.case)
    finds = {name for name, one in world.everybody.items() if sessions.sessions_visible_to(fresh(one)).filter(pk=held.pk).exists()}
    assert finds == {"carlos", "kim", "kaja", "pia", "petra", "olle", "ove"}
    assert {name for name, one in world.everybody.items() if sessions.seats_visible_to(fresh(one)).exists()} == {"carlos"}
    assert {name for name, one in world.everybody.items() if sessions.attendance_visible_to(fresh(one)).filter(pk=row.pk).exists()} == {"carlos"}
    assert {name for name, one in world.everybody.items() if queries.places_visible_to(fresh(one)).exists()} == {"kim", "pia", "petra"}
    assert {name for name, one in world.everybody.items() if queries.own_in_course(fresh(one), held)} == {"kim", "pia", "petra"}


def test_own_people_alone_can_be_chosen(world: World) -> None:
    held, other = course(world, days=1), met(world, "Ruth", by=world.kaja, caseworker=world.kaja)
    assert [case for case, _name in queries.people_to_place(fresh(world.kim), held)] == [world.case]
    assert [case for case, _name in queries.people_to_place(fresh(world.kim), held, "ruth")] == []
    assert queries.people_to_place(fresh(world.pia), held) == [], "never a list of everybody"
    assert [case for case, _name in queries.people_to_place(fresh(world.pia), held, "ruth")] == [other]
    assert queries.people_to_place(fresh(world.olle), held, "ruth") == []


def test_whom_no_mail_reaches_is_told_by_the_caseworker(world: World) -> None:
    held, quiet = course(world, days=1), met(world, "Amina")
    actions.give_course_places(session=held, cases=[world.case, quiet], by=world.kim)
    later.run_waiting()
    assert not queries.places_to_tell(fresh(world.kim), world.cast.programme), "they spoke about it when the place was given"
    mail.outbox.clear()
    delivery.change_session(session=held, starts_at=held.starts_at + timedelta(hours=1), ends_at=held.ends_at + timedelta(hours=1), by=world.pia)
    later.run_waiting()
    later.run_waiting()
    assert [one.name for one in queries.places_to_tell(fresh(world.kim), world.cast.programme)] == ["Amina"]
    assert not queries.places_to_tell(fresh(world.kaja), world.cast.programme)
    assert "Amina" in str(queries.courses_of_day(fresh(world.kim), world.cast.programme)[0].title)
    for sent in mail.outbox:
        assert "tolk" not in (sent.subject + str(sent.body)).lower(), "no mail says which course"
    delivery.note_told(seat=seat_of(quiet, held), by=world.kim)
    assert not queries.places_to_tell(fresh(world.kim), world.cast.programme)
    delivery.cancel_session(session=held, reason="Snö", by=world.pia)
    later.run_waiting()
    assert [(one.name, one.tag_text) for one in queries.places_to_tell(fresh(world.kim), world.cast.programme)] == [("Amina", "Cancelled")]


def test_step_points_to_the_course_and_closes_only_by_a_decision(world: World) -> None:
    first, second = course(world), course(world, days=1)
    assert actions.take_part_in_courses(case=world.case, sessions=[first, second], domain="language", by=world.kim) == 2
    step = Step.objects.get()
    assert (step.module, step.due_on, step.title[:5]) == (first.module, date(2018, 4, 19), "Talki")
    attend(world, first, world.case)
    assert queries.course_panel(fresh(world.kim), world.case)["suggestions"] == [], "one more time is booked"
    with clock.at(second.ends_at + timedelta(hours=1)):
        delivery.record_attendance(session=second, person=world.case.person, minutes=40, by=world.cast.carlos)
        found = queries.course_panel(fresh(world.kim), world.case)["suggestions"]
    assert [(one.step, one.times, one.minutes) for one in found] == [(step, 2, 135)]
    step.refresh_from_db()
    assert step.done_on is None, "nothing closes by itself"
    actions.take_part_in_courses(case=world.case, sessions=[course(world, days=2)], domain="language", by=world.kim)
    assert Step.objects.count() == 1, "a course is one step"


def test_day_names_each_course_once_with_ones_own_people(world: World) -> None:
    held, second = course(world, hours=4), met(world, "Amina")
    actions.give_course_places(session=held, cases=[world.case, second], by=world.kim)
    rows = [one for one in queries.courses_of_day(fresh(world.kim), world.cast.programme) if one.kind == "today"]
    assert [one.why for one in rows] == ["Amina, Selam Tesfay"]
    assert queries.courses_of_day(fresh(world.kaja), world.cast.programme) == []


def test_caseworker_gives_places_on_screen_and_reads_own_people_only(world: World, as_: Callable[[Person], Any]) -> None:
    held, other = course(world, days=1), met(world, "Ruth", by=world.kaja, caseworker=world.kaja)
    kim = as_(world.kim)
    sent = kim.post(reverse("cases:course_choose", args=[world.case.uid]), {"sessions": [str(held.uid)], "domain": "language"})
    assert sent.status_code == 302
    page = kim.get(reverse("cases:case_detail", args=[world.case.uid])).content.decode()
    assert "Har en plats" in page and "Utbildaren läser: Selam" in page
    assert kim.post(reverse("cases:course_places", args=[held.uid]), {"cases": [str(other.uid)]}).status_code == 200, "not among the own"
    assert not Seat.objects.filter(person=other.person).exists()
    delivery.give_places(session=held, persons=[other.person], by=world.kaja)
    page = kim.get(reverse("delivery:session_detail", args=[held.uid])).content.decode()
    assert "Selam" in page and "Ruth" not in page and other.number not in page
    page = as_(world.ove).get(reverse("delivery:session_detail", args=[held.uid])).content.decode()
    assert "Selam" not in page and world.case.number not in page, "another organisation's staff read nobody"
    for name, one in world.everybody.items():
        got = as_(one).get(reverse("cases:course_choose", args=[world.case.uid])).status_code if Person.objects.get(pk=one.pk).erased_at is None else 404
        assert (got == 200) == (name in {"kim", "pia", "petra"}), name


def test_place_is_taken_back_and_telling_is_noted_on_screen(world: World, as_: Callable[[Person], Any]) -> None:
    held, quiet = course(world, days=1), met(world, "Amina")
    actions.give_course_places(session=held, cases=[world.case, quiet], by=world.kim)
    Seat.objects.filter(person=quiet.person).update(to_tell_since=clock.now())
    told, back = (reverse(f"cases:{name}", args=[seat_of(case, held).uid]) for name, case in (("course_told", quiet), ("course_leave", world.case)))
    for stranger in (world.kaja, world.ove, world.cast.carlos, world.cast.amal, world.consultant):
        assert {as_(stranger).post(one).status_code for one in (told, back)} == {404}
    kim = as_(world.kim)
    assert kim.post(told).status_code == 302
    assert seat_of(quiet, held).to_tell_since is None
    assert kim.get(told).status_code == 404, "nobody is to be told any more"
    assert kim.post(back, {"reason": ""}).status_code == 200
    assert kim.post(back, {"reason": "En annan kurs"}).status_code == 302
    assert seat_of(world.case, held).state == "withdrawn"


def test_placement_coordinator_puts_a_course_on_the_calendar_and_never_a_session_for_staff(world: World, as_: Callable[[Person], Any]) -> None:
    module = module_of(world.cast)
    pia, address = as_(world.pia), reverse("delivery:session_schedule", args=[world.cast.programme.uid])
    form = {"module": module.pk, "day": "2018-05-02", "starts_at": "09:00", "ends_at": "12:00", "break_minutes": "0", "grace_minutes": "10", "organisation": world.cast.horby.pk,
            "language": "sv", "minimum": "1", "maximum": "12", "cost": "0"}  # fmt: skip
    assert pia.post(address, form | {"audience": "staff", "state": "candidate"}).status_code == 302
    made = Session.objects.get()
    assert (made.for_newcomers, made.state) == (True, "planned")
    assert as_(world.olle).get(reverse("delivery:session_change", args=[made.uid])).status_code == 404, "Osby's coordinator does not run Hörby's course"
    assert pia.get(reverse("delivery:attendance_list", args=[made.uid])).status_code == 404, "the list is the trainer's"
    assert as_(world.kim).get(address).status_code == 404
    assert as_(world.cast.amal).get(reverse("delivery:session_detail", args=[made.uid])).status_code == 404


def test_trainers_page_and_list_are_those_of_staff(world: World, as_: Callable[[Person], Any]) -> None:
    held = course(world)
    actions.give_course_places(session=held, cases=[world.case], by=world.kim)
    carlos = as_(world.cast.carlos)
    page = carlos.get(reverse("delivery:attendance_list", args=[held.uid])).content.decode()
    assert "Selam" in page and world.case.number in page and "Tesfay" not in page
    assert "Selam" in carlos.get(reverse("delivery:session_detail", args=[held.uid])).content.decode()
    assert "Tesfay" not in carlos.get(reverse("delivery:session_sheet", args=[held.uid])).content.decode()


@pytest.mark.parametrize("people_there", [1, 3])
def test_panels_cost_the_same_whoever_is_there(world: World, as_: Callable[[Person], Any], people_there: int, django_assert_max_num_queries: Any) -> None:
    held = course(world, days=1)
    cases = [world.case, *(met(world, name) for name in ("Amina", "Berhane"))][:people_there]
    actions.give_course_places(session=held, cases=cases, by=world.kim)
    with django_assert_max_num_queries(8):
        assert len(queries.own_in_course(fresh(world.kim), held)) == people_there
    with django_assert_max_num_queries(6):
        queries.course_panel(fresh(world.kim), world.case)
    page = as_(world.kim).get(reverse("delivery:session_detail", args=[held.uid])).content.decode()
    assert page.count("Har en plats") == people_there


def test_erased_person_keeps_minutes_under_the_number_and_no_place_to_come(world: World) -> None:
    held, coming = course(world), course(world, days=1)
    actions.give_course_places(session=held, cases=[world.case], by=world.kim)
    actions.give_course_places(session=coming, cases=[world.case], by=world.kim)
    attend(world, held, world.case)
    delivery.forget_in_sessions(person=world.case.person)
    assert list(Attendance.objects.values_list("minutes", flat=True)) == [95]
    assert [seat.session for seat in Seat.objects.all()] == [held]
