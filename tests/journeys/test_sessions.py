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


@pytest.mark.row("S1-03")
def test_the_button_of_a_long_invitation_list_is_in_sight_and_near_by_keyboard(walk: Callable[..., Any]) -> None:
    """Given a long list on a phone without scripts, when it opens, then the button is in sight; by keyboard it is two steps from the list's start, and the focus never hides beneath it."""
    leader = walk(width=360, scripts=False)
    page = leader.continue_as("process-leader-osby")
    page.goto(programme_of(page) + "sessions/")
    page.locator('main a[href^="/sessions/"]').filter(has_text="Trauma, stress och vardag").first.click()
    page.goto(page.url + "invite/")
    button = page.get_by_role("button", name="Bjud in de valda")
    assert page.locator('input[name="persons"]').count() > 20, "the list is long"
    expect(button).to_be_in_viewport(ratio=1)
    page.locator(".past").focus()
    expect(page.locator(".past")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.locator('input[name="persons"]').first.focus()
    for _step in range(12):
        page.keyboard.press("Tab")
        box, bar = page.locator(":focus").bounding_box(), page.locator(".foot-bar").bounding_box()
        assert box and bar and box["y"] + box["height"] <= bar["y"] + 1, "the focus is not beneath the bar"
    page.keyboard.press("Space")
    button.click()
    expect(page.locator("main")).to_contain_text("En person är inbjuden.")
