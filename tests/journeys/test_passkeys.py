"""Passkeys on the real site in a real browser, with Chromium's own virtual authenticator; and letting in whoever lost theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PASSWORD = "en egen mening om hösten"
MALIN, MIRZA = "malin.ekdahl@example.org", "mirza.delic@example.org"


class Authenticator:
    """A phone with a screen lock, as Chromium plays it over its debugging protocol."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def verify(self, works: bool) -> None:
        """Whether finger, face or PIN is recognised."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": works})

    def kept(self) -> list[dict[str, Any]]:
        """The passkeys on the device."""
        return list(self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])


@pytest.fixture
def at_localhost(walk: Callable[..., Any]) -> Callable[..., Any]:
    """A walker at http://localhost: browsers bind passkeys to a name, and an IP address is none."""

    def make(**options: Any) -> Any:
        return walk(base=lambda url: url.replace("127.0.0.1", "localhost"), **options)

    return make


def choose_password(walker: Any, mailbox: Callable[..., str], email: str) -> None:
    """The demonstration's passwords are known to nobody: choose one by the link from the mail, then sign in with it."""
    page = walker.page
    page.goto("/account/password/reset/")
    page.locator('input[name="email"]').fill(email)
    page.locator("main form button").first.click()
    page.wait_for_url("**/sent/")
    path = re.search(r"http://[^/\s]+(/account/password/reset/key/[\w/-]+)", mailbox(email, "/reset/key/"))
    assert path
    page.goto(path.group(1))
    page.locator('input[name="password1"]').fill(PASSWORD)
    page.locator('input[name="password2"]').fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/done/")
    sign_in(page, email)
    page.wait_for_url("**/home/")


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.locator('input[name="login"]').fill(email)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/")


@pytest.mark.row("S1-14")
def test_a_process_leader_signs_in_with_a_passkey_and_nobody_elses_opens_the_door(at_localhost: Callable[..., Any], mailbox: Callable[..., str]) -> None:
    """Given somebody who signs in by password, when a passkey is added on the phone, then it alone signs in, on a 360 px phone too; removed, it does not."""
    walker = at_localhost(width=360)
    page = walker.page
    choose_password(walker, mailbox, MALIN)
    phone = Authenticator(page)
    page.goto("/security/")
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    walker.check_accessible("s1-14-passkey-add-phone")
    phone.verify(False)
    page.get_by_role("button", name="Lägg till passnyckel").click()
    expect(page.get_by_role("alert")).to_contain_text("Inget lades till")
    phone.verify(True)
    page.locator('input[name="name"]').fill("Jobbtelefon")
    page.get_by_role("button", name="Lägg till passnyckel").click()
    page.wait_for_url("**/account/recovery-codes/")
    assert [one["isResidentCredential"] for one in phone.kept()] == [True]
    assert phone.kept()[0]["rpId"] == "localhost"
    page.goto("/account/passkeys/new/")
    page.get_by_role("button", name="Lägg till passnyckel").click()
    expect(page.get_by_role("alert")).to_contain_text("redan en passnyckel")
    page.goto("/security/")
    expect(page.locator("main")).to_contain_text("Jobbtelefon")
    walker.check_accessible("s1-14-passkeys-phone")
    sign_out(page)
    page.goto("/sign-in/?next=/security/")
    walker.check_accessible("s1-14-sign-in-phone")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url("**/security/")
    expect(page.locator("main")).to_contain_text("Senast använd")
    # The password alone does no longer: the passkey comes second.
    sign_out(page)
    sign_in(page, MALIN)
    page.wait_for_url("**/second-factor/code/")
    walker.check_accessible("s1-14-passkey-second-phone")
    page.get_by_role("button", name="Använd passnyckel").click()
    page.wait_for_url("**/home/")
    # Another name, then away with it; the device still has it, but it opens nothing.
    page.goto("/security/")
    page.get_by_role("link", name="Byt namn Jobbtelefon").click()
    page.locator('input[name="name"]').fill("Gamla telefonen")
    page.get_by_role("button", name="Spara").click()
    page.wait_for_url("**/security/")
    page.get_by_role("link", name="Ta bort Gamla telefonen").click()
    walker.check_accessible("s1-14-passkey-remove-phone")
    page.get_by_role("button", name="Ta bort passnyckel").click()
    page.wait_for_url("**/security/")
    expect(page.locator("main")).to_contain_text("Du har ingen än")
    sign_out(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.locator("main")).to_contain_text("öppnar inget här")
    walker.check_accessible("s1-14-passkey-unknown-phone")


@pytest.mark.row("S1-14")
def test_at_the_wrong_address_or_without_scripts_the_page_says_what_to_do(walk: Callable[..., Any], at_localhost: Callable[..., Any]) -> None:
    """Given an IP address, an empty device or no JavaScript, when somebody wants a passkey, then the page says what helps, and the password way stands."""
    elsewhere = walk()
    elsewhere.page.goto("/sign-in/")
    Authenticator(elsewhere.page)
    elsewhere.page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("http://localhost:")
    elsewhere.check_accessible("s1-14-sign-in-wrong-address")
    empty = at_localhost()
    empty.page.goto("/sign-in/")
    Authenticator(empty.page)
    empty.page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(empty.page.get_by_role("alert")).to_contain_text("Inget hände")
    plain = at_localhost(scripts=False)
    plain.page.goto("/sign-in/")
    expect(plain.page.get_by_role("button", name="Logga in med passnyckel")).to_have_count(0)
    expect(plain.page.get_by_role("button", name="Logga in", exact=True)).to_be_visible()


@pytest.mark.row("S1-14")
def test_two_administrators_let_in_whoever_lost_the_phone(at_localhost: Callable[..., Any], mailbox: Callable[..., str], site: Any) -> None:
    """Given a participant whose phone is gone, when one administrator opens and another agrees, then a link leads to a new password and a new passkey."""
    administrators = {}
    for name in ("Ada", "Bea"):
        email = f"{name.lower()}.min@example.org"
        site.manage("administrator", email, "--given-name", name, "--family-name", "Min")
        walker = at_localhost(width=1280)
        path = re.search(r"http://[^/\s]+(/invitation/[\w/-]+)", mailbox(email, "/invitation/"))
        assert path
        walker.page.goto(path.group(1))
        walker.page.locator('input[name="password"]').fill(PASSWORD)
        walker.page.locator('input[name="again"]').fill(PASSWORD)
        walker.page.locator("main form button").first.click()
        walker.page.wait_for_url("**/home/")
        administrators[name] = walker
    person = at_localhost(width=360)
    choose_password(person, mailbox, MIRZA)
    Authenticator(person.page)
    person.page.goto("/account/passkeys/new/")
    person.page.get_by_role("button", name="Lägg till passnyckel").click()
    person.page.wait_for_url("**/account/recovery-codes/")
    stranger = at_localhost(width=360)  # the same person at a phone without the passkey
    stranger.page.goto("/sign-in/")
    stranger.page.get_by_role("link", name="Jag har förlorat min passnyckel").click()
    stranger.check_accessible("s1-14-recovery-ask-phone")
    stranger.page.locator('input[name="email"]').fill(MIRZA)
    stranger.page.get_by_role("button", name="Fråga administratörerna").click()
    expect(stranger.page.locator("h1")).to_contain_text("Administratörerna vet")
    ada, bea = administrators["Ada"], administrators["Bea"]
    mailbox("ada.min@example.org", "/recoveries/")
    ada.page.goto("/home/tasks/")
    ada.page.get_by_role("link", name="Titta på återställningen").first.click()
    ada.page.get_by_label("Jag ringde ett nummer").check()
    ada.page.locator('input[name="reason"]').fill("Telefonen är borta")
    ada.check_accessible("s1-14-recovery-open")
    ada.page.get_by_role("button", name="Öppna återställning").click()
    expect(ada.page.locator("main")).to_contain_text("Du öppnade den")
    path = re.search(r"http://[^/\s]+(/recovery/stop/[\w/-]+)", mailbox(MIRZA, "/recovery/stop/"))
    assert path
    stranger.page.goto(path.group(1))
    expect(stranger.page.get_by_role("button", name="Stoppa återställningen")).to_be_visible()
    stranger.check_accessible("s1-14-recovery-stop-phone")
    bea.page.goto("/account/second-factor/on/")
    bea.check_accessible("s1-14-second-factor")
    bea.page.goto("/security/")
    bea.check_accessible("s1-14-security")
    bea.page.goto("/recoveries/open/")
    bea.check_accessible("s1-14-recovery-open-by-address")
    bea.page.goto("/recoveries/")
    bea.check_accessible("s1-14-recoveries")
    bea.page.get_by_role("link", name=MIRZA).first.click()
    bea.check_accessible("s1-14-recovery-agree")
    bea.page.get_by_role("button", name="Godkänn").click()
    expect(bea.page.locator("main")).to_contain_text("Godkänt")
    person.page.goto("/home/")
    person.page.wait_for_url("**/sign-in/**")
    path = re.search(r"http://[^/\s]+(/recovery/password/[\w/-]+)", mailbox(MIRZA, "/recovery/password/"))
    assert path
    stranger.page.goto(path.group(1))
    stranger.check_accessible("s1-14-recovery-password-phone")
    stranger.page.locator('input[name="password"]').fill("en helt annan mening")
    stranger.page.locator('input[name="again"]').fill("en helt annan mening")
    stranger.page.locator("main form button").first.click()
    stranger.page.wait_for_url("**/security/")
    expect(stranger.page.locator("main")).to_contain_text("Du har ingen än")
    Authenticator(stranger.page)
    stranger.page.get_by_role("link", name="Lägg till en passnyckel").click()
    stranger.page.get_by_role("button", name="Lägg till passnyckel").click()
    stranger.page.wait_for_url("**/account/recovery-codes/")
    stranger.check_accessible("s1-14-recovery-codes-phone")
