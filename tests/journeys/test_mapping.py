"""From a question on a phone to a cell in the map and to one's own levels: S1-01, S1-05, S1-10."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def programme_of(page: Page) -> str:
    """The address of the programme that the walker sees, from the header."""
    href = page.locator('nav a[href*="/programmes/"]').first.get_attribute("href") or ""
    found = re.match(r"/programmes/[0-9a-f-]{36}/", href)
    assert found, href
    return found.group(0)


def answer_everything(page: Page, *, choice: int) -> None:
    """Answer page after page, the same step for each question, and send."""
    for _number in range(12):
        if "/review/" in page.url:
            break
        groups = page.locator("fieldset:has(input[type=radio])")
        for index in range(groups.count()):
            options = groups.nth(index).locator("input[type=radio]")
            options.nth(min(choice, options.count() - 1)).check(force=True)
        page.get_by_role("button", name="Nästa").click()
        page.wait_for_load_state()
    page.get_by_role("button", name=re.compile("^Skicka")).click()
    page.wait_for_url(re.compile("/sent/"))


@pytest.mark.row("S1-01")
def test_staff_answer_by_link_on_a_phone_and_the_map_hides_small_groups(walk: Callable[..., Any], mailbox: Callable[..., str]) -> None:
    """Given a mail with a personal link, when it is answered on a phone without an account and without scripts, then the map has it."""
    mail = mailbox("asa.nystrom@example.org", "/a/")
    link = re.search(r"https?://[^/\s\"]+(/a/[\w-]+/)", mail)
    assert link, "the invitation holds a personal link"
    phone = walk(width=360, scripts=False)
    phone.page.goto(link.group(1))
    expect(phone.page.locator("html")).to_have_attribute("lang", "sv")
    phone.page.locator("main form button, main a.button").first.click()
    phone.page.wait_for_load_state()
    answer_everything(phone.page, choice=2)
    leader = walk()
    leader.continue_as("process-leader-osby")
    leader.page.get_by_role("link", name="Kartläggning", exact=True).first.click()
    expect(leader.page.get_by_role("heading", level=1)).to_contain_text("ompetenskarta")
    for name in ("Osby", "Östra Göinge", "Kristianstad", "Hässleholm", "Hörby", "Kulturförståelse", "Psykisk hälsa"):
        expect(leader.page.locator("main")).to_contain_text(name)
    expect(leader.page.locator("main")).to_contain_text("dold")
    leader.check_accessible("s1-01-map")
    phone_map = walk(width=360)
    phone_map.continue_as("process-leader-osby")
    phone_map.page.goto(programme_of(phone_map.page) + "map/")
    phone_map.check_accessible("s1-01-map-phone")


@pytest.mark.row("S1-05")
def test_a_participant_sees_levels_before_and_after_and_both_ratings(walk: Callable[..., Any]) -> None:
    """Given own and manager's ratings from before, when the second mapping is answered, then before, target, sessions and after stand side by side."""
    mirza = walk(width=360)
    page = mirza.continue_as("participant")
    page.locator('form[action*="/my/answers/"] button').first.click()
    page.wait_for_load_state()
    if "/review/" not in page.url and page.locator("fieldset").count() == 0:
        page.locator("main form button, main a.button").first.click()
        page.wait_for_load_state()
    answer_everything(page, choice=3)
    page.goto("/my/levels/")
    for _wait in range(120):  # the worker turns answers into ratings, after whatever else it is at
        if re.search(r"Egen, efter\s+\d", page.locator("main").inner_text()):
            break
        page.wait_for_timeout(1000)
        page.reload()
    main = page.locator("main")
    expect(main).to_contain_text("Mål")
    expect(main).to_contain_text("Egen, före")
    expect(main).to_contain_text("Egen, efter")
    expect(main).to_contain_text("Chefens")
    expect(main).to_contain_text("Träffar:")
    text = main.inner_text()
    assert re.search(r"Egen, efter\s+\d", text), "a level after"
    assert re.search(r"Chefens\s+\d", text), "the manager's level beside it"
    mirza.check_accessible("s1-05-levels-phone")


@pytest.mark.row("S1-10")
def test_the_same_confidence_questions_three_times_with_the_number_of_answers(walk: Callable[..., Any]) -> None:
    """Given three rounds, when the change is opened, then before, after and six months later stand with their number of answers."""
    owner = walk()
    page = owner.continue_as("coordinator")
    page.goto(programme_of(page) + "change/")
    main = page.locator("main")
    for words in ("Före", "Efter", "halvår", "Jag känner mig trygg"):
        expect(main).to_contain_text(words)
    assert len(re.findall(r"\(\d{2,}\)", main.inner_text())) >= 15, "each bar says how many answered"
    owner.check_accessible("s1-10-change")
