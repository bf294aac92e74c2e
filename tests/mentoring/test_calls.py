"""One tap, who is told when, each turn once, what the phone shows, and what no mail says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.models import Link, SentMail
from handrail.mentoring import actions, queries, tasks
from handrail.mentoring.models import Call, CallStep, Contact, Mentorship
from handrail.people.models import Person
from tests.mentoring.world import Town, local

MINUTE = timedelta(minutes=1)


def told(call: Call) -> list[str]:
    return list(call.steps.values_list("turn", flat=True))


def mails() -> list[str]:
    return list(SentMail.objects.filter(template="mentoring/mail/asked").order_by("id").values_list("to", flat=True))


def link_of(mail: SentMail) -> str:
    return next(word for word in mail.text.split() if "/asked/" in word).partition("8000")[2]


def test_one_tap_makes_one_call_and_tells_the_mentor_at_once(town: Town) -> None:
    receipt = actions.ask_for_mentor(lifeline=town.lifeline, key="key-of-one-page")
    call = Call.objects.get()
    assert (receipt.state, receipt.result) == ("new", call.uid)
    assert told(call) == ["mentor"] and mails() == ["morten.dahl@strandby.example.org"]
    assert call.next_at == clock.now() + 30 * MINUTE


def test_same_key_and_another_tap_make_no_second_call(town: Town) -> None:
    for key, state in (("key-of-one-page", "new"), ("key-of-one-page", "again"), ("key-of-another-page", "new")):
        assert actions.ask_for_mentor(lifeline=town.lifeline, key=key).state == state
    assert Call.objects.count() == 1 and len(mails()) == 1
    with pytest.raises(RuleBroken, match="key"):
        actions.ask_for_mentor(lifeline=town.lifeline, key="")


def test_no_answer_goes_to_backup_then_coordinator_each_once(town: Town) -> None:
    call, start = town.call(), clock.now()
    for after, expected in ((29, ["mentor"]), (30, ["mentor", "backup"]), (31, ["mentor", "backup"]), (59, ["mentor", "backup"]), (60, ["mentor", "backup", "coordinator"]), (900, ["mentor", "backup", "coordinator"])):
        with clock.at(start + after * MINUTE):
            tasks.catch_up()
            actions.escalate(call=call)
            assert told(call) == expected, after
    assert mails() == ["morten.dahl@strandby.example.org", "leyla.omar@strandby.example.org", "sofie.lund@strandby.example.org"]
    call.refresh_from_db()
    assert call.next_at is None


def test_nights_stop_the_clock(town: Town) -> None:
    with clock.at(local(18, 21, 50)):
        call = town.call()
        assert call.next_at == local(19, 7, 20)
    with clock.at(local(19, 3)):
        tasks.catch_up()
        assert told(call) == ["mentor"]
    with clock.at(local(19, 7, 20)):
        tasks.catch_up()
        assert told(call) == ["mentor", "backup"]


def test_without_backup_or_mentor_the_coordinator_is_told(town: Town) -> None:
    Mentorship.objects.update(backup=None)
    call = town.call()
    with clock.at(clock.now() + 30 * MINUTE):
        tasks.catch_up()
    assert told(call) == ["mentor", "coordinator"]
    actions.close_call(call=call, by=town.sofie)
    actions.relieve_mentor(mentorship=town.mentorship, reason="done", by=town.sofie)
    again = town.call()
    assert told(again) == ["coordinator"] and again.next_at is None


def test_mentor_without_an_address_is_passed_over(town: Town) -> None:
    identity = town.morten.person.identity
    identity.email = ""
    identity.save()
    assert told(town.call()) == ["backup"]


def test_turn_is_unique_in_the_database(town: Town) -> None:
    call = town.call()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallStep.objects.create(call=call, turn="mentor", told_at=clock.now())


def test_task_is_asked_for_with_each_telling_and_answer(town: Town) -> None:
    from django_tasks_db.models import DBTaskResult

    call = town.call()
    row = DBTaskResult.objects.get(task_path="handrail.mentoring.tasks.tell_next")
    assert row.args_kwargs["kwargs"] == {"call": str(call.uid)}
    assert timedelta(minutes=29) < row.run_after - clock.real_now() <= 30 * MINUTE
    actions.answer_call(call=call, by=town.morten.person)
    assert DBTaskResult.objects.filter(task_path="handrail.mentoring.tasks.tell_next").count() == 2
    with clock.at(clock.now() + 31 * MINUTE):
        tasks.tell_next.call(call=str(call.uid))
        assert told(call) == ["mentor", "backup"]


def test_what_fails_in_the_middle_of_telling_leaves_nothing_behind(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    call = town.call()

    def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("killed")

    with clock.at(clock.now() + 30 * MINUTE):
        with monkeypatch.context() as patch:
            patch.setattr("handrail.mentoring.actions.calls.announce", broken)
            with pytest.raises(RuntimeError):
                tasks.catch_up()
        assert told(call) == ["mentor"] and mails() == ["morten.dahl@strandby.example.org"]
        tasks.catch_up()
        assert told(call) == ["mentor", "backup"] and len(mails()) == 2


def test_answer_stops_the_clock_once_and_a_second_one_learns_who_rings(town: Town) -> None:
    call, start = town.call(), clock.now()
    with clock.at(start + 30 * MINUTE):
        tasks.catch_up()
    with clock.at(start + 40 * MINUTE):
        answered = actions.answer_call(call=call, by=town.leyla.person)
        assert (answered.answered_by, answered.next_at) == (town.leyla.person, start + 70 * MINUTE)
        assert actions.answer_call(call=call, by=town.leyla.person).answered_at == answered.answered_at
        with pytest.raises(RuleBroken, match="Leyla Omar rings already"):
            actions.answer_call(call=call, by=town.morten.person)
        for one in (town.sofie, town.karen, town.stranger):
            with pytest.raises(RuleBroken, match="not told"):
                actions.answer_call(call=call, by=one)
    with clock.at(start + 70 * MINUTE):
        tasks.catch_up()
        assert told(call) == ["mentor", "backup", "coordinator"], "nobody was reached: the next one is told all the same"
        assert actions.answer_call(call=call, by=town.sofie).answered_by == town.sofie


def test_reached_ends_the_call_and_logs_the_minutes_once(town: Town) -> None:
    call = town.call()
    actions.answer_call(call=call, by=town.morten.person)
    contact = actions.report_reached(call=call, minutes=12, how="phone", by=town.morten.person)
    assert (contact.minutes, contact.how, contact.mentor, contact.case) == (12, "phone", town.morten, town.case)
    for act in (
        lambda: actions.report_reached(call=call, minutes=12, how="phone", by=town.morten.person), lambda: actions.answer_call(call=call, by=town.morten.person),
        lambda: actions.close_call(call=call, by=town.sofie),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match="settled"):
            act()
    with clock.at(clock.now() + 90 * MINUTE):
        tasks.catch_up()
    assert told(call) == ["mentor"] and Contact.objects.count() == 1
    rows = queries.calls_of_case(town.case)
    assert [(row.answered_by, row.minutes, row.end, row.spoke) for row in rows] == [("Morten Dahl", 0, "Reached", 12)]


def test_coordinator_who_reaches_somebody_logs_minutes_without_a_mentor(town: Town) -> None:
    actions.relieve_mentor(mentorship=town.mentorship, reason="done", by=town.sofie)
    contact = actions.report_reached(call=town.call(), minutes=5, how="phone", by=town.sofie)
    assert contact.mentor is None


def test_taken_back_tells_nobody_else(town: Town) -> None:
    call = town.call()
    for _tap in range(2):
        actions.take_call_back(lifeline=town.lifeline, key="key-of-the-waiting-page")
    with clock.at(clock.now() + 90 * MINUTE):
        tasks.catch_up()
    call.refresh_from_db()
    assert (call.end, told(call)) == ("taken_back", ["mentor"])
    assert town.call().pk != call.pk


def test_no_mail_says_who_or_what(town: Town) -> None:
    town.call()
    with clock.at(clock.now() + 90 * MINUTE):
        tasks.catch_up()
        tasks.catch_up()
    for mail in SentMail.objects.filter(template="mentoring/mail/asked"):
        said = mail.subject + mail.text
        for word in ("Dana", "Hemmelig", "Morten", "Leyla", "Place", "ST-", "flygtning", "Strandby", "mentor"):
            assert word.lower() not in said.lower().replace("place & train", ""), word
        assert str(town.case.uid) not in said and str(town.lifeline.uid) not in said
    assert SentMail.objects.filter(subject__contains="Min sida").exists() or SentMail.objects.filter(subject__contains="My page").exists()


# --- the phone


def phone(town: Town, **query: str) -> Any:
    return Client().get(reverse("mentoring:lifeline", args=[town.token]), query)


def key_on(answer: Any) -> str:
    text = answer.content.decode()
    return str(text.partition('name="key" value="')[2].partition('"')[0])


def tap(town: Town, key: str, **more: str) -> Any:
    return Client().post(reverse("mentoring:lifeline", args=[town.token]), {"key": key, "act": "ask", "language": "ar", **more})


def test_phone_shows_two_buttons_and_no_name_of_the_person(town: Town) -> None:
    answer = phone(town)
    html = answer.content.decode()
    assert answer.status_code == 200 and html.count("<button") == 1 and html.count("data-exit") == 1
    assert 'lang="ar" dir="rtl"' in html and "<title>صفحتي</title>" in html
    assert "Text not yet checked by a native speaker." in html and "Teksten er ikke læst igennem" in html
    for word in ("Dana", "Hemmelig", "Handrail", "Strandby", town.case.number, "22 11 00 99", "20304050", "csrf", "Set-Cookie"):
        assert word not in html, word
    assert not answer.cookies and answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("code", "direction", "says"), [("da", "ltr", "Kontakt Morten"), ("ti", "ltr", "Morten"), ("fa-AF", "rtl", "Morten"), ("so", "ltr", "La xiriir Morten"), ("uk", "ltr", "Morten"), ("en", "ltr", "Reach Morten"), ("xx", "rtl", "التواصل مع")])
def test_phone_speaks_seven_languages(town: Town, code: str, direction: str, says: str) -> None:
    html = phone(town, language=code).content.decode()
    assert f'dir="{direction}"' in html and says in html
    assert ("not yet checked" in html) == (code not in ("da", "en"))


def test_double_tap_and_reload_do_nothing_twice(town: Town) -> None:
    key = key_on(phone(town))
    first, second = tap(town, key), tap(town, key)
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"] == reverse("mentoring:lifeline", args=[town.token]) + "?language=ar"
    assert Call.objects.count() == 1 and len(mails()) == 1
    assert tap(town, "").status_code == 422


def test_phone_follows_the_call_in_its_own_language(town: Town) -> None:
    start = clock.now()
    tap(town, key_on(phone(town)), language="en")
    html = phone(town).content.decode()
    assert "Somebody will answer." in html and "Sent at 10:00" in html and "No answer from Morten by 10:30: we tell Leyla." in html, "the language of the tap is kept"
    assert 'href="tel:+4520304050"' in html and "tel:112" in html
    with clock.at(start + 30 * MINUTE):
        tasks.catch_up()
        html = phone(town).content.decode()
        assert "Somebody else is helping now." in html and "Leyla was told at 10:30." in html and "No answer by 11:00: we tell the coordinator." in html
        actions.answer_call(call=Call.objects.get(), by=town.leyla.person)
        html = phone(town).content.decode()
        assert "Leyla has seen it and will ring." in html and "No answer by" not in html
    with clock.at(start + 65 * MINUTE):
        tasks.catch_up()
        actions.answer_call(call=Call.objects.get(), by=town.sofie)
        html = phone(town).content.decode()
        assert "The coordinator has seen it and will ring." in html and "Sofie" not in html
        actions.report_reached(call=Call.objects.get(), minutes=5, how="phone", by=town.sofie)
        assert "Reach Morten" in phone(town).content.decode()


def test_number_is_shown_only_where_agreed_and_never_before_a_tap(town: Town) -> None:
    assert "tel:+45" not in phone(town).content.decode()
    actions.change_mentor(mentor=town.morten, shows_phone=False, by=town.sofie)
    tap(town, key_on(phone(town)))
    assert "tel:+45" not in phone(town).content.decode()


def test_take_back_by_button(town: Town) -> None:
    tap(town, key_on(phone(town)))
    tap(town, key_on(phone(town)), act="back")
    assert Call.objects.get().end == "taken_back"


def test_by_night_the_phone_says_when_somebody_answers(town: Town) -> None:
    with clock.at(local(18, 23)):
        assert "It is night. An answer comes after 07:00." in phone(town, language="en").content.decode()
    assert "An answer comes within 30 minutes." in phone(town, language="en").content.decode()


def test_renewed_revoked_and_made_up_links(town: Town) -> None:
    old = town.token
    _same, town.token = actions.make_lifeline(case=town.case, language="ti", by=town.karen)
    client = Client()
    assert client.get(reverse("mentoring:lifeline", args=[old])).status_code == 410
    assert phone(town).status_code == 200
    actions.end_lifeline(lifeline=town.lifeline, by=town.sofie)
    assert phone(town).status_code == 410 and tap(town, "key-of-a-page").status_code == 410
    assert client.get(reverse("mentoring:lifeline", args=["nonsense"])).status_code == 404
    assert not Call.objects.exists()


def test_too_many_taps_are_slowed_down(town: Town) -> None:
    answers = [tap(town, f"key-number-{number}").status_code for number in range(13)]
    assert answers == [302] * 12 + [429]


def test_drafts_live_only_where_switched_on_knowingly(town: Town, settings: Any) -> None:
    settings.LOCAL_MODE = False
    assert [one.code for one in queries.offered_languages(town.programme)] == ["en", "da"]
    with pytest.raises(RuleBroken, match="not offered"):
        actions.make_lifeline(case=town.case, language="ar", by=town.karen)
    actions.switch_language(programme=town.programme, language="ar", is_on=True, by=town.sofie)
    assert [one.code for one in queries.offered_languages(town.programme)] == ["en", "da", "ar"]
    assert queries.shown(town.lifeline).language.is_draft, "still marked"
    actions.switch_language(programme=town.programme, language="ar", is_on=False, by=town.sofie)
    assert queries.shown(town.lifeline).language.code == "en"
    for code in ("da", "xx"):
        with pytest.raises(RuleBroken, match="Only a draft"):
            actions.switch_language(programme=town.programme, language=code, is_on=True, by=town.sofie)


def test_quick_exit_leads_to_a_page_that_says_nothing(town: Town) -> None:
    html = Client().get(reverse("mentoring:away")).content.decode()
    assert "<title>April 2018</title>" in html and "href=\"/" not in html.replace("/static/", "") and "Handrail" not in html and "<a" not in html


# --- whoever was told


def test_mails_link_answers_without_an_account_and_only_by_a_tap(town: Town) -> None:
    call = town.call()
    path, client = link_of(SentMail.objects.get(template="mentoring/mail/asked")), Client()
    html = client.get(path).content.decode()
    assert "Dana" not in html and "22 11 00 99" not in html, "before the tap it names nobody"
    call.refresh_from_db()
    assert call.answered_at is None, "mail programs look too"
    assert client.post(path, {"act": "ring"}).status_code == 302
    html = client.get(path).content.decode()
    assert "Dana" in html and "22 11 00 99, ring" in html and "Hemmelig" not in html and town.case.number not in html
    assert client.post(path, {"act": "reached", "minutes": "x", "how": "phone"}).status_code == 200
    assert client.post(path, {"act": "reached", "minutes": "7", "how": "phone"}).status_code == 200
    assert Contact.objects.get().minutes == 7
    assert client.get(path).status_code == 410


def test_mails_link_ends_with_the_mentorship(town: Town) -> None:
    town.call()
    path = link_of(SentMail.objects.get(template="mentoring/mail/asked"))
    actions.relieve_mentor(mentorship=town.mentorship, reason="mentor", by=town.sofie)
    assert Client().get(path).status_code == 404
    assert Call.objects.get().answered_by is None


def test_call_is_seen_by_those_told_and_while_it_is_open(town: Town) -> None:
    call, people = town.call(), [town.morten.person, town.leyla.person, town.sofie, town.karen, town.ola, town.stranger]

    def sees() -> list[bool]:
        return [queries.calls_visible_to(Person.objects.get(pk=one.pk)).filter(pk=call.pk).exists() for one in people]

    assert sees() == [True, False, False, False, False, False]
    for minutes, expected in ((30, [True, True, False, False, False, False]), (60, [True, True, True, False, False, False])):
        with clock.at(call.asked_at + minutes * MINUTE):
            tasks.catch_up()
            assert sees() == expected
    actions.close_call(call=call, by=town.sofie)
    assert sees() == [False] * 6


def test_sweep_is_registered_and_a_fault_in_it_stops_no_worker(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from handrail.kit.management.commands import worker

    call = town.call()
    looked: list[datetime] = []

    def broken() -> None:
        raise ValueError("no")

    monkeypatch.setattr(later, "_sweeps", {"broken": broken, **later._sweeps, "after": lambda: looked.append(clock.now())})
    with clock.at(clock.now() + 30 * MINUTE):
        worker.run_sweeps()
    assert told(call) == ["mentor", "backup"] and len(looked) == 1


def test_links_of_an_ended_call_are_ended(town: Town, run_later: Callable[[], int]) -> None:
    town.call()
    actions.take_call_back(lifeline=town.lifeline, key="key-of-the-waiting-page")
    assert not Link.objects.filter(purpose="call", revoked_at=None).exists()
