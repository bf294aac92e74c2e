"""A person on the way into work, met as themselves: S0-12, S3-10, S4-05, S2-11."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_mapping import programme_of

SECRET = "Kan ikke løfte med højre arm efter operationen"


def people_of(page: Page) -> str:
    """The address of the list of people."""
    return programme_of(page) + "cases/"


def meet(page: Page, name: str) -> str:
    """The first talk; answers the person's address."""
    page.goto(people_of(page) + "new/")
    page.fill('input[name="given_name"]', name)
    page.fill('textarea[name="strengths"]', "Kan reparere næsten alt")
    page.select_option('select[name="language"]', "ar")
    page.locator("main form.form button").first.click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    return page.url


def send(page: Page) -> None:
    """The form's own button."""
    page.locator("main form.form button").first.click()


@pytest.mark.row("S0-12")
def test_a_person_is_met_and_planned_with_and_nothing_asks_for_status(walk: Callable[..., Any]) -> None:
    """Given somebody new, when the caseworker meets them, then a name is enough, strengths come first, and status is nowhere."""
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    page.goto(people_of(page) + "new/")
    expect(page.locator("main form.form")).not_to_contain_text(re.compile("opholds|status|flygtning", re.I))
    mette.check_accessible("s0-12-first-talk")
    address = meet(page, "Yusuf")
    first = page.locator("main h2").first
    expect(first).to_have_text("Hvad personen kan og vil")
    expect(page.locator("main .quote")).to_contain_text("Kan reparere næsten alt")
    expect(page.locator("main")).not_to_contain_text(re.compile("opholds", re.I))
    assert "Yusuf" not in page.title() + page.url
    mette.check_accessible("s0-12-person")
    page.goto(address + "star/")
    for side, step in (("citizen", "6"), ("caseworker", "4")):
        for code in ("language", "path", "strength", "everyday", "people", "belief"):
            page.select_option(f'select[name="{side}_{code}"]', step)
    mette.check_accessible("s0-12-star-form")
    send(page)
    expect(page.locator("svg.star polygon")).to_have_count(7)
    page.get_by_text("Det samme i ord").click()
    expect(page.locator(".table")).to_contain_text("Klarer hverdagssamtaler")
    mette.check_accessible("s0-12-star")
    rasmus = walk()
    rasmus.continue_as("caseworker-two")
    assert rasmus.status(address) == 404, "a colleague sees the own people and nobody else's"


@pytest.mark.row("S3-10")
def test_a_pathway_holds_dated_steps_and_the_day_says_what_is_next(walk: Callable[..., Any]) -> None:
    """Given a person, when steps of four fields are planned, then they stand in the order of their days, and in the caseworker's day."""
    mette = walk(width=360, language="da")
    page = mette.continue_as("caseworker")
    address = meet(page, "Hanna")
    for domain, title, day in (
        ("legal", "Læse lejekontrakten sammen", "2018-04-18"), ("work", "Besøge et værksted", "2018-04-20"), ("language", "Sprogmakker om tirsdagen", "2018-04-24"),
        ("mediation", "Tale med udlejeren", "2018-05-02"),
    ):  # fmt: skip
        page.goto(address + "path/")
        page.select_option('select[name="domain"]', domain)
        page.fill('input[name="title"]', title)
        page.fill('input[name="due_on"]', day)
        page.fill('input[name="helper"]', "En frivillig")
        send(page)
    expect(page.locator("ol.path > li strong")).to_have_text(["Læse lejekontrakten sammen", "Besøge et værksted", "Sprogmakker om tirsdagen", "Tale med udlejeren"])
    expect(page.locator("ol.path")).to_contain_text("Retshjælp")
    mette.check_accessible("s3-10-pathway-360")
    page.goto(people_of(page) + "day/")
    expect(page.locator('section[aria-labelledby="day-today"]')).to_contain_text("Læse lejekontrakten sammen")
    expect(page.locator('section[aria-labelledby="day-soon"]')).to_contain_text("Besøge et værksted")
    mette.check_accessible("s3-10-day-360")
    page.goto(address)
    page.locator("ol.path form button").first.click()
    expect(page.locator("ol.path > li.behind strong")).to_have_text("Læse lejekontrakten sammen")


@pytest.mark.row("S4-05")
def test_a_sealed_note_opens_for_a_reason_that_is_on_record_first(walk: Callable[..., Any], site: Any) -> None:
    """Given a health note, then only the caseworker opens it with a reason; the coordinator breaks the glass, and the caseworker is told."""
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    address = meet(page, "Idris")
    page.goto(address + "sealed/")
    page.select_option('select[name="kind"]', "health")
    page.fill('textarea[name="text"]', SECRET)
    send(page)
    note = page.locator('a[href^="/sealed/"]').first.get_attribute("href")
    assert note
    page.goto(note)
    expect(page.locator("main")).not_to_contain_text(SECRET)
    mette.check_accessible("s4-05-reason")
    page.fill('input[name="reason"]', "Samtale med værkstedet i dag")
    page.locator("main .sensitive button").click()
    expect(page.locator("main")).to_contain_text(SECRET)
    expect(page.locator("main")).to_contain_text("Samtale med værkstedet i dag")
    mette.check_accessible("s4-05-open")
    for key in ("caseworker-two", "company-consultant"):
        other = walk()
        other.continue_as(key)
        assert [other.status(one) for one in (note, address, address + "openings/")] == [404, 404, 404], key
    karen = walk(width=360, language="da")
    there = karen.continue_as("placement-coordinator")
    assert karen.status(note) == 404
    there.goto(address)
    expect(there.locator("main")).to_contain_text("Der er ét forseglet notat")
    expect(there.locator("main")).not_to_contain_text(re.compile("Helbred"))
    there.goto(address + "openings/")
    expect(there.locator("main")).to_contain_text("Samtale med værkstedet i dag")
    karen.check_accessible("s4-05-openings-360")
    there.goto(address + "emergency/")
    there.fill('textarea[name="reason"]', "Personen er indlagt, og vagten skal vide det")
    send(there)
    expect(there.locator('a[href="' + note + '"]')).to_be_visible()
    page.goto("/home/tasks/")
    expect(page.locator("main")).to_contain_text("Forseglede notater blev åbnet i en nødsituation")
    kept = b"".join(path.read_bytes() for path in site.var.glob("*.sqlite3*")) + (site.var / "log").read_bytes()
    assert SECRET.encode() not in kept, "no file of the database and no log holds a word of it"


@pytest.mark.row("S2-11")
def test_a_person_is_referred_with_consent_and_both_see_the_answer(walk: Callable[..., Any]) -> None:
    """Given a person who agrees, when Kolding refers them, then Integrationsnet sees what was agreed, answers, and nothing more once it is taken back."""
    mette, karen = walk(language="da"), walk(width=360, language="da")
    page, there = mette.continue_as("caseworker"), karen.continue_as("placement-coordinator")
    address = meet(page, "Leila")
    page.goto(address + "consents/new/?language=ar")
    expect(page.locator('.quote[dir="rtl"]')).to_be_visible()
    mette.check_accessible("s2-11-consent")
    receiver = page.locator('select[name="recipient"] option', has_text="Integrationsnet").get_attribute("value")
    page.select_option('select[name="recipient"]', receiver)
    for field in ("first_name", "languages"):
        page.check(f'input[name="fields_told"][value="{field}"]')
    page.check('input[name="purpose"][value="referral"]')
    page.select_option('select[name="interpreter"]', "present")
    send(page)
    page.goto(address + "refer/")
    page.select_option('select[name="receiver"]', index=1)
    page.fill('textarea[name="asks"]', "Plads i sprogcafeen om onsdagen")
    send(page)
    expect(page.locator('section[aria-labelledby="referrals"]')).to_contain_text("har ventet 0 dage")
    there.goto(programme_of(there) + "referrals/")
    expect(there.locator("main")).to_contain_text("Plads i sprogcafeen om onsdagen")
    there.get_by_role("link", name=re.compile("Kolding")).first.click()
    expect(there.locator("main")).to_contain_text("Leila")
    karen.check_accessible("s2-11-referral-360")
    there.get_by_role("button", name="Tag imod").click()
    expect(there.locator("main")).to_contain_text("Modtaget")
    page.goto(address)
    expect(page.locator('section[aria-labelledby="referrals"]')).to_contain_text("Modtaget")
    page.goto(address + "consents/")
    mette.check_accessible("s2-11-consents")
    page.get_by_role("button", name=re.compile("Træk tilbage")).first.click()
    there.goto(programme_of(there) + "referrals/")
    expect(there.locator('section[aria-labelledby="received"]')).not_to_contain_text("Plads i sprogcafeen om onsdagen")
