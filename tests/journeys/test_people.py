"""Who sees whom, and the programme's public face: S1-14, S1-15, S1-16."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_mapping import programme_of


@pytest.mark.row("S1-14")
def test_horbys_leader_cannot_open_a_person_elsewhere_and_the_owner_sees_five_totals(walk: Callable[..., Any]) -> None:
    """Given a person's address in Osby, when Hörby's leader opens it, then there is nothing; the owner sees all five municipalities' totals and no name."""
    osby = walk()
    page = osby.continue_as("process-leader-osby")
    base = programme_of(page)
    page.goto("/search/?q=Mirza")
    address = page.locator('main a[href^="/people/"]').first.get_attribute("href")
    assert address
    assert osby.status(address) == 200
    horby = walk()
    horby.continue_as("process-leader-horby")
    assert horby.status(address) == 404
    horby.page.goto(base + "participants/")
    expect(horby.page.locator("main")).not_to_contain_text("Mirza")
    horby.check_accessible("s1-14-participants")
    owner = walk()
    page = owner.continue_as("coordinator")
    assert owner.status(address) == 404
    page.goto(base + "hours/")
    for name in ("Osby", "Östra Göinge", "Kristianstad", "Hässleholm", "Hörby"):
        expect(page.locator("main")).to_contain_text(name)
    owner.check_accessible("s1-14-owner")


@pytest.mark.row("S1-15")
def test_every_participant_is_marked_direct_or_indirect_and_the_report_splits(walk: Callable[..., Any]) -> None:
    """Given the staff lists' marks, when participants are opened, then the split by direct and indirect contact stands there."""
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    page.goto(programme_of(page) + "participants/?contact=direct")
    expect(page.locator("main")).to_contain_text("Direkt kontakt med nyanlända")
    owner = walk()
    page = owner.continue_as("coordinator")
    page.goto(programme_of(page) + "participants/")
    text = page.locator("main").inner_text()
    assert re.search(r"[Dd]irekt", text)
    assert re.search(r"[Ii]ndirekt", text)
    owner.check_accessible("s1-15-split")


@pytest.mark.row("S1-16")
def test_a_visitor_writes_without_seeing_an_address_and_privacy_is_one_click_away(walk: Callable[..., Any], mailbox: Callable[..., str]) -> None:
    """Given the public page, when a visitor writes to Hörby, then its contact person gets the mail, and no address was ever shown."""
    visitor = walk(width=360)
    page = visitor.page
    page.goto("/p/larande-for-integration/")
    expect(page.locator("main")).to_contain_text("Europeiska")
    assert not re.search(r"[\w.]+@[\w.]+", page.content()), "no address on the page"
    visitor.check_accessible("s1-16-public-phone")
    page.goto("/p/larande-for-integration/contact/")
    option = page.locator('select option:has-text("Hörby"), label:has-text("Hörby")').first
    if option.evaluate("element => element.tagName") == "OPTION":
        page.locator("select").first.select_option(label=option.inner_text())
    else:
        option.click()
    page.locator('input[type="email"]').fill("nyfiken@example.org")
    page.locator("main textarea").fill("Hej! Hur gör ni tolksamtalen?")
    name = page.locator('input[name*="name"]:visible')
    if name.count():
        name.first.fill("Nyfiken")
    assert "jonas.wiklund@" not in page.content()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/sent/**")
    assert "Hur gör ni tolksamtalen" in mailbox("jonas.wiklund@example.org", "tolksamtalen")
    page.goto("/p/larande-for-integration/")
    page.locator('footer a[href*="privacy"]').first.click()
    expect(page.locator("h1")).to_be_visible()
    visitor.check_accessible("s1-16-privacy-phone")
