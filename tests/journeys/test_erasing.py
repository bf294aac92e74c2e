"""Somebody is erased: one asks, another agrees, and hours stay under the number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_mapping import programme_of


@pytest.mark.row("S1-14")
def test_a_participant_is_erased_by_two_and_the_hours_stay(walk: Callable[..., Any]) -> None:
    """Given a participant with hours, when Osby's leader asks and the owner agrees by typing the number, then the name is nowhere and the totals are as before."""
    owner = walk()
    page = owner.continue_as("coordinator")
    hours = programme_of(page) + "hours/"
    page.goto(hours)
    total = page.locator("main h1").inner_text()
    leader = walk(width=360)
    page = leader.continue_as("process-leader-osby")
    page.goto(programme_of(page) + "participants/?sort=-number")
    row = page.locator("main tbody tr").first
    name, address = row.locator("a.title-link").inner_text(), row.locator("a.title-link").get_attribute("href")
    number = row.locator("td").first.inner_text()
    assert re.fullmatch(r"[A-Z]+-\d+", number), number
    page.goto(str(address))
    leader.check_accessible("erase-0-person")
    page.get_by_role("link", name="Se vad som försvinner och vad som finns kvar").click()
    expect(page.locator("h1")).to_have_text(f"Radera {name}?")
    leader.check_accessible("erase-1-ask")
    page.get_by_label("Personen har bett om att bli raderad").check()
    page.get_by_label("Skriv numret ovan").fill("LFI-0000")
    page.get_by_role("button", name="Begär radering").click()
    expect(page.locator("main")).to_contain_text("Det är inte numret ovan")
    leader.check_accessible("erase-2-wrong-number")
    page.get_by_label("Skriv numret ovan").fill(number)
    page.get_by_role("button", name="Begär radering").click()
    expect(page.locator("main")).to_contain_text("En projektägare i personens program")
    assert leader.status(str(address)) == 200, "nothing is erased by asking"
    page = owner.page
    page.goto("/home/tasks/")
    expect(page.locator("main")).to_contain_text(f"{number} ska raderas")
    page.goto("/erasures/")
    page.get_by_role("link", name=number).click()
    expect(page.locator("main")).not_to_contain_text(name)
    owner.check_accessible("erase-3-agree")
    page.get_by_role("link", name="Gå vidare och radera").click()
    owner.check_accessible("erase-4-type")
    page.get_by_label("Skriv numret ovan").fill(number)
    page.get_by_role("button", name="Radera för gott").click()
    expect(page.locator("main")).to_contain_text("Raderad")
    owner.check_accessible("erase-5-done")
    assert leader.status(str(address)) == 404
    page = leader.page
    page.goto("/search/?q=" + name.split()[-1])
    expect(page.locator("main")).not_to_contain_text(name)
    page = owner.page
    page.goto(hours)
    expect(page.locator("main h1")).to_have_text(total)
