"""Sessions, seats and minutes: S1-03."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_mapping import programme_of


@pytest.mark.row("S1-03")
def test_a_lecture_and_group_work_with_three_groups_minutes_and_a_product(walk: Callable[..., Any]) -> None:
    """Given the calendar, when a lecture and group work are put up, then they stand in it; attendance is minutes, and a group's product is kept."""
    owner = walk()
    page = owner.continue_as("coordinator")
    base = programme_of(page)
    for module, start, end in (("M01", "13:00", "16:15"), ("M03", "09:00", "16:15")):
        page.goto(base + "sessions/new/")
        option = page.locator(f'#id_module option:has-text("{MODULES[module]}")').first.get_attribute("value")
        page.locator("#id_module").select_option(option)
        page.locator("#id_day").fill("2018-06-12" if module == "M01" else "2018-06-13")
        page.locator("#id_starts_at").fill(start)
        page.locator("#id_ends_at").fill(end)
        if page.locator("#id_maximum").input_value() == "":
            page.locator("#id_maximum").fill("24")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/sessions/*-*-*/")
        expect(page.locator("h1")).to_contain_text(MODULES[module])
    owner.check_accessible("s1-03-session")

    trainer = walk(width=360)
    page = trainer.continue_as("trainer")
    page.get_by_role("link", name=re.compile("Ta närvaro")).first.click()
    page.wait_for_load_state()
    trainer.check_accessible("s1-03-attendance-phone")
    page.get_by_role("button", name="Alla är här").click()
    page.wait_for_load_state()
    late = page.locator('input[name^="late-"]').first
    late.evaluate("element => { const box = element.closest('details'); if (box) box.open = true; element.value = '20'; }")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text("160")

    page.goto(base + "sessions/?when=past")
    group_work = page.locator('main a[href^="/sessions/"]').filter(has_text="Samtal genom tolk").first
    group_work.click()
    page.wait_for_load_state()
    groups = page.locator('main a[href^="/groups/"]')
    assert groups.count() >= 3, "three groups"
    groups.first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Vårt gemensamma blad")
    page.locator("#id_title").fill("Vårt blad, andra versionen")
    page.locator("#id_text").fill("Vi börjar med att hälsa på tolken, sedan på personen.")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("andra versionen")
    expect(page.locator("main")).to_contain_text("Vårt gemensamma blad")
    trainer.check_accessible("s1-03-product-phone")


MODULES = {"M01": "Bemötande: fråga i stället för att anta", "M03": "Samtal genom tolk: öva i grupp"}
