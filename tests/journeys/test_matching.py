"""From a round of matching to a placement that is prepared: what is proposed, why, who said no, who decided. S4-01, S4-11."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_mapping import programme_of

NAME = "Senait Okbay"


def open_round(page: Page) -> None:
    """Wait until the worker has come to its end: the page shows it by itself."""
    expect(page.locator("#ways, .alert-alarm")).to_be_visible()
    expect(page.locator(".alert-alarm")).to_have_count(0)


@pytest.mark.row("S4-01")
@pytest.mark.row("S4-11")
def test_proposals_are_read_declined_made_again_and_decided_by_a_named_person(walk: Callable[..., Any]) -> None:
    """Given people who said what they wish for, when the coordinator finds proposals and says which way is used, then the caseworker reads reasons on both sides,
    notes a no that holds in the next round, and decides; the company's side reads its own reasons and no name."""
    karen = walk(language="da")
    page = karen.continue_as("placement-coordinator")
    base = programme_of(page)
    page.goto(base + "matching/")
    page.get_by_role("link", name="Find forslag").click()
    expect(page.locator("h1")).to_contain_text("få foreslået en plads")
    karen.check_accessible("matching-who-takes-part")
    page.get_by_role("button", name="Start").click()
    open_round(page)
    expect(page.locator("h1")).to_contain_text("Vælg, hvilken måde der bruges")
    page.get_by_role("radio", name="Bedste sum").check()
    page.get_by_label("Hvorfor").fill("Flest får en plads ved det")
    page.get_by_role("button", name="Brug denne måde").click()
    expect(page.locator("main")).to_contain_text("Flest får en plads ved det")
    first_round = page.url
    karen.check_accessible("matching-round")
    page.get_by_role("link", name=NAME).click()
    person = page.url.removesuffix("proposals/")
    page.goto(person)
    worker = "caseworker" if "Mette Juhl" in page.locator("header.page-head .lead").inner_text() else "caseworker-two"

    mette = walk(language="da")
    page = mette.continue_as(worker)
    page.goto(person)
    page.get_by_role("link", name="Se på dem sammen").click()
    place = page.locator(".proposal.is-proposed h2").inner_text()
    expect(page.locator(".proposal").first).to_contain_text("For virksomheden")
    page.locator(".proposal summary").first.click()
    expect(page.locator(".proposal table").first).to_contain_text("I alt")
    mette.check_accessible("matching-shortlist")
    page.locator(".proposal.is-proposed").get_by_role("link", name="Notér et nej").click()
    page.get_by_label("Hvorfor").select_option("tasks")
    page.get_by_role("button", name="Notér nejet").click()
    expect(page.locator(".proposal.is-refused")).to_contain_text("et nej er noteret")

    karen.page.goto(first_round)
    karen.page.get_by_role("link", name="Foreslå igen").click()
    karen.page.get_by_label("Hvad der er ændret").fill("En har sagt nej til sin plads")
    karen.page.get_by_role("button", name="Foreslå igen").click()
    open_round(karen.page)
    expect(karen.page.locator("main")).to_contain_text("Pladser, der blev stående")
    karen.check_accessible("matching-again")

    page.goto(person + "proposals/")
    expect(page.locator(".proposal.is-proposed")).to_have_count(1)
    assert page.locator(".proposal.is-proposed h2").inner_text() != place, "a no holds in the next round"
    page.locator(".proposal.is-proposed").get_by_role("link", name="Forbered dette praktikforløb").click()
    page.locator('input[name="why"]').fill("Vi har besøgt stedet sammen")
    mette.check_accessible("matching-decide")
    page.get_by_role("button", name="Beslut dette").click()
    expect(page.locator("main")).to_contain_text("Under forberedelse")
    page.goto(person + "proposals/")
    expect(page.locator(".match-log")).to_contain_text("Vi har besøgt stedet sammen")

    lars = walk(language="da", width=360)
    page = lars.continue_as("company-consultant")
    page.goto(base + "companies/?q=Bramdrup")
    page.locator("main a.title-link").first.click()
    page.get_by_role("link", name=re.compile("^Forslag")).first.click()
    expect(page.locator("main")).not_to_contain_text(re.compile("KP-|point|Qasem|Yasmin|Senait"))
    assert lars.status(person + "proposals/") == 404
    lars.check_accessible("matching-company-side-phone")
