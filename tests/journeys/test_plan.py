"""From the map to a plan, to invitations that differ, and to plans that outlive the project: S1-02, S1-04, S1-06, S1-07."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_mapping import programme_of


@pytest.mark.row("S1-02")
def test_the_plan_is_proposed_from_the_map_with_the_four_areas(walk: Callable[..., Any]) -> None:
    """Given a mapping, when plans are opened, then each area's lines say how many people need them and why; and a plan can be asked for."""
    owner = walk()
    page = owner.continue_as("coordinator")
    page.get_by_role("link", name="Plan", exact=True).first.click()
    main = page.locator("main")
    for area in ("Kulturförståelse", "Psykisk hälsa", "Samtalsmetoder och kommunikation", "Ledning och styrning av mångfaldsarbete"):
        expect(main).to_contain_text(area)
    assert len(re.findall(r"Av \d+ som svarat\. De ligger i snitt \d,\d nivåer under", main.inner_text())) >= 10
    owner.check_accessible("s1-02-plans")
    page.goto(programme_of(page) + "plans/ask/")
    page.locator("#id_budget").fill("60000")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/plans/*-*-*/")
    for _wait in range(240):  # the worker computes; the first time it also compiles the search
        if page.get_by_text(re.compile("kan ingen plan bli")).count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("main")).to_contain_text("kan ingen plan bli")
    owner.check_accessible("s1-02-plan")


@pytest.mark.row("S1-04")
def test_two_people_with_different_gaps_get_different_seats(walk: Callable[..., Any]) -> None:
    """Given a proposal, when two sessions of different modules are opened, then different people have seats, each with its sentence."""
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    plans = programme_of(page) + "plans/"
    page.goto(plans)
    for _wait in range(240):  # the demonstration's proposal is computed by the worker
        if page.locator('main a[href^="/plans/"]').count() and not page.get_by_text("räknas fram").count():
            page.locator('main a[href^="/plans/"]').last.click()
            page.wait_for_load_state()
            if page.locator('main a[href*="session="]').count():
                break
        page.wait_for_timeout(1000)
        page.goto(plans)
    links = page.locator('main a[href*="session="]')
    addresses = list(dict.fromkeys(links.nth(index).get_attribute("href") for index in range(links.count())))
    seats: list[set[str]] = []
    for address in addresses[:6]:
        page.goto(address if address.startswith("/") else page.url.split("?")[0] + address)
        mine = page.locator('main a[href*="kind=attend"][href*="person="]')
        seats.append({(mine.nth(index).get_attribute("href") or "").split("person=")[-1] for index in range(mine.count())})
    filled = [one for one in seats if one]
    assert len(filled) >= 2, "the leader sees own people in the opened sessions"
    assert any(one != filled[0] for one in filled[1:]), "other modules, other people"
    expect(page.locator("main")).to_contain_text(re.compile("Tränar|tränar|rollen kräver|Stänger"))
    leader.check_accessible("s1-04-seats")


@pytest.mark.row("S1-06")
def test_a_municipality_has_a_plan_with_owner_date_and_review_beyond_the_project(walk: Callable[..., Any]) -> None:
    """Given Osby's organisational plan, when it is renewed, then owner, date and a review after the project's end stand in it, and the old version stays."""
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    page.goto(programme_of(page) + "organisational-plans/")
    expect(page.locator("main")).to_contain_text("Hässleholm")
    leader.check_accessible("s1-06-organisational-plans")
    page.locator('main a[href*="/organisational-plans/"]').filter(has_text=re.compile("Skriv|Förnya|Ändra|Osby")).first.click()
    page.wait_for_load_state()
    if not page.locator("#id_aim").count():
        page.locator('main a[href*="/organisational-plans/"]').filter(has_text=re.compile("Skriv|Förnya|Ändra|ny version", re.I)).first.click()
    page.locator("#id_aim").fill("Alla som möter nyanlända samtalar tryggt genom tolk, också efter projektet.")
    page.locator("#id_review_on").fill("2019-09-01")
    page.locator("#id_action_0").fill("Tolksamtal övas varje termin")
    page.locator("#id_due_0").fill("2018-11-30")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    main = page.locator("main")
    expect(main).to_contain_text("1 september 2019")
    expect(main).to_contain_text("Tolksamtal övas varje termin")
    leader.check_accessible("s1-06-plan")


@pytest.mark.row("S1-07")
def test_a_municipality_without_a_named_and_trained_process_leader_is_red(walk: Callable[..., Any]) -> None:
    """Given Hässleholm without and Östra Göinge with an untrained process leader, when the owner comes home, then both are red, with the reason."""
    owner = walk()
    page = owner.continue_as("coordinator")
    main = page.locator("main")
    expect(main).to_contain_text("Hässleholm")
    expect(main).to_contain_text("Ingen processledare är utsedd")
    expect(main).to_contain_text("har inte gått processledarutbildningen")
    assert main.get_by_text("rött").count() >= 2
    owner.check_accessible("s1-07-home")


def computed(page: Any, words: str) -> None:
    """Wait until the worker has answered; the first time it also compiles the search."""
    for _wait in range(240):
        if page.get_by_text(words).count():
            return
        assert page.locator(".problem, h1", has_text="gick sönder").count() == 0, "the page broke"
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{words} did not come; {page.locator('main').inner_text()[:500]}")


@pytest.mark.row("S1-02")
def test_after_a_cancellation_an_answer_is_chosen_and_people_are_offered_other_seats(walk: Callable[..., Any]) -> None:
    """Given a planned session with people in it, when it is called off, then answers are proposed, one is chosen, and those who lost a seat are told."""
    owner = walk()
    page = owner.continue_as("coordinator")
    plans = programme_of(page) + "plans/"
    page.goto(programme_of(page) + "sessions/")
    page.locator('main a[href^="/sessions/"]').filter(has_text="Att orka").first.click()
    page.get_by_role("link", name="Ställ in träffen").click()
    page.locator("#id_reason").fill("Lokalen har fått en vattenskada")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    page.goto(plans)
    owner.check_accessible("s1-02-called-off")
    page.get_by_role("link", name="Planera om").first.click()
    owner.check_accessible("s1-02-replan-ask")
    page.get_by_role("button", name="Räkna ut svaren").click()
    page.wait_for_url("**/plans/*-*-*/")
    computed(page, "Välj ett svar")
    expect(page.locator("main")).to_contain_text(re.compile("Ingen flyttas i det som börjar inom 14 dagar"))
    owner.check_accessible("s1-02-replan-answers")
    page.get_by_role("link", name="Anta det här svaret").click()
    owner.check_accessible("s1-02-replan-adopt")
    page.locator("main form button[type=submit]").last.click()
    page.goto(plans)
    expect(page.get_by_role("link", name="Planera om")).to_have_count(0)


@pytest.mark.row("S1-02")
def test_what_if_stands_beside_what_is_planned(walk: Callable[..., Any]) -> None:
    """Given a planned spring, when the owner asks what half the money would do, then both stand side by side and nothing can be adopted."""
    owner = walk(width=390)
    page = owner.continue_as("coordinator")
    page.goto(programme_of(page) + "plans/")
    page.get_by_role("link", name="Tänk om").click()
    owner.check_accessible("s1-02-what-if-ask")
    page.locator("#id_budget").fill("30000")
    page.get_by_role("button", name="Räkna ut").click()
    page.wait_for_url("**/plans/*-*-*/")
    computed(page, "Bredvid det som är planerat i dag")
    expect(page.locator("main")).to_contain_text("Steg som stängs")
    expect(page.get_by_role("link", name=re.compile("^Anta"))).to_have_count(0)
    owner.check_accessible("s1-02-what-if")
