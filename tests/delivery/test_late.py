"""What comes late: lists of phones, codes kept without a line, lists that are called in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from handrail.delivery import actions, queries
from handrail.delivery.models import Attendance, LateCheckIn, Session
from handrail.delivery.queries import screens
from handrail.delivery.rules import Disputed, Mark, code_at
from handrail.delivery.slots import late_check_ins_wait, lists_overdue, lists_to_take
from handrail.delivery.tasks import call_in_lists
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import SentMail
from tests.delivery.made import session_of


@pytest.fixture
def session(cast):
    """Today's session with Birgit, Bo and Kim, over since two hours."""
    one = session_of(cast, days=0, hours=-2)
    for person in (cast.birgit, cast.bo, cast.kim):
        with clock.at(one.starts_at - timedelta(days=2)):
            actions.accept_seat(seat=actions.invite_to_session(session=one, person=person, by=cast.paula), by=person)
    return one


def send(cast, session, marks, *, key="k" * 16, by=None, **more):
    return actions.save_attendance_list(session=session, marks=marks, list_version=None, key=key, by=by or cast.carlos, **more)


def code_of(session, minutes):
    return code_at(session.check_in_secret, session.uid, session.starts_at + timedelta(minutes=minutes))


# --- lists ------------------------------------------------------------------------------------------------------------------
def test_a_phones_list_needs_no_version_but_says_what_each_mark_has_seen(cast, session):
    noted = datetime(1970, 1, 2, tzinfo=UTC)
    assert send(cast, session, [Mark(cast.birgit.uid, seen="")], device_at=noted).status == 201
    assert Attendance.objects.get().device_at == noted, "the clock of the phone is noted, whatever it says"
    assert send(cast, session, [Mark(cast.bo.uid, seen="")], key="another-key").status == 201, "two lists about different people do not differ"
    with pytest.raises(RuleBroken):
        send(cast, session, [Mark(cast.kim.uid)], key="third-key")
    assert Attendance.objects.count() == 2


def test_what_differs_is_named_and_nothing_of_the_list_is_stored(cast, session):
    send(cast, session, [Mark(cast.birgit.uid, late_minutes=15, seen="")])
    with pytest.raises(Disputed) as disputed:
        send(cast, session, [Mark(cast.birgit.uid, seen=""), Mark(cast.bo.uid, seen="")], key="other-key", by=cast.paula)
    assert disputed.value.persons == (cast.birgit.uid,)
    assert list(Attendance.objects.values_list("minutes", flat=True)) == [80]


def post(client, session, body):
    return client.post(reverse("delivery:attendance_list", args=[session.uid]), json.dumps(body), content_type="application/json")


def mark(person, **more):
    return {"person": str(person.uid), "minutes": None, "late_minutes": 0, "left_early_minutes": 0, "reason": "", "seen": ""} | more


def test_a_phone_is_answered_with_the_digest_of_what_arrived_and_what_stands_now(cast, session, client_of):
    from hashlib import sha256

    body = {"key": "made-on-a-phone", "who": screens.phone_mark(cast.carlos), "list_version": None, "marks": [mark(cast.birgit)], "device_at": "2099-01-01T00:00:00Z"}
    first = post(client_of(cast.carlos), session, body)
    again = post(client_of(cast.carlos), session, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["body"] == sha256(json.dumps(body).encode()).hexdigest()
    stands = first.json()["stands"]
    assert (stands[str(cast.birgit.uid)]["here"], stands[str(cast.bo.uid)]["here"], first.json()["there"], first.json()["over"]) == (True, False, 1, True)
    assert Attendance.objects.get().device_at.year == 2099


def test_a_phone_that_somebody_else_is_signed_in_on_stores_nothing(cast, session, client_of):
    body = {"key": "made-on-a-phone", "who": screens.phone_mark(cast.carlos), "list_version": None, "marks": [mark(cast.birgit)]}
    answer = post(client_of(cast.paula), session, body)
    assert (answer.status_code, answer.json()["state"]) == (409, "other")
    assert not Attendance.objects.exists()


def test_a_phone_is_shown_what_stands_beside_its_own(cast, session, client_of):
    send(cast, session, [Mark(cast.birgit.uid, late_minutes=15, seen="")], by=cast.paula)
    answer = post(client_of(cast.carlos), session, {"key": "made-on-a-phone", "list_version": None, "marks": [mark(cast.birgit), mark(cast.bo)]})
    assert answer.status_code == 409
    assert list(answer.json()["differ"]) == [str(cast.birgit.uid)]
    told = answer.json()["differ"][str(cast.birgit.uid)]
    assert (told["late"], told["here"], "80" in told["text"]) == (15, True, True)


@pytest.mark.parametrize("text", ["", "yesterday", "2018-04-18T09:00:00", "9999-12-31T23:59:59-12:00", None])
def test_a_phones_clock_that_makes_no_sense_stops_nothing(cast, session, client_of, text):
    body = {"key": "made-on-a-phone", "list_version": None, "marks": [mark(cast.birgit)], "device_at": text}
    assert post(client_of(cast.carlos), session, body).status_code == 201
    assert Attendance.objects.get().device_at is None


# --- codes ------------------------------------------------------------------------------------------------------------------
def test_a_late_code_counts_from_when_it_was_shown_and_both_times_are_noted(cast, session):
    claimed = datetime(2099, 1, 1, tzinfo=UTC)
    row = actions.check_in_late(session=session, code=code_of(session, 20), person=cast.birgit, by=cast.birgit, device_at=claimed)
    assert (row.minutes, row.late_minutes, row.method) == (75, 20, "qr")
    assert (row.arrived_at, row.device_at, row.recorded_at) == (session.starts_at + timedelta(minutes=20), claimed, clock.now())
    assert actions.check_in_late(session=session, code=code_of(session, 0), person=cast.birgit, by=cast.birgit) == row, "once for each seat"
    assert Attendance.objects.count() == 1


def test_a_late_code_opens_no_seat_and_no_other_session(cast, session):
    other = session_of(cast, days=0, hours=-5, trainer=None)
    for person, code in ((cast.more_staff(1)[0], code_of(session, 20)), (cast.birgit, code_of(other, 20)), (cast.birgit, "AAAA AAAA")):
        with pytest.raises(RuleBroken) as broken:
            actions.check_in_late(session=session, code=code, person=person, by=person)
        assert broken.value.field == "code"
    with clock.at(session.starts_at + timedelta(hours=25)), pytest.raises(RuleBroken):
        actions.check_in_late(session=session, code=code_of(session, 20), person=cast.birgit, by=cast.birgit)
    assert not Attendance.objects.exists()


def test_a_late_code_after_the_saved_list_waits_for_whoever_leads(cast, session, client_of):
    send(cast, session, [Mark(cast.bo.uid, seen="")])
    late = actions.check_in_late(session=session, code=code_of(session, 5), person=cast.birgit, by=cast.birgit)
    assert isinstance(late, LateCheckIn) and actions.check_in_late(session=session, code=code_of(session, 6), person=cast.birgit, by=cast.birgit) == late
    assert Attendance.objects.count() == 1, "the saved list is not overwritten"
    assert [len(late_check_ins_wait(who, cast.programme)) for who in (cast.carlos, cast.paula, cast.birgit, cast.oskar)] == [1, 1, 0, 0]
    address = reverse("delivery:late_check_in", args=[late.uid])
    assert client_of(cast.birgit).post(address, {"act": "there"}).status_code == 404
    assert "Birgit" in client_of(cast.carlos).get(reverse("delivery:attendance_list", args=[session.uid])).content.decode().split("late_check_in")[0]
    assert client_of(cast.carlos).post(address, {"act": "there"}).status_code == 302
    row = Attendance.objects.get(person=cast.birgit)
    assert (row.minutes, row.recorded_by, row.arrived_at) == (95, cast.carlos, session.starts_at + timedelta(minutes=5))
    client_of(cast.paula).post(address, {"act": "not-there"})
    late.refresh_from_db()
    assert (late.counts, late.settled_by) == (True, cast.carlos), "decided once"


def test_a_refused_late_code_writes_no_minutes(cast, session):
    send(cast, session, [Mark(cast.bo.uid, seen="")])
    late = actions.check_in_late(session=session, code=code_of(session, 5), person=cast.birgit, by=cast.birgit)
    actions.settle_late_check_in(late=late, counts=False, by=cast.carlos)
    assert not Attendance.objects.filter(person=cast.birgit).exists()
    assert late_check_ins_wait(cast.carlos, cast.programme) == []


def test_a_phone_sends_its_code_by_account_and_by_link(cast, session, client_of):
    from handrail.kit import links

    client, code = client_of(cast.birgit), code_of(session, 3)
    address = reverse("delivery:check_in_code", args=[code])
    sent = lambda client, address, **more: client.post(address, json.dumps({"code": code, "device_at": "1970-01-01T00:00:00Z"} | more), content_type="application/json")
    assert sent(client_of(None), address).status_code == 409
    assert sent(client, address, who=screens.phone_mark(cast.bo)).status_code == 409
    assert sent(client_of(cast.amal), address).status_code == 400
    assert not Attendance.objects.exists()
    assert sent(client, address, who=screens.phone_mark(cast.birgit)).status_code == 200
    seat = session.seats.get(person=cast.bo)
    token = links.make_link("seat", subject=seat.uid, person=cast.bo.uid, expires_at=clock.real_now() + timedelta(days=400))
    assert sent(client_of(None), reverse("delivery:seat_by_link", args=[token])).status_code == 200
    assert {(row.person_id, row.device_at.year) for row in Attendance.objects.all()} == {(cast.birgit.pk, 1970), (cast.bo.pk, 1970)}
    assert client.post(address, "nonsense", content_type="application/json").status_code == 400


def test_the_wall_gets_the_codes_of_its_own_session_up_to_its_end(cast, client_of):
    session = session_of(cast, days=0, hours=1)
    address, found, since = reverse("delivery:session_codes", args=[session.uid]), {}, 0
    while True:
        told = client_of(cast.carlos).get(address, {"from": since}).json()
        found |= {one["turn"]: one["code"].replace(" ", "") for one in told["codes"]}
        if not told["codes"]:
            break
        since = told["next"]
    turns = range(int(clock.now().timestamp()) // 60, int(session.ends_at.timestamp()) // 60)
    assert found == {turn: code_at(session.check_in_secret, session.uid, datetime.fromtimestamp(turn * 60, UTC)) for turn in turns}


# --- called in --------------------------------------------------------------------------------------------------------------
def test_a_list_older_than_a_day_waits_for_trainer_and_leader_and_is_mailed_about_once(cast, session):
    def day_after(hours):
        with clock.at(session.ends_at + timedelta(hours=hours)):
            call_in_lists()
            return len(lists_to_take(cast.carlos, cast.programme)), len(lists_overdue(cast.paula, cast.programme)), SentMail.objects.filter(template="delivery/mail/list_missing").count()

    assert day_after(23) == (1, 0, 0)
    assert day_after(25) == (1, 1, 1)
    assert day_after(49) == (1, 1, 1), "one mail, not one a day"
    assert lists_overdue(cast.oskar, cast.programme) == [], "another municipality's"
    mail = SentMail.objects.get(template="delivery/mail/list_missing")
    assert mail.to == cast.carlos.identity.email and str(session) not in mail.subject + mail.text
    with clock.at(session.ends_at + timedelta(hours=50)):
        send(cast, session, [Mark(cast.bo.uid, seen="")])
    assert day_after(51) == (0, 0, 1)


def test_a_list_without_a_trainer_is_called_in_from_the_process_leader(cast, session):
    Session.objects.filter(pk=session.pk).update(trainer=None)
    with clock.at(session.ends_at + timedelta(hours=25)):
        call_in_lists()
    assert SentMail.objects.get(template="delivery/mail/list_missing").to == cast.paula.identity.email


def test_lists_forgotten_long_ago_and_cancelled_sessions_are_not_mailed_about(cast, session):
    with clock.at(session.ends_at + timedelta(days=40)):
        assert queries.lists_to_call_in() == []
    actions.cancel_session(session=session, reason="Snö", by=cast.amal)
    with clock.at(session.ends_at + timedelta(days=2)):
        assert queries.lists_to_call_in() == []


def test_missing_lists_cost_the_same_with_one_and_with_four(cast, session, queries_of):
    with clock.at(session.ends_at + timedelta(hours=60)):
        lists_overdue(cast.paula, cast.programme)  # what is looked up once for a process is not counted
        one = queries_of(lambda: lists_overdue(cast.paula, cast.programme))
    for days in (-1, -2, -3):
        session_of(cast, days=days, place=None)
    with clock.at(session.ends_at + timedelta(hours=60)):
        assert len(lists_overdue(cast.paula, cast.programme)) == 4
        assert queries_of(lambda: lists_overdue(cast.paula, cast.programme)) == one
