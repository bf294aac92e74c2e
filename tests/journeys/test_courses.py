"""Newcomers in a course, with the session and the list that staff have: S3-11."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.hall import Line, Phone
from tests.journeys.test_mapping import programme_of
from tests.journeys.test_place_and_train import met

COURSE = "Arbejdsmarked og medborgerskab"


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Phone]:
    """A trainer's phone on a line that can be cut."""
    address = urlparse(site.url)
    line = Line((str(address.hostname), int(address.port or 80)))
    made = Phone(browser, site, line, language="da")
    yield made
    made.gone()
    line.close()


@pytest.mark.row("S3-11")
def test_newcomers_take_part_with_the_list_that_staff_have(walk: Callable[..., Any], phone: Phone) -> None:
    """Given somebody met today, when the caseworker gives a place and the trainer takes the list without a line, then the minutes stand on the person's page, once, and no colleague reads who was there."""
    mette = walk(language="da")
    page = mette.continue_as("caseworker")
    base = programme_of(page)
    case = met(page, base, "Dahab")
    number = page.locator(".breadcrumb [aria-current]").inner_text()
    page.get_by_role("link", name="Giv en plads på et kursus").click()
    page.get_by_label(re.compile(f"{COURSE}.*18. april")).check()
    page.locator('select[name="domain"]').select_option("language")
    mette.check_accessible("s3-11-choose")
    page.get_by_role("button", name="Giv pladserne").click()
    courses = page.locator('section[aria-labelledby="courses"]')
    expect(courses).to_contain_text("Har en plads")
    expect(courses).to_contain_text(f"Underviseren læser kun nummeret: {number}")
    expect(page.locator("ol.path")).to_contain_text(COURSE)
    mette.check_accessible("s3-11-person")
    courses.get_by_role("link", name=COURSE).first.click()
    session = page.url
    expect(page.locator('section[aria-labelledby="own-people"]')).to_contain_text("Dahab")
    page.get_by_role("link", name="Giv pladser").click()
    mette.check_accessible("s3-11-places")

    phone.continue_as("course-trainer")
    phone.page.goto(urlparse(session).path + "attendance/")
    expect(phone.page.locator("#kept-page")).to_be_visible()
    phone.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    expect(phone.page.locator(".presence-list")).to_contain_text(number)
    expect(phone.page.locator("main")).not_to_contain_text("Dahab")
    phone.check_accessible("s3-11-list-360")
    phone.line.cut()
    phone.page.locator("li").filter(has_text=number).locator("input[name^=present-]").click()
    phone.page.get_by_role("button", name="Færdig").click()
    expect(phone.page.locator("#phone-state")).to_contain_text("gemt på denne telefon")
    phone.line.restore()
    phone.page.evaluate("document.querySelector('[data-again]')?.click()")
    expect(phone.page.locator('section[aria-labelledby="people"] li').filter(has_text=number)).to_contain_text("150 min til stede")

    page.goto(case)
    expect(courses).to_contain_text("Var der én gang, 150 min")
    expect(courses).to_contain_text("Er skridtet")
    expect(page.locator("ol.path > li.behind")).to_have_count(0)
    courses.locator(".alert button").click()
    expect(page.locator("ol.path > li.behind strong")).to_have_text(COURSE)
    mette.check_accessible("s3-11-minutes")

    rasmus = walk(language="da", width=360)
    rasmus.continue_as("caseworker-two")
    rasmus.page.goto(session)
    expect(rasmus.page.locator("main")).not_to_contain_text(number)
    expect(rasmus.page.locator("main")).not_to_contain_text("Dahab")
    rasmus.check_accessible("s3-11-colleague-360")
    lars = walk(language="da")
    lars.continue_as("company-consultant")
    assert lars.status(session) == 404
