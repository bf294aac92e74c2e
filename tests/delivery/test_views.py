"""Screens of sessions: who sees what, what is refused, and that lists cost the same however long they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.delivery import actions, queries
from handrail.delivery.models import Attendance, GroupProduct, Seat, Session
from handrail.delivery.queries import work
from handrail.delivery.rules import code_at
from handrail.kit import clock
from handrail.people.models import Identity
from tests.delivery.made import module_of, place_of, session_of


def url(name, thing, **more):
    return reverse(f"delivery:{name}", args=[thing.uid], **more)


@pytest.fixture
def session(cast):
    """Today's session with Birgit, Bo and Kim."""
    one = session_of(cast, days=0)
    for person in (cast.birgit, cast.bo, cast.kim):
        actions.invite_to_session(session=one, person=person, by=cast.paula, why={"code": "hand"})
    return one


NAMES = ("Birgit", "Bo Holm", "Kim")


@pytest.mark.parametrize(
    ("who", "names"),
    [("carlos", NAMES), ("paula", ("Birgit", "Bo Holm")), ("oskar", ()), ("amal", ()), ("elin", ()), ("lena", ("Birgit", "Bo Holm")), ("kim", ())],
)
def test_session_detail_names_only_those_whom_the_viewer_may_name(cast, session, client_of, who, names):
    body = client_of(getattr(cast, who)).get(url("session_detail", session)).content.decode().split("<main", 1)[1]
    assert tuple(name for name in NAMES if name in body) == names


def test_session_detail_gives_the_auditor_numbers_and_minutes(cast, session, client_of):
    actions.record_attendance(session=session, person=cast.birgit, late_minutes=15, by=cast.carlos)
    body = client_of(cast.elin).get(url("session_detail", session)).content.decode()
    assert "LFI-" in body and "80" in body and "Birgit" not in body


def test_a_protected_identity_stands_with_a_number_also_for_the_trainer_and_on_the_sheet(cast, session, client_of):
    Identity.objects.filter(person=cast.birgit).update(is_protected=True)
    client = client_of(cast.carlos)
    for screen in ("session_detail", "attendance_list", "session_sheet"):
        body = client.get(url(screen, session)).content.decode()
        assert "Birgit" not in body and "Georgshillsskolan" not in body and "LFI-" in body


def test_levels_stand_only_in_ones_own_why(cast, client_of):
    from handrail.delivery.rules import gap_why
    from tests.delivery.made import competence_of

    session = session_of(cast)
    why = gap_why(competence=competence_of(cast).uid, now=1.8, target=3)
    seat = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula, why=why)
    own = client_of(cast.birgit).get(url("seat_detail", seat)).content.decode()
    assert "1,8" in own
    for person in (cast.carlos, cast.paula, cast.lena):
        assert "1,8" not in client_of(person).get(url("session_detail", session)).content.decode()


# --- scheduling -------------------------------------------------------------------------------------------------------------
def form_of(cast, **changes):
    module = module_of(cast, "M7")
    return {"module": module.pk, "day": "2018-05-02", "starts_at": "08:30", "ends_at": "10:15", "break_minutes": 10, "grace_minutes": 10, "language": "sv",
            "minimum": 2, "maximum": 18, "cost": 0, "state": "planned", "trainer": cast.carlos.pk, "organisation": cast.horby.pk} | changes  # fmt: skip


def test_schedule_form_makes_a_session_at_the_local_time(cast, client_of):
    answer = client_of(cast.paula).post(url("session_schedule", cast.programme), form_of(cast))
    session = Session.objects.get()
    assert answer.status_code == 302
    assert (session.starts_at.isoformat(), session.planned_minutes) == ("2018-05-02T06:30:00+00:00", 95)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_at": "11:00"}, "slutar innan"), ({"day": "2018-03-25", "starts_at": "02:30", "ends_at": "05:00"}, "finns inte"),
        ({"minimum": 20}, "20"), ({"day": "2019-05-02"}, "2018"), ({"maximum": ""}, ""), ({"day": "nonsense"}, ""),
    ],
)  # fmt: skip
def test_schedule_form_says_what_is_wrong_and_keeps_what_was_typed(cast, client_of, changes, words):
    answer = client_of(cast.paula).post(url("session_schedule", cast.programme), form_of(cast, **changes))
    body = answer.content.decode()
    assert answer.status_code == 200 and "field-wrong" in body and words in body
    assert not Session.objects.exists()


def test_schedule_form_names_the_clashing_session(cast, client_of):
    place = place_of(cast)
    session_of(cast, days=14, place=place, title="Trauma, stress och vardag")
    answer = client_of(cast.paula).post(url("session_schedule", cast.programme), form_of(cast, place=place.pk))
    assert "Trauma, stress och vardag" in answer.content.decode()


def test_change_repeat_and_cancel_from_the_screens(cast, session, client_of):
    client = client_of(cast.paula)
    later = {"day": "2018-04-19", "starts_at": "13:00", "ends_at": "14:45"}
    assert client.post(url("session_repeat", session), later).status_code == 302
    again = Session.objects.exclude(pk=session.pk).get()
    assert again.repeats == session
    changed = form_of(cast, **later) | {"maximum": 30, "day": "2018-04-20"}
    assert client.post(url("session_change", again), changed).status_code == 302
    again.refresh_from_db()
    assert again.maximum == 30
    assert client.post(url("session_cancel", again), {"reason": ""}).status_code == 200
    assert client.post(url("session_cancel", again), {"reason": "Sjukdom"}).status_code == 302
    again.refresh_from_db()
    assert again.state == "cancelled"


def test_a_candidate_is_planned_from_its_page(cast, client_of):
    candidate = session_of(cast, state="candidate")
    assert client_of(cast.birgit).get(url("session_detail", candidate)).status_code == 404
    client_of(cast.paula).post(url("session_plan", candidate))
    candidate.refresh_from_db()
    assert candidate.state == "planned"


def test_session_list_filters_by_the_address(cast, client_of):
    session_of(cast, organisation=cast.horby, title="I Hörby")
    session_of(cast, days=2, organisation=cast.osby, title="I Osby", trainer=None)
    with clock.at(clock.now() - timedelta(days=30)):
        session_of(cast, days=-10, title="Förra gången", trainer=None)
    client, address = client_of(cast.paula), url("session_list", cast.programme)
    found = lambda query: [name for name in ("I Hörby", "I Osby", "Förra gången") if name in client.get(address, query).content.decode().split("</form>")[-1]]
    assert found({}) == ["I Hörby", "I Osby"]
    assert found({"organisation": str(cast.osby.uid)}) == ["I Osby"]
    assert found({"when": "past"}) == ["Förra gången"]
    assert found({"organisation": "nonsense", "page": "x"}) == ["I Hörby", "I Osby"]


def test_a_cancelled_session_is_not_called_the_next(cast, client_of):
    first = session_of(cast, title="Den första")
    session_of(cast, days=2, title="Den andra", trainer=None)
    client = client_of(cast.amal)
    page = reverse("delivery:session_list", args=[cast.programme.uid])
    assert "Nästa är Den första" in client.get(page).content.decode()
    actions.cancel_session(session=first, reason="Vattenskada", by=cast.amal)
    text = client.get(page).content.decode()
    assert "Nästa är Den andra" in text and "En av dem nedan är inställd." in text


@pytest.mark.parametrize(("wanted", "expected"), [("övning", 2), ("ÖVNING", 2), ("Övning genom", 1), ("genom ÖVN", 1), ("interpreter", 1), ("åska", 0), ("00f6", 0)])
def test_sessions_are_found_whatever_the_capitals(cast, wanted, expected):
    session_of(cast, title={"sv": "Övning genom tolk", "en": "Practice through an interpreter"})
    session_of(cast, days=2, title="Samtal och ÖVNING", trainer=None)
    session_of(cast, days=3, title="Något annat", trainer=None)
    assert len(work.sessions_found(cast.paula, cast.programme, wanted)) == expected
    assert work.sessions_found(cast.stranger, cast.programme, wanted) == []


# --- inviting and answering -------------------------------------------------------------------------------------------------
def test_a_process_leader_invites_own_people_only(cast, client_of):
    session = session_of(cast)
    client = client_of(cast.paula)
    body = client.get(url("session_invite", session)).content.decode()
    assert "Birgit" in body and "Kim" not in body
    assert body.index('href="#act"') < body.index("Birgit") < body.index('class="actions foot-bar" id="act"')  # the button is in sight, and near by keyboard
    answer = client.post(url("session_invite", session), {"persons": [str(cast.birgit.uid), str(cast.kim.uid)]})
    assert answer.status_code == 200 and not Seat.objects.exists()
    client.post(url("session_invite", session), {"persons": [str(cast.birgit.uid)]})
    assert Seat.objects.get().person == cast.birgit


def test_a_manager_approves_and_refuses_own_people_only(cast, client_of):
    session = session_of(cast, needs_approval=True)
    birgit, bo, kim = (actions.invite_to_session(session=session, person=one, by=cast.paula) for one in (cast.birgit, cast.bo, cast.kim))
    client = client_of(cast.lena)
    assert client.post(url("seat_decide", birgit), {"approve": "1"}).status_code == 302
    assert client.post(url("seat_decide", bo), {"refuse": "1", "reason": ""}).status_code == 200
    assert client.post(url("seat_decide", bo), {"refuse": "1", "reason": "Semester"}).status_code == 302
    assert client.post(url("seat_decide", kim), {"approve": "1"}).status_code == 404
    assert [Seat.objects.get(pk=one.pk).state for one in (birgit, bo, kim)] == ["invited", "refused", "asked"]


def test_a_person_answers_on_the_own_page_and_nobody_else_can(cast, session, client_of):
    seat = Seat.objects.get(session=session, person=cast.birgit)
    assert client_of(cast.bo).get(url("seat_detail", seat)).status_code == 404
    client = client_of(cast.birgit)
    client.post(url("seat_detail", seat), {"act": "accept"})
    assert Seat.objects.get(pk=seat.pk).state == "accepted"
    client.post(url("seat_detail", seat), {"act": "decline", "reason": "Sjuk"})
    assert Seat.objects.get(pk=seat.pk).state == "declined"
    assert "BEGIN:VCALENDAR" in client.get(url("seat_calendar", seat)).content.decode()


# --- the list ---------------------------------------------------------------------------------------------------------------
def sent(client, session, *present, **more):
    page = client.get(url("attendance_list", session)).context["the_list"]
    data = {"key": page.key, "list_version": page.list_version} | {f"seen-{row.uid}": row.seen for row in page.rows}
    return data | {f"present-{person.uid}": "1" for person in present} | more


def test_the_list_is_saved_with_late_and_early_and_a_replay_changes_nothing(cast, session, client_of):
    client = client_of(cast.carlos)
    data = sent(client, session, cast.birgit, cast.bo, **{f"late-{cast.bo.uid}": "15"})
    assert client.post(url("attendance_list", session), data).status_code == 302
    assert sorted(queries.current_attendance().values_list("minutes", flat=True)) == [80, 95]
    client.post(url("attendance_list", session), data)
    assert Attendance.objects.count() == 2


def test_everybody_is_here_ticks_without_saving(cast, session, client_of):
    client = client_of(cast.carlos)
    page = client.post(url("attendance_list", session), sent(client, session) | {"everybody": "1"}).context["the_list"]
    assert page.marked == 3 and not Attendance.objects.exists()


def test_two_trainers_saving_at_once_the_second_sees_both(cast, session, client_of):
    first, second = client_of(cast.carlos), client_of(cast.paula)
    opened = sent(second, session, cast.birgit)
    first.post(url("attendance_list", session), sent(first, session, cast.birgit, **{f"late-{cast.birgit.uid}": "15"}))
    answer = second.post(url("attendance_list", session), opened)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "80" in body and "95" in body
    assert list(queries.current_attendance().values_list("minutes", flat=True)) == [80]
    again = {"key": answer.context["the_list"].key, "list_version": answer.context["the_list"].list_version, f"present-{cast.birgit.uid}": "1"}
    again |= {f"seen-{row.uid}": row.seen for row in answer.context["the_list"].rows}
    assert second.post(url("attendance_list", session), again).status_code == 422  # a correction says why
    assert second.post(url("attendance_list", session), again | {f"reason-{cast.birgit.uid}": "Fanns på plats"}).status_code == 302
    assert list(queries.current_attendance().values_list("minutes", flat=True)) == [95]


@pytest.mark.parametrize("late", ["400", "abc", "-1"])
def test_the_list_says_at_the_row_what_is_wrong(cast, session, client_of, late):
    client = client_of(cast.carlos)
    answer = client.post(url("attendance_list", session), sent(client, session, cast.birgit, **{f"late-{cast.birgit.uid}": late}))
    assert answer.status_code == 422 and answer.context["the_list"].errors and not Attendance.objects.exists()


def test_the_list_as_json_answers_with_the_digest(cast, session, client_of):
    client = client_of(cast.carlos)
    post = lambda body: client.post(url("attendance_list", session), body, content_type="application/json")
    body = {"key": "device-key-1", "list_version": 0, "marks": [{"person": str(cast.birgit.uid), "minutes": 60}]}
    first, again = post(body), post(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["sha256"] == again.json()["sha256"] and first.json()["key"] == "device-key-1"
    assert post(body | {"marks": [{"person": str(cast.birgit.uid), "minutes": 61}]}).status_code == 422
    assert post(body | {"key": "device-key-2"}).status_code == 409
    for wrong in ({}, {"key": "x"}, body | {"key": "device-key-3", "list_version": 1, "marks": [{"person": "x"}]}, body | {"key": "d", "list_version": 1}):
        assert post(wrong).status_code == 400
    assert Attendance.objects.count() == 1


def test_a_correction_from_the_screen_keeps_the_old_line_struck_through(cast, session, client_of):
    actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    seat = Seat.objects.get(session=session, person=cast.birgit)
    client = client_of(cast.paula)
    assert client.post(url("attendance_correct", seat), {"minutes": "80", "reason": ""}).status_code == 200
    assert client.post(url("attendance_correct", seat), {"minutes": "96", "reason": "x"}).status_code == 200
    assert client.post(url("attendance_correct", seat), {"minutes": "80", "reason": "Gick tidigare"}).status_code == 302
    body = client.get(url("session_detail", session)).content.decode()
    assert "<s>95" in body and "Gick tidigare" in body
    assert client_of(cast.birgit).get(url("attendance_correct", seat)).status_code == 404


# --- checking in ------------------------------------------------------------------------------------------------------------
def test_qr_page_shows_a_code_that_checks_in_whoever_is_signed_in(cast, session, client_of):
    page = client_of(cast.carlos).get(url("session_qr", session))
    code = page.context["code"].replace(" ", "")
    assert code == code_at(session.check_in_secret, session.uid, clock.now()) and "<svg" in page.content.decode()
    with clock.at(session.starts_at + timedelta(minutes=15)):
        code = code_at(session.check_in_secret, session.uid, clock.now())
        client = client_of(cast.birgit)
        address = reverse("delivery:check_in_code", args=[code])
        assert client.get(address).status_code == 200 and not Attendance.objects.exists()
        assert client.post(address).status_code == 302
        assert client_of(cast.stranger).post(address).status_code == 200  # takes no part: told so
    assert [(row.minutes, row.method) for row in Attendance.objects.all()] == [(80, "qr")]


def test_whoever_signs_in_first_keeps_the_moment_of_reading(cast, session, client_of):
    from tests.cast import account_of

    visitor = client_of()
    read_at = session.starts_at + timedelta(minutes=5)
    with clock.at(read_at):
        address = reverse("delivery:check_in_code", args=[code_at(session.check_in_secret, session.uid, clock.now())])
        assert "sign-in" in visitor.get(address).content.decode()
    visitor.force_login(account_of(cast.birgit))
    with clock.at(read_at + timedelta(minutes=9)):
        assert visitor.post(address).status_code == 302
        assert client_of(cast.bo).get(address).status_code == 404  # for everybody else the code is old
    assert Attendance.objects.get().arrived_at == read_at
    assert Attendance.objects.get().minutes == 95


def test_old_and_nonsense_codes_are_told_kindly(client_of, cast):
    for code in ("00000000", "x", "ÅÄÖ"):
        assert client_of(cast.birgit).get(reverse("delivery:check_in_code", args=[code])).status_code == 404


# --- groups -----------------------------------------------------------------------------------------------------------------
def test_groups_are_formed_moved_and_keep_versions_from_the_screens(cast, session, client_of):
    client = client_of(cast.carlos)
    client.post(url("session_groups", session), {"count": "3"})
    groups = list(session.groups.all())
    assert [group.members.count() for group in groups] == [1, 1, 1]
    seat = groups[0].members.get()
    client.post(url("session_groups", session), {"group": str(groups[1].uid), "seat": str(seat.uid)})
    assert [group.members.count() for group in groups] == [0, 2, 1]
    member = seat.person
    assert client_of(member).post(url("group_detail", groups[1]), {"title": "Checklista", "text": "Tre råd"}).status_code == 302
    assert GroupProduct.objects.get().saved_by == member
    outsider = groups[2].members.get().person
    client_of(outsider).post(url("group_detail", groups[1]), {"title": "Annat", "text": "Ändrat"})
    assert GroupProduct.objects.count() == 1
    assert client_of(cast.oskar).get(url("group_detail", groups[1])).status_code == 404


# --- cost -------------------------------------------------------------------------------------------------------------------
def test_the_list_of_sessions_costs_the_same_with_one_three_and_twelve(cast, client_of, queries_of):
    clients, address = {who: client_of(getattr(cast, who)) for who in ("carlos", "paula", "amal", "elin", "lena")}, url("session_list", cast.programme)
    counts = {who: [] for who in clients}
    for days in ([1], [2, 3], range(4, 13)):
        for day in days:
            actions.invite_to_session(session=session_of(cast, days=day, place=None), person=cast.birgit, by=cast.paula)
        for who, client in clients.items():
            client.get(address)
            counts[who].append(queries_of(lambda client=client: client.get(address)))
    assert all(len(set(found)) == 1 for found in counts.values()), counts


def test_a_session_costs_the_same_with_one_three_and_twelve_people(cast, client_of, queries_of):
    session = session_of(cast, days=0, maximum=40, hours=10)
    client, people = client_of(cast.paula), cast.more_staff(12)
    addresses = [url(screen, session) for screen in ("session_detail", "attendance_list", "session_sheet", "session_groups", "session_invite")]
    counts = {address: [] for address in addresses}
    for chunk in (people[:1], people[1:3], people[3:12]):
        for person in chunk:
            actions.record_attendance(session=session, person=person, by=cast.carlos)
            actions.record_attendance(session=session, person=person, minutes=50, reason="Rättat", by=cast.carlos)
        for address in addresses:
            client.get(address)
            counts[address].append(queries_of(lambda address=address: client.get(address)))
    assert all(len(set(found)) == 1 for found in counts.values()), counts
