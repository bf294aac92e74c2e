"""Mails about seats: each change told once, neutral, with a calendar file that says only when."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.db import DataError, connection
from django.urls import reverse
from icalendar import Calendar

from handrail.delivery import actions, queries
from handrail.delivery.listeners import tasks
from handrail.delivery.models import Seat
from handrail.kit import clock
from handrail.kit.models import SentMail
from handrail.people.models import Identity
from tests.delivery.made import place_of, session_of


def mails():
    return list(SentMail.objects.order_by("id"))


def calendar_in(mail):
    return Calendar.from_ical(base64.b64decode(mail.attachments[0]["content"]))


def link_in(mail):
    return next(line.split("/s/")[1].strip("/") for line in mail.text.splitlines() if "/s/" in line)


def test_an_offer_is_told_once_and_says_neither_what_where_nor_why(cast, run_later):
    session = session_of(cast, place=place_of(cast, "Kulturhuset Anders"))
    seat = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula, why={"code": "hand"})
    run_later()
    tasks.tell_seats.call(session=str(session.uid))  # a task may run twice
    (mail,) = mails()
    said = mail.subject + mail.text + base64.b64decode(mail.attachments[0]["content"]).decode()
    for secret in ("Samtal genom tolk", "Kulturhuset", "Hörby", "Lärande för integration", "Carlos", "Birgit Nyström"):
        assert secret not in said
    assert mail.subject.startswith("Min sida") and "Hej Birgit" in mail.text
    calendar = calendar_in(mail)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST" and calendar.walk("VTIMEZONE")
    assert (str(event["UID"]).split("@")[0], int(event["SEQUENCE"]), str(event["STATUS"])) == (str(seat.uid), 1, "TENTATIVE")
    assert event["DTSTART"].dt == session.starts_at and "TZID=Europe/Stockholm" in base64.b64decode(mail.attachments[0]["content"]).decode()
    assert "LOCATION" not in event


def test_yes_no_and_cancelling_keep_the_uid_and_raise_the_sequence(cast, run_later):
    session = session_of(cast)
    seat = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula)
    run_later()
    actions.accept_seat(seat=seat, by=cast.birgit)
    run_later()
    actions.change_session(session=session, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1), by=cast.amal)
    run_later()
    actions.cancel_session(session=session, reason="Hemligt skäl", by=cast.amal)
    run_later()
    events = [calendar_in(mail).walk("VEVENT")[0] for mail in mails()]
    assert [str(calendar_in(mail)["METHOD"]) for mail in mails()] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [int(event["SEQUENCE"]) for event in events] == [1, 2, 3, 4]
    assert [str(event["STATUS"]) for event in events] == ["TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert all("Hemligt" not in mail.text for mail in mails())


def test_the_first_in_line_is_told_of_a_freed_seat(cast, run_later):
    session = session_of(cast, maximum=1)
    first = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula)
    actions.invite_to_session(session=session, person=cast.bo, by=cast.paula)
    run_later()
    actions.decline_seat(seat=first, by=cast.birgit)
    run_later()
    told = [(mail.to.split(".")[0], mail.template.split("/")[-1]) for mail in mails()]
    assert told == [("birgit", "invited"), ("bo", "waiting"), ("birgit", "ended"), ("bo", "invited")]


def test_the_manager_is_asked_first(cast, run_later):
    session = session_of(cast, needs_approval=True)
    seat = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula)
    run_later()
    actions.approve_seat(seat=seat, by=cast.lena)
    run_later()
    assert [mail.to.split(".")[0] for mail in mails()] == ["lena", "birgit"]
    assert "Birgit" not in mails()[0].text


def test_what_is_over_and_who_has_no_address_are_noted_without_mail(cast, run_later):
    old = session_of(cast, days=0, hours=-2)
    nobody = cast.more_staff(1)[0]
    actions.record_attendance(session=old, person=cast.birgit, by=cast.carlos)
    actions.invite_to_session(session=session_of(cast), person=nobody, by=cast.paula)
    run_later()
    tasks.tell_seats.call(session=str(old.uid))
    assert not mails()
    assert not queries.untold_seats(old.uid)


def test_reminders_leave_once_the_day_before(cast, run_later):
    tomorrow, later = session_of(cast, days=1), session_of(cast, days=3)
    for session in (tomorrow, later):
        actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula)
    run_later()
    SentMail.objects.all().delete()
    for _twice in range(2):
        tasks.remind()
    assert [mail.template for mail in mails()] == ["delivery/mail/reminder"]
    assert not mails()[0].attachments


def test_a_person_without_an_account_answers_and_checks_in_by_the_link(cast, client_of, run_later):
    from handrail.delivery.rules import code_at

    session = session_of(cast, days=0, place=place_of(cast))
    seat = actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula, why={"code": "hand"})
    run_later()
    token, visitor = link_in(mails()[0]), client_of()
    address = reverse("delivery:seat_by_link", args=[token])
    body = visitor.get(address).content.decode()
    assert "Kulturhuset" in body and str(seat.uid) not in body
    assert visitor.post(address, {"act": "accept"}).status_code == 302
    assert Seat.objects.get().state == "accepted"
    assert "BEGIN:VCALENDAR" in visitor.get(reverse("delivery:seat_calendar_by_link", args=[token])).content.decode()
    with clock.at(session.starts_at):
        assert visitor.post(address, {"act": "check-in", "code": "0000 0000"}).status_code == 200
        code = code_at(session.check_in_secret, session.uid, clock.now())
        assert visitor.post(address, {"act": "check-in", "code": f"{code[:4]} {code[4:]}".lower()}).status_code == 302
        assert "Välkommen, Birgit" in visitor.get(address).content.decode()
    assert visitor.get(reverse("delivery:seat_by_link", args=["x" * 27])).status_code == 404
    with clock.at(session.ends_at + timedelta(days=61)):
        assert visitor.get(address).status_code == 410


def test_the_own_calendar_tells_times_only_and_ends_at_once(cast, client_of):
    session = session_of(cast, place=place_of(cast))
    actions.invite_to_session(session=session, person=cast.birgit, by=cast.paula)
    client = client_of(cast.birgit)
    url = client.post(reverse("delivery:my_calendar"), {"make": "1"}).context["url"]
    path = "/" + url.split("/", 3)[3]
    body = client_of().get(path).content.decode()
    assert body.count("BEGIN:VEVENT") == 1 and "Kulturhuset" not in body and "Samtal" not in body
    client.post(reverse("delivery:my_calendar"), {"end_address": "1"})
    assert client_of().get(path).status_code == 410


def test_one_bad_address_keeps_nobody_else_untold(cast, caplog):
    """Given three people with offers and one address that the database refuses, then two are told, once, and the task says of which seat it could not."""
    session = session_of(cast)
    seats = [actions.invite_to_session(session=session, person=person, by=cast.paula) for person in (cast.birgit, cast.bo, cast.lena)]
    Identity.objects.filter(person=cast.bo).update(email="zqbad@example.org")

    def refuses(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "sentmail" in sql and any("zqbad" in str(one) for one in params):
            raise DataError("value too long: zqbad@example.org")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuses):
        for _time in range(2):
            with pytest.raises(actions.Untold) as fault:
                tasks.tell_seats.call(session=str(session.uid))
            assert fault.value.seats == [seats[1].uid]
    assert "zqbad" not in caplog.text + str(fault.value)
    assert sorted(mail.to for mail in mails()) == sorted(Identity.objects.filter(person__in=[cast.birgit, cast.lena]).values_list("email", flat=True))
    assert [one.uid for one in queries.untold_seats(session.uid)] == [seats[1].uid]
    tasks.tell_seats.call(session=str(session.uid))  # the address is mended
    assert len(mails()) == 3
    assert not queries.untold_seats(session.uid)
