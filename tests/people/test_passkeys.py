"""Passkeys, with a software authenticator: adding, signing in, both factors in one, removing; and what is refused (A7, A8)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from handrail.kit.models import JournalEntry, SentMail
from handrail.people import actions
from handrail.people.models import Account
from tests.people.authenticator import Device, text
from tests.people.test_sign_in import PASSWORD, code_for, page_of, sign_in


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def browser(**more: Any) -> Client:
    """Somebody at the site's own host name."""
    return Client(HTTP_HOST="localhost", headers={"user-agent": "Mozilla/5.0 (Windows) Firefox/150"}, **more)


def signed_in(person: Any) -> Client:
    """Somebody who has just signed in with the password."""
    if not Account.objects.filter(person=person).exists():
        actions.open_account(person=person, password=PASSWORD, by=None)
    client = browser()
    sign_in(client, person.identity.email)
    return client


def options_on(page: Any) -> dict[str, Any]:
    """What a page asks the browser for."""
    found = re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    assert found, page.content.decode()[-3000:]
    return json.loads(found.group(1))  # type: ignore[no-any-return]


def add(client: Client, device: Device, name: str = "Jobbtelefon") -> Any:
    """Add a passkey on its page."""
    options = options_on(client.get("/account/passkeys/new/"))
    return client.post("/account/passkeys/new/", {"name": name, "credential": json.dumps(device.create(options))})


def ask(client: Client) -> dict[str, Any]:
    """What the sign-in page's button fetches."""
    return client.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]  # type: ignore[no-any-return]


def enter(client: Client, device: Device, **more: str) -> Any:
    """Sign in with a passkey alone."""
    return client.post("/sign-in/passkey/", {"credential": json.dumps(device.get(ask(client))), **more})


def names(event: str) -> list[dict[str, Any]]:
    return list(JournalEntry.objects.filter(name=event).order_by("pk").values_list("data", flat=True))


def test_passkey_is_added_signs_in_alone_and_is_both_factors(cast: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client, device = signed_in(cast.paula), Device()
    assert client.get("/security/")["Location"].startswith("/account/second-factor/on/")
    assert b"/account/passkeys/new/" in client.get("/account/second-factor/on/").content, "the duty offers a passkey first"
    assert add(client, device)["Location"] == "/account/recovery-codes/"
    page = client.get("/security/").content.decode()
    assert "Jobbtelefon" in page
    assert "Inte använd än" in page
    other = browser()
    answer = enter(other, device, next="/security/")
    assert (answer.status_code, answer["Location"]) == (302, "/security/")
    page = other.get("/security/")
    assert page.status_code == 200, "a passkey that checked the person is two factors"
    assert "Senast använd" in page.content.decode()
    account = Account.objects.get(person=cast.paula)
    assert names("SecondFactorAdded") == [{"account": str(account.uid), "person": str(cast.paula.uid), "kind": "webauthn"}]
    assert list(SentMail.objects.values_list("to", "subject")) == [("paula.ek@example.org", "Min sida")]


def test_passkey_is_asked_for_after_the_password_and_the_password_alone_opens_nothing(cast: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    device = Device()
    add(signed_in(cast.paula), device)
    cache.clear()
    client = browser()
    assert sign_in(client, "paula.ek@example.org")["Location"] == "/account/second-factor/code/"
    assert client.get("/security/").status_code == 302
    page = client.get("/account/second-factor/code/")
    assert "Reservkod" in page.content.decode(), "without an app the field is for a recovery code"
    answer = client.post("/account/second-factor/code/", {"credential": json.dumps(device.get(options_on(page)))})
    assert answer["Location"] == "/home/"
    assert client.get("/security/").status_code == 200


def test_options_ask_for_a_verified_person_no_attestation_and_tell_no_name(cast: Any) -> None:
    client = signed_in(cast.paula)
    asked = options_on(client.get("/account/passkeys/new/"))["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Handrail"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked.get("attestation", "none") in ("none", None)
    assert asked["user"]["name"] == asked["user"]["displayName"] == "paula.ek@example.org"
    assert ask(browser())["publicKey"] == {**ask(browser())["publicKey"], "userVerification": "required", "allowCredentials": [], "challenge": ANY}


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANY = _Any()


def test_passkey_belongs_to_the_host_of_the_sites_address(cast: Any, settings: Any) -> None:
    settings.LOCAL_MODE, settings.SITE_URL = False, "https://handrail.osby.example"
    settings.ALLOWED_HOSTS = ["handrail.osby.example", "www.handrail.osby.example", "elsewhere.example"]
    for host in settings.ALLOWED_HOSTS:
        client = Client(HTTP_HOST=host)
        assert ask(client)["publicKey"]["rpId"] == "handrail.osby.example"
        assert "https://handrail.osby.example" in client.get("/sign-in/").content.decode(), "elsewhere the page says where to go"


@pytest.mark.parametrize("wrong", ["unverified", "other origin", "other host", "replayed", "other challenge", "other key", "somebody else's name"])
def test_passkey_that_is_not_quite_right_opens_nothing(cast: Any, wrong: str) -> None:
    device = Device()
    add(signed_in(cast.paula), device)
    bo = actions.open_account(person=cast.bo, password=PASSWORD, by=None)
    client = browser()
    sent = device.get(ask(client))
    if wrong == "unverified":
        device.verifies = False
    elif wrong == "other origin":
        device.origin = "https://evil.example"
    elif wrong == "other host":
        device.host = "evil.example"
    elif wrong == "other key":
        device.key = Device().key
    elif wrong == "somebody else's name":
        device.user = text(user_pk_to_url_str(bo).encode())
    if wrong == "replayed":
        assert client.post("/sign-in/passkey/", {"credential": json.dumps(sent)})["Location"] == "/home/"
        client.post("/account/sign-out/")
    elif wrong != "other challenge":
        sent = device.get(ask(client))
    else:
        ask(client)
    answer = client.post("/sign-in/passkey/", {"credential": json.dumps(sent)})
    assert answer["Location"] == "/sign-in/"
    assert "öppnar inget här" in client.get("/sign-in/").content.decode()
    assert client.get("/security/").status_code == 302


def test_unverified_device_cannot_be_added(cast: Any) -> None:
    client = signed_in(cast.paula)
    answer = add(client, Device(verifies=False))
    assert "kunde inte läggas till" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_sign_in_says_the_same_of_a_known_a_removed_and_an_unknown_passkey(cast: Any) -> None:
    device, removed = Device(), Device()
    client = signed_in(cast.paula)
    add(client, device)
    add(client, removed, "Borta")
    Authenticator.objects.filter(data__name="Borta").delete()
    unknown = Device(user="OTk5OQ")
    device.key = Device().key  # the right name, the wrong hand
    pages = set()
    for one in (device, removed, unknown):
        visitor = browser()
        answer = enter(visitor, one)
        pages.add((answer.status_code, answer["Location"], page_of(visitor.get("/sign-in/"))))
    assert len(pages) == 1


NONSENSE: list[Any] = [
    "", "x", "[]", "3", "null", "{}", '{"id": 1}', '{"response": {}}', '{"response": []}', '{"id":"a","rawId":"a","type":"public-key","response":{"userHandle":"//8"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"AAAA","attestationObject":"////"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA"}}',
]  # fmt: skip


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_answered_in_words(cast: Any, sent: str) -> None:
    visitor = browser()
    ask(visitor)
    assert visitor.post("/sign-in/passkey/", {"credential": sent})["Location"] == "/sign-in/"
    client = signed_in(cast.paula)
    client.get("/account/passkeys/new/")
    assert client.post("/account/passkeys/new/", {"name": "x", "credential": sent}).status_code == 200
    assert not Authenticator.objects.exists()


def test_nonsense_made_from_the_real_thing_is_answered_in_words(cast: Any) -> None:
    """Every part cut short, emptied or of another kind."""
    client, device = signed_in(cast.paula), Device()
    made = device.create(options_on(client.get("/account/passkeys/new/")))
    for part in ("clientDataJSON", "attestationObject"):
        for value in (made["response"][part][:-7], made["response"][part][:40], "", "å", None, 3, [], {}):
            sent = {**made, "response": {**made["response"], part: value}}
            assert client.post("/account/passkeys/new/", {"name": "x", "credential": json.dumps(sent)}).status_code == 200, (part, value)
    assert add(client, device).status_code == 302
    visitor = browser()
    signed = device.get(ask(visitor))
    for part in signed["response"]:
        for value in (signed["response"][part][:-7], "", "å", None, 3, [], {}):
            sent = {**signed, "response": {**signed["response"], part: value}}
            assert visitor.post("/sign-in/passkey/", {"credential": json.dumps(sent)})["Location"] == "/sign-in/", (part, value)
    assert visitor.post("/sign-in/passkey/", {"credential": json.dumps(signed)})["Location"] == "/home/", "and the whole one still signs in"


def test_passkeys_are_renamed_and_removed_by_their_holder_only(cast: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client, device = signed_in(cast.paula), Device()
    add(client, device)
    pk = Authenticator.objects.get(type="webauthn").pk
    thief = signed_in(cast.bo)
    for url in (f"/account/passkeys/{pk}/name/", f"/account/passkeys/{pk}/remove/"):
        assert (thief.get(url).status_code, thief.post(url, {"name": "Min"}).status_code) == (404, 404)
    assert client.post(f"/account/passkeys/{pk}/name/", {"name": "  Ny telefon "})["Location"] == "/account/passkeys/"
    assert "Ny telefon" in client.get("/security/").content.decode()
    other = browser()
    enter(other, device)
    assert other.get("/security/").status_code == 200
    assert "Ny telefon" in client.get(f"/account/passkeys/{pk}/remove/").content.decode()
    client.post(f"/account/passkeys/{pk}/remove/")
    assert other.get("/security/")["Location"].startswith("/sign-in/"), "A7: the passkey is gone, what it signed in is out"
    assert client.get("/security/")["Location"].startswith("/account/second-factor/on/"), "the last one leads back into the duty"
    assert enter(browser(), device)["Location"] == "/sign-in/"
    assert [data["kind"] for data in names("SecondFactorRemoved")] == ["webauthn"]
    assert not Authenticator.objects.exists(), "recovery codes go with the last factor"


def test_whoever_knew_only_the_password_is_out_when_a_passkey_is_added(cast: Any) -> None:
    client = signed_in(cast.paula)
    thief = signed_in(cast.paula)
    assert thief.get("/security/").status_code == 200
    add(client, Device())
    assert thief.get("/security/").status_code == 302
    assert client.get("/security/").status_code == 200


def test_whoever_chose_a_password_by_mail_can_add_a_passkey(cast: Any) -> None:
    """The library notes the address of such a link as one that nobody verified, and would refuse a second factor for good."""
    actions.open_account(person=cast.paula, password=PASSWORD, by=None)
    Client().post("/account/password/reset/", {"email": "paula.ek@example.org"})
    url = next(word for word in SentMail.objects.get().text.split() if "/reset/key/" in word).removeprefix("http://testserver")
    client = browser()
    new = "en helt annan mening"
    client.post(client.get(url)["Location"], {"password1": new, "password2": new})
    sign_in(client, "paula.ek@example.org", new)
    assert client.get("/account/second-factor/on/").status_code == 200
    assert add(client, Device())["Location"] == "/account/recovery-codes/"


def test_an_app_set_up_on_one_device_signs_out_the_others(cast: Any) -> None:
    client, other = signed_in(cast.paula), signed_in(cast.paula)
    secret = client.get("/account/second-factor/on/").context["form"].secret
    assert client.post("/account/second-factor/on/", {"code": code_for(secret)})["Location"] == "/account/recovery-codes/"
    assert client.get("/security/").status_code == 200
    assert other.get("/security/").status_code == 302
    assert [data["kind"] for data in names("SecondFactorAdded")] == ["totp"]


def test_removing_asks_who_it_is_when_signing_in_was_a_while_ago(cast: Any, client_of: Callable[[Any], Client]) -> None:
    add(signed_in(cast.paula), Device())
    pk = Authenticator.objects.get(type="webauthn").pk
    client = client_of(cast.paula)  # no proof in this session
    for url in (f"/account/passkeys/{pk}/remove/", f"/account/passkeys/{pk}/name/", "/account/passkeys/new/"):
        assert client.post(url)["Location"].startswith("/account/confirm/")
    assert Authenticator.objects.filter(pk=pk).exists()


def test_gate_leads_to_the_passkey_and_a_wrong_one_may_try_again(cast: Any, client_of: Callable[[Any], Client], settings: Any) -> None:
    settings.SECOND_FACTOR = True
    device = Device()
    add(signed_in(cast.paula), device)
    account = Account.objects.get(person=cast.paula)
    client = browser()
    client.force_login(account)
    where = client.get("/security/")["Location"]
    assert where == "/account/passkeys/confirm/?next=%2Fsecurity%2F"
    page = client.get(where)
    wrong = Device(id=device.id, user=device.user)
    answer = client.post(where, {"credential": json.dumps(wrong.get(options_on(page))), "next": "/security/"})
    assert answer["Location"] == where
    page = client.get(where)
    assert "öppnar inget här" in page.content.decode()
    answer = client.post(where, {"credential": json.dumps(device.get(options_on(page))), "next": "/security/"})
    assert answer["Location"] == "/security/"
    assert client.get("/security/").status_code == 200


def test_sign_in_page_works_without_scripts_and_runs_none_inline(db: None) -> None:
    page = browser().get("/sign-in/").content.decode()
    assert re.search(r'<form class="form" method="post" action="/sign-in/passkey/"[^>]* hidden', page)
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/people/passkey.js" type="module">']
    assert browser().get("/sign-in/passkey/")["Location"] == "/sign-in/"
