"""Letting somebody in again: two administrators, in time, neither of them the person; the person is told and can stop it (A7, A8)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, SentMail
from handrail.people import actions, queries
from handrail.people.models import Account, Grant, Person, Recovery, Role
from tests.people.test_sign_in import PASSWORD, page_of, sign_in

SECRET = "JBSWY3DPEHPK3PXP"
NEW = "en helt annan mening"
CALLED = {"checked": "called", "reason": "Ny telefon"}
ANSWER_TIMES = 7


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@dataclass
class Played:
    """Paula has lost her phone; Ada and Bea are administrators."""

    paula: Account
    ada: Person
    bea: Person


def administrator(given: str) -> Person:
    """Somebody who administers the whole installation and can sign in."""
    person = actions.add_person(given_name=given, family_name="Min", email=f"{given}.min@example.org", by=None)
    actions.grant_role(person=person, role=Role.ADMINISTRATOR, by=None)
    actions.open_account(person=person, password=PASSWORD, by=None)
    return person


@pytest.fixture
def played(cast: Any) -> Played:
    account = actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return Played(account, administrator("Ada"), administrator("Bea"))


def opened(played: Played) -> Recovery:
    return actions.open_recovery(account=played.paula, by=played.ada, **CALLED)


def mails(name: str) -> list[str]:
    """To whom a kind of mail went."""
    return list(SentMail.objects.filter(template=f"people/mail/{name}").order_by("to").values_list("to", flat=True))


def link_in(name: str) -> str:
    """The path in the latest mail of a kind."""
    mail = SentMail.objects.filter(template=f"people/mail/{name}").latest("pk")
    found = re.search(r"http://[^/\s]+(/recovery\S+)", mail.text)
    assert found, mail.text
    return found.group(1)


def journal(*names: str) -> list[tuple[str, Any]]:
    rows = JournalEntry.objects.filter(name__in=names).order_by("pk")
    return [(row.name, row.by) for row in rows]


def test_two_administrators_let_somebody_in_again(played: Played, client_of: Callable[[Any], Client]) -> None:
    device = client_of(played.paula.person)
    assert device.get("/security/").status_code == 200
    recovery = opened(played)
    assert mails("recovery_opened") == ["paula.ek@example.org"]
    assert mails("recovery_waits") == ["bea.min@example.org"]
    assert device.get("/security/").status_code == 200, "nothing changes before the second one agrees"
    actions.confirm_recovery(recovery=recovery, by=played.bea)
    assert not Authenticator.objects.filter(user=played.paula).exists()
    assert device.get("/security/").status_code == 302, "A7: every session is dead"
    assert sign_in(Client(), "paula.ek@example.org").status_code == 200, "the old password alone would open everything"
    url = link_in("recovery_confirmed")
    client = Client()
    page = client.get(url)
    assert "paula.ek@example.org" in page.content.decode()
    assert "Paula" not in page.content.decode().replace("paula.ek", "")
    answer = client.post(url, {"password": NEW, "again": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/security/")
    assert "Lägg till en passnyckel" in client.get("/security/").content.decode()
    assert Client().post(url, {"password": PASSWORD, "again": PASSWORD}).status_code == 410, "once only"
    assert sign_in(Client(), "paula.ek@example.org", NEW)["Location"] == "/home/"
    recovery.refresh_from_db()
    assert (recovery.state, recovery.opened_by, recovery.confirmed_by) == ("finished", played.ada, played.bea)
    assert journal("RecoveryOpened", "RecoveryConfirmed", "SecondFactorRemoved", "SessionsEnded", "RecoveryFinished") == [
        ("RecoveryOpened", played.ada.uid), ("SecondFactorRemoved", played.bea.uid), ("SessionsEnded", played.bea.uid), ("RecoveryConfirmed", played.bea.uid),
        ("RecoveryFinished", played.paula.person.uid),
    ]  # fmt: skip
    written = " ".join(str(row.data) for row in JournalEntry.objects.all())
    assert "Ny telefon" not in written
    assert "@" not in written


def test_whoever_is_let_in_again_sets_up_a_second_factor_before_anything_else(played: Played, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    actions.confirm_recovery(recovery=opened(played), by=played.bea)
    client = Client()
    answer = client.post(link_in("recovery_confirmed"), {"password": NEW, "again": NEW}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/second-factor/on/")
    assert b"/account/passkeys/new/" in answer.content


def test_recovery_is_refused_in_words(played: Played, cast: Any) -> None:
    def why(act: Callable[..., Any], **known: Any) -> str:
        with pytest.raises(RuleBroken) as refused:
            act(**known)
        return str(refused.value.message)

    ada = Account.objects.get(person=played.ada)
    TOTP.activate(ada, SECRET)
    assert "för dig själv" in why(actions.open_recovery, account=ada, by=played.ada, **CALLED)
    assert "Bara en administratör" in why(actions.open_recovery, account=played.paula, by=cast.amal, **CALLED)
    assert "ett nytt lösenord räcker" in why(actions.open_recovery, account=Account.objects.get(person=played.bea), by=played.ada, **CALLED)
    assert "förvissade" in why(actions.open_recovery, account=played.paula, checked="dreamt", reason="x", by=played.ada)
    assert "några ord" in why(actions.open_recovery, account=played.paula, checked="met", reason="  ", by=played.ada)
    recovery = opened(played)
    assert "redan öppen" in why(actions.open_recovery, account=played.paula, by=played.bea, **CALLED)
    assert "själv" in why(actions.confirm_recovery, recovery=recovery, by=played.ada)
    assert "Bara en administratör" in why(actions.confirm_recovery, recovery=recovery, by=cast.amal)
    actions.grant_role(person=played.paula.person, role=Role.ADMINISTRATOR, by=None)
    assert "din egen" in why(actions.confirm_recovery, recovery=recovery, by=played.paula.person)
    with clock.at(clock.now() + timedelta(hours=48)):
        assert "gått ut" in why(actions.confirm_recovery, recovery=recovery, by=played.bea)
    actions.stop_recovery(recovery=recovery, by=played.bea)
    assert "inte längre öppen" in why(actions.confirm_recovery, recovery=recovery, by=played.bea)
    assert "redan avslutad" in why(actions.stop_recovery, recovery=recovery, by=played.bea)
    assert Authenticator.objects.filter(user=played.paula).count() == 2
    actions.close_account(account=played.paula, by=cast.amal)
    assert "stängt" in why(actions.open_recovery, account=played.paula, by=played.ada, **CALLED)


def test_recovery_opened_by_somebody_who_is_no_longer_administrator_is_refused(played: Played) -> None:
    recovery = opened(played)
    actions.end_grant(grant=Grant.objects.get(person=played.ada), by=None)
    with pytest.raises(RuleBroken, match="inte längre administratör"):
        actions.confirm_recovery(recovery=recovery, by=played.bea)


def test_administrator_of_one_programme_recovers_nobody(played: Played, cast: Any, client_of: Callable[[Any], Client]) -> None:
    actions.grant_role(person=cast.bo, role=Role.ADMINISTRATOR, programme=cast.programme.uid, by=None)
    with pytest.raises(RuleBroken):
        actions.open_recovery(account=played.paula, by=cast.bo, **CALLED)
    assert client_of(cast.bo).get("/recoveries/").status_code == 404


def test_two_is_held_by_the_database_too(played: Played) -> None:
    recovery = opened(played)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=recovery.pk).update(confirmed_by=played.ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.create(account=played.paula, state="asked", asked_at=clock.now(), expires_at=clock.now())


def test_expired_recovery_makes_room_for_a_new_one(played: Played) -> None:
    first = opened(played)
    with clock.at(clock.now() + timedelta(hours=49)):
        second = actions.open_recovery(account=played.paula, by=played.bea, **CALLED)
        actions.confirm_recovery(recovery=second, by=played.ada)
    first.refresh_from_db()
    assert first.state == "expired"


def test_the_person_stops_it_by_the_link_from_the_mail(played: Played) -> None:
    recovery = opened(played)
    url = link_in("recovery_opened")
    visitor = Client()
    assert "Var det inte du?" in visitor.get(url).content.decode()
    assert recovery.state == Recovery.objects.get().state, "looking changes nothing: mail programs look, too"
    assert "är stoppad" in visitor.post(url).content.decode()
    with pytest.raises(RuleBroken):
        actions.confirm_recovery(recovery=recovery, by=played.bea)
    assert Authenticator.objects.filter(user=played.paula).exists()
    assert journal("RecoveryStopped") == [("RecoveryStopped", played.paula.person.uid)]
    assert "är stoppad" in visitor.get(url).content.decode()
    assert Client().get("/recovery/stop/nonsense/").status_code == 404


def test_stopping_after_both_agreed_shuts_the_link_to_a_new_password(played: Played) -> None:
    recovery = opened(played)
    stop = link_in("recovery_opened")
    actions.confirm_recovery(recovery=recovery, by=played.bea)
    url = link_in("recovery_confirmed")
    assert "togs bort innan dess" in Client().post(stop).content.decode()
    assert Client().get(url).status_code == 410
    assert Client().post(url, {"password": NEW, "again": NEW}).status_code == 410
    again = actions.open_recovery(account=played.paula, by=played.bea, **CALLED)
    actions.confirm_recovery(recovery=again, by=played.ada)
    assert Client().get(link_in("recovery_confirmed")).status_code == 200


def test_link_to_a_new_password_runs_out_and_a_mailbox_alone_opens_nothing(played: Played) -> None:
    actions.confirm_recovery(recovery=opened(played), by=played.bea)
    url = link_in("recovery_confirmed")
    with clock.at(clock.now() + timedelta(hours=25)):
        page = Client().get(url)
        assert page.status_code == 410
        assert "paula" not in page.content.decode()
    Client().post("/account/password/reset/", {"email": "paula.ek@example.org"})
    assert mails("password_reset_key") == []
    assert mails("unknown_account") == ["paula.ek@example.org"]
    assert Client().get("/recovery/password/nonsense/").status_code == 404
    weak = Client().post(url, {"password": "kort", "again": "kort"})
    assert weak.status_code == 200, "a weak password does not spend the link"
    assert Client().post(url, {"password": NEW, "again": NEW}).status_code == 302
    Client().post("/account/password/reset/", {"email": "paula.ek@example.org"})
    assert mails("password_reset_key") == ["paula.ek@example.org"], "afterwards as everybody"


def test_earlier_link_to_a_new_password_dies_with_the_recovery(played: Played) -> None:
    Client().post("/account/password/reset/", {"email": "paula.ek@example.org"})
    url = next(word for word in SentMail.objects.get(template="people/mail/password_reset_key").text.split() if "/reset/key/" in word)
    actions.confirm_recovery(recovery=opened(played), by=played.bea)
    assert Client().get(url.removeprefix("http://testserver")).context["token_fail"]


def test_asking_says_the_same_of_everybody_and_does_the_same(played: Played, cast: Any, queries_of: Callable[..., int]) -> None:
    """A8: with a second factor, without, closed, unknown: text, status, queries; what follows happens in the worker."""
    actions.open_account(person=cast.birgit, password=PASSWORD, by=None)
    closed = actions.open_account(person=cast.bo, password=PASSWORD, by=None)
    actions.close_account(account=closed, by=cast.amal)
    pages, counts = set(), set()
    Client().post("/recovery/", {"email": "first@example.org"})  # from here on the network is counted already
    for email in ("paula.ek@example.org", "birgit.nystrom@example.org", "bo.holm@example.org", "nobody@example.org"):
        answers: list[Any] = []
        counts.add(queries_of(lambda email=email, answers=answers: answers.append(Client().post("/recovery/", {"email": email}))))
        pages.add((answers[0].status_code, page_of(answers[0])))
    assert len(pages) == 1
    assert len(counts) == 1
    assert not Recovery.objects.exists()
    later.run_waiting()
    assert list(Recovery.objects.values_list("account", "state")) == [(played.paula.pk, "asked")]
    assert mails("recovery_waits") == ["ada.min@example.org", "bea.min@example.org"]
    assert mails("recovery_opened") == []


def test_asking_takes_as_long_for_an_unknown_address(played: Played) -> None:
    from statistics import median

    ratios = []
    for _round in range(ANSWER_TIMES):
        took = {}
        for email in ("paula.ek@example.org", f"nobody{_round}@example.org"):
            started = time.process_time()
            Client().post("/recovery/", {"email": email})
            took[email[0]] = time.process_time() - started
        ratios.append(took["p"] / took["n"])
    assert 0.6 < median(ratios) < 1.67


def test_asking_twice_is_one_wish_and_asking_often_is_limited(played: Played) -> None:
    answers = [Client().post("/recovery/", {"email": "paula.ek@example.org"}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    later.run_waiting()
    assert Recovery.objects.count() == 1
    assert len(mails("recovery_waits")) == 2


def test_administrators_see_what_waits_and_do_it_on_their_pages(played: Played, cast: Any) -> None:
    Client().post("/recovery/", {"email": "paula.ek@example.org"})
    later.run_waiting()
    found = Recovery.objects.get()
    ada, bea = (fresh(person) for person in (played.ada, played.bea))
    assert "paula.ek@example.org" in ada.get("/recoveries/").content.decode()
    assert "Någon kan inte logga in" in ada.get("/home/tasks/").content.decode()
    url = f"/recoveries/{found.uid}/"
    assert "Ange hur" not in ada.get(url).content.decode()
    assert ada.post(url, {"checked": "met", "reason": ""}).status_code == 200
    assert ada.post(url, {"checked": "met", "reason": "Ny telefon"})["Location"] == url
    page = ada.get(url).content.decode()
    assert "Godkänn<" not in page.replace(">Godkänn <", ">Godkänn<")
    assert "Du öppnade den" in page
    assert "själv" in ada.post(url).content.decode(), "refused in words"
    assert "Någon kan inte logga in" not in ada.get("/home/tasks/").content.decode()
    page = bea.get(url).content.decode()
    assert "Ada Min" in page
    assert "Ny telefon" in page
    assert bea.post(url)["Location"] == "/recoveries/"
    assert Recovery.objects.get().state == "confirmed"
    assert mails("recovery_confirmed") == ["paula.ek@example.org"]


def test_administrator_opens_for_whoever_told_them(played: Played) -> None:
    ada = fresh(played.ada)
    wrong = ada.post("/recoveries/open/", {"email": "nobody@example.org", **CALLED})
    assert "Ingen loggar in med den adressen" in wrong.content.decode()
    answer = ada.post("/recoveries/open/", {"email": "Paula.Ek@example.org", **CALLED})
    assert answer["Location"] == f"/recoveries/{Recovery.objects.get().uid}/"
    own = ada.post("/recoveries/open/", {"email": "ada.min@example.org", **CALLED})
    assert "för dig själv" in own.content.decode()
    assert ada.post(f"/recoveries/{Recovery.objects.get().uid}/stop/")["Location"] == "/recoveries/"
    assert Recovery.objects.get().state == "stopped"


def test_administrator_shows_again_who_they_are_before_acting(played: Played, client_of: Callable[[Any], Client]) -> None:
    recovery = opened(played)
    client = client_of(played.bea)  # no proof in this session
    url = f"/recoveries/{recovery.uid}/"
    assert client.get(url).status_code == 200
    answer = client.post(url)
    assert answer["Location"].startswith("/account/confirm/")
    assert Recovery.objects.get().state == "open"
    answer = client.post(answer["Location"], {"password": PASSWORD, "next": url})
    assert answer["Location"] == "/recoveries/"
    assert Recovery.objects.get().state == "confirmed"


def test_recoveries_are_for_administrators_only(played: Played, cast: Any, client_of: Callable[[Any], Client]) -> None:
    recovery = opened(played)
    for person in (cast.amal, cast.paula, cast.elin, cast.stranger):
        client = client_of(person)
        for url in ("/recoveries/", "/recoveries/open/", f"/recoveries/{recovery.uid}/", f"/recoveries/{recovery.uid}/stop/"):
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert Recovery.objects.get().state == "open"


def test_operator_is_the_second_pair_of_eyes(played: Played) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="No recovery is open"):
        call_command("recovery", "--agree", "paula.ek@example.org")
    opened(played)
    call_command("recovery", stdout=said)
    assert "paula.ek@example.org: opened by ada.min@example.org" in said.getvalue()
    call_command("recovery", "--agree", "Paula.Ek@example.org", stdout=said)
    assert Recovery.objects.get().state == "confirmed"
    assert journal("RecoveryConfirmed") == [("RecoveryConfirmed", None)]
    assert mails("recovery_confirmed") == ["paula.ek@example.org"]


def test_operator_names_administrators_and_doctor_counts_them(db: None, settings: Any) -> None:
    from handrail.desk.doctor import findings

    settings.LOCAL_MODE, settings.ALLOWED_HOSTS, settings.SITE_URL = False, ["a.example", "b.example"], "https://a.example"
    said = [one.text for one in findings()]
    assert any("Nobody is an administrator" in text for text in said)
    assert any("not at b.example" in text for text in said)
    call_command("administrator", "ada@example.org", "--given-name", "Ada", stdout=StringIO())
    assert mails("invitation") == ["ada@example.org"]
    actions.open_account(person=Person.objects.get(identity__email="ada@example.org"), password=PASSWORD, by=None)
    assert any("There is one administrator" in one.text for one in findings())
    with pytest.raises(CommandError):
        call_command("administrator", "ada@example.org", stdout=StringIO())
    administrator("Bea")
    assert not any("administrator" in one.text for one in findings())
    assert [person.account.email for person in queries.administrators().order_by("pk")] == ["ada@example.org", "bea.min@example.org"]


def fresh(person: Person) -> Client:
    """An administrator who has just signed in."""
    client = Client()
    cache.clear()
    sign_in(client, person.identity.email)
    return client
