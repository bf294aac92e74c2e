"""Signing in, the second factor, invitations, devices: what a stranger may not learn and when a session dies (A7, A8)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from handrail.kit import clock
from handrail.kit.models import SentMail, Throttle
from handrail.people import actions
from handrail.people.models import Account, Role

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/sign-in/", {"login": email, "password": password})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def page_of(response: Any) -> str:
    """The page without what differs by request: the form's token and what was typed."""
    import re

    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", text)


def test_sign_in_leads_home_and_back_to_where_one_came_from(cast: Any) -> None:
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    client = Client()
    response = client.get("/security/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=%2Fsecurity%2F")
    response = client.post("/sign-in/?next=/security/", {"login": "Paula.Ek@example.org", "password": PASSWORD, "next": "/security/"})
    assert (response.status_code, response["Location"]) == (302, "/security/")
    assert "paula.ek@example.org" in client.get("/security/").content.decode()
    assert sign_in(Client(), "paula.ek@example.org")["Location"] == "/home/"


def test_sign_in_fields_can_be_filled_in_by_a_password_manager(db: None) -> None:
    page = Client().get("/sign-in/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "placeholder" not in page


def test_sign_in_says_the_same_of_a_known_and_an_unknown_address(cast: Any) -> None:
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    closed = actions.open_account(person=cast.bo, password=PASSWORD, by=None)
    actions.close_account(account=closed, by=cast.amal)
    pages = {
        (response.status_code, page_of(response))
        for email in ("paula.ek@example.org", "nobody@example.org", "bo.holm@example.org")
        for response in [sign_in(Client(), email, "wrong wrong wrong")]
    }
    assert len(pages) == 1
    assert next(iter(pages))[0] == 200


def test_sign_in_takes_as_long_for_an_unknown_address(cast: Any, settings: Any) -> None:
    """The real hash: the time of a wrong password for a known address and for none differ less than a hash takes."""
    from statistics import median

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    known, unknown = [], []
    for _round in range(7):
        for email, times in (("paula.ek@example.org", known), ("nobody@example.org", unknown)):
            started = time.process_time()
            sign_in(Client(), email, "wrong wrong wrong")
            times.append(time.process_time() - started)
    assert 0.6 < median(known) / median(unknown) < 1.67


def test_reset_says_and_mails_the_same_for_a_known_and_an_unknown_address(cast: Any) -> None:
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    answers = set()
    for email in ("paula.ek@example.org", "nobody@example.org"):
        client = Client()
        response = client.post("/account/password/reset/", {"email": email})
        answers.add((response.status_code, response["Location"], page_of(client.get(response["Location"]))))
    assert len(answers) == 1
    subjects = list(SentMail.objects.order_by("id").values_list("to", "subject"))
    assert subjects == [("paula.ek@example.org", "Min sida"), ("nobody@example.org", "Min sida")]


def test_reset_by_link_changes_the_password_once_and_ends_every_session(cast: Any, client_of: Callable[[Any], Client]) -> None:
    other = client_of(cast.paula)
    assert other.get("/security/").status_code == 200
    Client().post("/account/password/reset/", {"email": "paula.ek@example.org"})
    mail = SentMail.objects.get()
    url = next(word for word in mail.text.split() if "/reset/key/" in word).removeprefix("http://testserver")
    client = Client()
    form = client.get(url)["Location"]
    new = "en helt annan mening"
    response = client.post(form, {"password1": new, "password2": new})
    assert response["Location"] == "/account/password/reset/done/"
    assert other.get("/security/").status_code == 302, "A7: the password changed, the session is dead"
    assert sign_in(Client(), "paula.ek@example.org", new).status_code == 302
    again = Client().get(url)
    assert again.context["token_fail"]
    assert "Ditt lösenord är som förut" in again.content.decode()


def test_too_many_wrong_passwords_are_stopped_for_any_address(cast: Any) -> None:
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    pages = []
    for email in ("paula.ek@example.org", "nobody@example.org"):
        cache.clear()
        for _try in range(6):
            response = sign_in(Client(), email, "wrong wrong wrong")
        pages.append(page_of(response))
    assert pages[0] == pages[1]
    assert "För många försök" in pages[0]
    cache.clear()


def test_there_is_no_way_to_register_or_to_change_the_address(client_of: Callable[[Any], Client], cast: Any) -> None:
    for client in (Client(), client_of(cast.paula)):
        for url in ("/account/sign-up/", "/account/address/", "/account/password/set/", "/account/signup/", "/account/email/"):
            assert client.get(url).status_code == 404
            assert client.post(url, {"email": "new@example.org", "password1": PASSWORD}).status_code == 404


@pytest.mark.parametrize("what", ["closed", "role ended", "signed out", "password changed", "all devices"])
def test_session_is_dead_at_the_next_request(cast: Any, what: str) -> None:
    from handrail.people.models import Grant

    account = actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    client = Client()
    sign_in(client, "paula.ek@example.org")
    assert client.get("/security/").status_code == 200
    if what == "closed":
        actions.close_account(account=account, by=cast.amal)
    elif what == "role ended":
        actions.end_grant(grant=Grant.objects.get(person=cast.paula), by=cast.amal)
    elif what == "signed out":
        client.post("/account/sign-out/")
    elif what == "all devices":
        actions.end_all_sessions(account=account, by=cast.amal)
    else:
        account.set_password("en helt annan mening")
        account.save()
    assert client.get("/security/").status_code == 302


def test_second_factor_is_demanded_of_whoever_sees_persons(cast: Any, client_of: Callable[[Any], Client], settings: Any) -> None:
    settings.SECOND_FACTOR = True
    for person in (cast.paula, cast.lena, cast.amal, cast.carlos, cast.elin):
        response = client_of(person).get("/security/")
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/account/second-factor/on/")
    for person in (cast.birgit, cast.stranger):
        assert client_of(person).get("/security/").status_code == 200
    response = client_of(cast.paula).post("/security/devices/", {"device": "others"})
    assert response["Location"] == "/account/second-factor/on/"
    settings.SECOND_FACTOR = False
    assert client_of(cast.paula).get("/security/").status_code == 200


def test_second_factor_is_set_up_and_asked_for_at_the_next_sign_in(
    cast: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SECOND_FACTOR = True
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    client = Client()
    sign_in(client, "paula.ek@example.org")
    page = client.get("/account/second-factor/on/")
    assert page.status_code == 200, "signing in just now is proof enough"
    secret = page.context["form"].secret
    wrong = client.post("/account/second-factor/on/", {"code": "000000"})
    assert "Koden är fel" in wrong.content.decode()
    assert client.get("/security/").status_code == 302
    secret = client.get("/account/second-factor/on/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/account/second-factor/on/", {"code": code_for(secret)})
    assert response["Location"] == "/account/recovery-codes/"
    assert client.get("/security/").status_code == 200
    # A new session: the password alone opens nothing.
    cache.clear()
    other = Client()
    response = sign_in(other, "paula.ek@example.org")
    assert response["Location"] == "/account/second-factor/code/"
    assert other.get("/security/").status_code == 302
    response = other.post("/account/second-factor/code/", {"code": code_for(secret)})
    assert response["Location"] == "/home/"
    assert other.get("/security/").status_code == 200
    mails = [(mail.to, mail.subject) for mail in SentMail.objects.all()]
    assert mails == [("paula.ek@example.org", "Min sida")], "the holder is told that the way in was changed"


def test_second_factor_of_another_session_does_not_open_this_one(cast: Any, client_of: Callable[[Any], Client], settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = client_of(cast.paula)
    TOTP.activate(Account.objects.get(person=cast.paula), "JBSWY3DPEHPK3PXP")
    response = client.get("/security/")
    assert response["Location"].partition("?")[0] == "/account/second-factor/confirm/"


def test_invitation_sets_a_password_signs_in_and_is_spent(cast: Any) -> None:
    token = actions.invite_person(person=cast.birgit, by=cast.paula)
    client = Client()
    page = client.get(f"/invitation/{token}/").content.decode()
    assert "birgit.nystrom@example.org" in page
    assert "Nyström" not in page
    assert page.count('autocomplete="new-password"') == 2
    differ = client.post(f"/invitation/{token}/", {"password": PASSWORD, "again": "something else entirely"})
    assert "Lösenorden är olika" in differ.content.decode()
    response = client.post(f"/invitation/{token}/", {"password": PASSWORD, "again": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert client.get("/security/").status_code == 200
    replay = Client().post(f"/invitation/{token}/", {"password": "another password of mine", "again": "another password of mine"})
    assert replay.status_code == 410
    assert Account.objects.get(person=cast.birgit).check_password(PASSWORD)
    assert Client().get("/invitation/unknown/").status_code == 404


def test_expired_invitation_offers_a_new_one_without_telling_who_exists(cast: Any) -> None:
    token = actions.invite_person(person=cast.birgit, by=cast.paula)
    with clock.at(clock.now() + timedelta(days=15)):
        page = Client().get(f"/invitation/{token}/")
        assert page.status_code == 410
        assert "birgit" not in page.content.decode()
        answers = {
            page_of(Client().post("/invitation/", {"email": email}))
            for email in ("birgit.nystrom@example.org", "paula.ek@example.org", "nobody@example.org")
        }
    assert len(answers) == 1
    assert list(SentMail.objects.values_list("to", flat=True)) == ["birgit.nystrom@example.org"] * 2


def test_asking_for_invitations_is_limited_by_address_and_network(cast: Any) -> None:
    actions.invite_person(person=cast.birgit, by=cast.paula)
    answers = [Client().post("/invitation/", {"email": "birgit.nystrom@example.org"}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert SentMail.objects.count() == 1 + 3
    assert not any("127.0.0.1" in row.key or "@" in row.key for row in Throttle.objects.all())


def test_devices_are_listed_and_can_be_signed_out(cast: Any) -> None:
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    phone, laptop = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}), Client(headers={"user-agent": "Firefox/130 Windows"})
    for client in (phone, laptop):
        sign_in(client, "paula.ek@example.org")
    page = laptop.get("/security/")
    assert [(device.label, device.is_current) for device in page.context["devices"]] == [("Firefox på Windows", True), ("Safari på iPhone", False)]
    other = Client()
    sign_in(other, "paula.ek@example.org")
    number = next(device.number for device in page.context["devices"] if not device.is_current)
    actions.open_account(person=cast.bo, password=PASSWORD, by=None)
    thief = Client()
    sign_in(thief, "bo.holm@example.org")
    thief.post("/security/devices/", {"device": str(number)})
    assert phone.get("/security/").status_code == 200, "only one's own devices"
    laptop.post("/security/devices/", {"device": str(number)})
    assert phone.get("/security/").status_code == 302
    laptop.post("/security/devices/", {"device": "others"})
    assert other.get("/security/").status_code == 302
    assert laptop.get("/security/").status_code == 200


def test_role_ends_with_its_last_day(cast: Any, client_of: Callable[[Any], Client]) -> None:
    from handrail.people.queries import authority_of

    actions.grant_role(
        person=cast.bo, role=Role.AUDITOR, programme=cast.programme.uid, ends_on=clock.today() + timedelta(days=1), by=cast.amal
    )
    for days, holds in ((0, True), (1, True), (2, False)):
        with clock.at(clock.now() + timedelta(days=days)):
            person = type(cast.bo).objects.get(pk=cast.bo.pk)
            assert authority_of(person).has(Role.AUDITOR) is holds
