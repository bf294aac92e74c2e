"""Hours that a funder accepts, and the thread under them: S1-12, S1-13."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.test_mapping import programme_of


def plain(text: str) -> str:
    """Text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.row("S1-12")
def test_the_gauge_and_one_month_worked_out_as_an_equation(walk: Callable[..., Any]) -> None:
    """Given 90 and 95 minutes in March, when the figure is opened, then it gives 3 h by the month's rule, 2 h by the session's; the gauge stands to 1 811 937,50."""
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    page.get_by_role("link", name="Timmar", exact=True).first.click()
    text = plain(page.locator("main").inner_text())
    assert "1 811 937,50 kr" in text
    assert "7 247 750 kr" in text
    assert re.search(r"\d h saknas", text), "the missing hours are said"
    assert "280" in text, "the unit cost of 2017"
    assert "290" in text, "the unit cost of 2018"
    leader.check_accessible("s1-12-ledger")
    mirza = walk(width=360)
    page = mirza.continue_as("participant")
    page.get_by_role("link", name=re.compile("mars 2018", re.I)).first.click()
    text = plain(page.locator("main").inner_text())
    assert "90 min" in text
    assert "95 min" in text
    assert "185 min" in text
    assert "3 h" in text
    page.goto("/home/")
    page.locator('main a[href^="/certificates/"]').first.click()
    opened = plain(page.locator("main").inner_text())
    assert "2 h" in opened, "what the other rule would have given"
    mirza.check_accessible("s1-12-opened-phone")


@pytest.mark.row("S1-13")
def test_confirmed_countersigned_corrected_and_the_sheet_matches_the_ledger(walk: Callable[..., Any]) -> None:
    """Given March, when the participant confirms and the manager countersigns, then the ledger has it; a replaced line stays; the sheet's sum is the ledger's."""
    mirza = walk(width=360)
    page = mirza.continue_as("participant")
    page.goto(programme_of(page) + "hours/mine/" if page.locator('nav a[href*="/programmes/"]').count() else "/home/")
    if not page.get_by_role("button", name=re.compile("Bekräfta mars 2018")).count():
        page.goto("/home/")
        page.get_by_role("link", name="Bekräfta").first.click()
    assert page.locator("main s, main del, main .replaced").count() >= 1, "the replaced line stays, struck through"
    expect(page.locator("main")).to_contain_text("Paus på 10 min glömd")
    page.get_by_role("button", name=re.compile("Bekräfta mars 2018")).click()
    page.wait_for_load_state()
    mirza.check_accessible("s1-13-confirmed-phone")
    manager = walk()
    page = manager.continue_as("line-manager")
    page.get_by_role("link", name="Kontrasignera").first.click()
    expect(page.locator("main")).to_contain_text("Mirza Delić")
    manager.check_accessible("s1-13-countersign")
    boxes = page.locator('input[name="certificates"]')
    for index in range(boxes.count()):
        boxes.nth(index).check(force=True)
    page.locator("main form button[type=submit]").filter(has_text=re.compile("Kontrasignera")).first.click()
    page.wait_for_load_state()
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    base = programme_of(page)
    page.goto(base + "hours/2018-01/")
    with page.expect_download() as caught:
        page.goto(base + "hours/sheets/")
        page.get_by_role("link", name=re.compile(r"XLSX.*januari 2018")).first.click()
    content = open(caught.value.path(), "rb").read()  # noqa: SIM115
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert cells, "the monthly sheet has content"
    page.goto(base + "hours/?of=" + (page.locator('a[href*="of="]').first.get_attribute("href") or "").split("of=")[-1])
    leader.check_accessible("s1-13-osby")


@pytest.mark.row("S1-13")
def test_the_thread_leads_from_the_figure_down_and_back(walk: Callable[..., Any]) -> None:
    """Given the certified amount, when its thread is followed, then hours, minutes, session, outcome, competence and gap follow as one sentence."""
    leader = walk()
    page = leader.continue_as("process-leader-osby")
    page.locator('main a[href^="/thread/"]').first.click()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    for kind in ("Timmar", "Minuter", "Träff", "Lärandemål", "Kompetens", "Gap"):
        assert kind in text, kind
    leader.check_accessible("thread")
    phone = walk(width=360)
    phone.continue_as("auditor")
    phone.page.locator('main a[href^="/thread/"]').first.click()
    phone.check_accessible("thread-auditor-phone")
