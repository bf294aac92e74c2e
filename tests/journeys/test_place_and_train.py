"""From a first talk to a company day, as Kolding works: S4-01, S4-02, S4-07, S4-10, S4-11."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_mapping import programme_of


def met(page: Page, base: str, name: str) -> str:
    """Somebody is met; answers the address of their page."""
    page.goto(base + "cases/new/")
    page.locator('input[name="given_name"]').fill(name)
    page.locator('main form button[type="submit"]').click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    return page.url


def company_of(page: Page, base: str, *, staff: int, places: int = 5) -> str:
    """A company with a position of several places, added by who may; answers its name."""
    name = f"Værkstedet {uuid4().hex[:6]}"
    page.goto(base + "companies/new/")
    page.get_by_label("Navn").fill(name)
    page.get_by_label("Ordinært ansatte").fill(str(staff))
    page.get_by_label("Region").fill("Syddanmark")
    page.get_by_role("button", name="Gem virksomheden").click()
    page.get_by_role("link", name="Tilbyd en praktikplads").first.click()
    page.locator('input[name="title"]').fill("Hjælper")
    page.locator('textarea[name="tasks"]').fill("Rydde op\nPakke varer")
    page.locator('input[name="places"]').fill(str(places))
    page.get_by_role("button", name="Tilbyd den").click()
    expect(page.locator("main")).to_contain_text("Pakke varer")
    return name


def decided(page: Page, case: str, company: str, *, weeks: str = "") -> None:
    """A named person decides on a position for somebody."""
    page.goto(case)
    page.get_by_role("link", name="Find en plads på en virksomhed").click()
    page.locator('select[name="position"]').select_option(label=f"{company}: Hjælper")
    page.locator('input[name="hours"]').fill("20")
    if weeks:
        page.locator('input[name="ends_on"]').fill(weeks)
    page.get_by_role("button", name="Beslut dette").click()


def prepared_and_signed(page: Page) -> None:
    """Every item is ticked, everybody has signed."""
    for _item in range(5):
        page.locator('section[aria-labelledby="before"] form:has(input[name="item"][type="hidden"]) button').first.click()
    for _part in range(4):
        page.get_by_role("button", name=re.compile("^Har skrevet under")).first.click()


@pytest.mark.row("S4-01")
@pytest.mark.row("S4-10")
def test_a_placement_begins_with_no_course_and_three_partners_do_their_part(walk: Callable[..., Any]) -> None:
    """Given somebody met today, when the caseworker decides and the company has prepared and signed, then the first company day is the same day; Business Kolding edits the company and opens no person."""
    lars = walk(language="da")
    page = lars.continue_as("company-consultant")
    base = programme_of(page)
    company = company_of(page, base, staff=12)
    lars.check_accessible("s4-10-company")
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    case = met(page, base, "Yonas")
    decided(page, case, company)
    placement = page.url
    page.get_by_role("button", name="Første dag på virksomheden er her").click()
    expect(page.locator("main, [role=status], [role=alert]").first).to_contain_text(re.compile("."))
    expect(page.locator("body")).to_contain_text("ikke færdig med forberedelserne")
    mette.check_accessible("s4-01-being-prepared")
    prepared_and_signed(page)
    page.get_by_role("button", name="Første dag på virksomheden er her").click()
    expect(page.locator("main")).to_contain_text("I gang")
    expect(page.locator(".facts")).to_contain_text("0 dage")
    mette.check_accessible("s4-01-running")
    assert lars.status(case) == 404, "the company's side opens no person"
    lars.page.goto(placement)
    expect(lars.page.locator("main")).to_contain_text("Pakke varer")
    expect(lars.page.locator("main")).not_to_contain_text("Yonas")
    karen = walk(language="da", width=360)
    page = karen.continue_as("placement-coordinator")
    page.goto(base + "funnel/")
    expect(page.locator("main")).to_contain_text("144")
    karen.check_accessible("s4-10-coordinator-phone")


@pytest.mark.row("S4-02")
def test_one_plan_holds_work_and_support_and_the_companys_side_sees_the_work(walk: Callable[..., Any]) -> None:
    """Given a running placement of somebody with support steps, when the caseworker opens it, then both stand on one line of days; the consultant sees tasks alone."""
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    base = programme_of(page)
    page.goto(base + "cases/?q=Ghada&state=open")
    page.locator("main a.title-link").first.click()
    page.locator('section[aria-labelledby="work"] a.title-link').first.click()
    placement = page.url
    support = page.locator("ol.plan li.support")
    assert support.count() >= 2
    assert page.locator("ol.plan li.work").count() >= 4
    step = support.first.locator("strong").inner_text()
    mette.check_accessible("s4-02-plan")
    lars = walk(language="da", width=360)
    lars.continue_as("company-consultant")
    lars.page.goto(placement)
    assert lars.page.locator("ol.plan li.support").count() == 0
    expect(lars.page.locator("main")).not_to_contain_text(step)
    expect(lars.page.locator("main")).not_to_contain_text("Mansour")  # she has agreed that the company knows her first name
    lars.check_accessible("s4-02-company-side-phone")


@pytest.mark.row("S4-11")
def test_a_company_of_twelve_is_stopped_at_the_third_person(walk: Callable[..., Any]) -> None:
    """Given a company of twelve with two people, when a third is decided on, then the rule says why not; a reason that somebody answers for lets it through."""
    lars = walk(language="da")
    page = lars.continue_as("company-consultant")
    base = programme_of(page)
    company = company_of(page, base, staff=12)
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    for name in ("Rahel", "Berhane"):
        decided(page, met(page, base, name), company)
        expect(page.locator("main")).to_contain_text("Under forberedelse")
    third = met(page, base, "Luwam")
    decided(page, third, company)
    expect(page.locator("main")).to_contain_text("12 ordinært ansatte må have 2")
    mette.check_accessible("s4-11-stopped")
    page.locator('input[name="over_limit_reason"]').fill("En af de to slutter på fredag, aftalt med tillidsrepræsentanten")
    page.get_by_role("button", name="Beslut dette").click()
    expect(page.locator("main")).to_contain_text("aftalt med tillidsrepræsentanten")


@pytest.mark.row("S4-07")
def test_who_stops_early_gives_a_reason_and_is_not_among_the_completed(walk: Callable[..., Any]) -> None:
    """Given a running placement, when it is stopped, then a reason is asked, and before the last agreed day it cannot be completed."""
    mette = walk(language="da", width=360)
    page = mette.continue_as("caseworker")
    base = programme_of(page)
    page.goto(base + "cases/?q=Filmon&state=open")
    page.locator("main a.title-link").first.click()
    page.locator('section[aria-labelledby="work"] a.title-link').first.click()
    assert page.get_by_role("button", name="Markér som gennemført").count() == 0, "the agreed time is not over"
    page.get_by_role("link", name="Stop før tid").click()
    page.get_by_role("button", name="Stop praktikforløbet").click()
    mette.check_accessible("s4-07-reason-asked")
    page.get_by_label("Arbejdsopgaverne passede ikke").check()
    page.get_by_role("button", name="Stop praktikforløbet").click()
    expect(page.locator("main")).to_contain_text("Stoppet")
