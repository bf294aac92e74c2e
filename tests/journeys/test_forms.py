"""A form as the field writes it, answered on a phone without scripts: every type, a repeat in a repeat, Arabic from the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.instruments.every import every
from tests.instruments.forms import workbook
from tests.journeys.conftest import Site
from tests.journeys.hall import told

MAKE = """
import json
from datetime import timedelta
from pathlib import Path
from handrail.instruments import actions
from handrail.kit import clock
from handrail.people.models import Account
from handrail.programmes.models import Participation
mirza, amal = (Account.objects.get(email=e).person for e in ("mirza.delic@example.org", "amal.haddad@example.org"))
mine = Participation.objects.get(person=mirza)
version = actions.publish_questionnaire(programme=mine.programme, file_name="every.xlsx", content=Path("FILE").read_bytes(), by=amal)
made = actions.open_round(programme=mine.programme, version=version, title="Mottagande", opens_on=clock.today(), closes_on=clock.today() + timedelta(days=9), by=amal)
actions.invite_to_round(round=made, persons=[mirza], by=amal)
print("MADE" + json.dumps(actions.link_for(made.invitations.get())))
"""


def test_a_form_of_every_type_is_answered_on_a_phone(walk: Callable[..., Any], site: Site, tmp_path: Any) -> None:
    """Given a form with every type and a phone without scripts, when somebody answers it, then household members come and go, and it arrives."""
    (tmp_path / "every.xlsx").write_bytes(workbook(every()))
    link = told(site, MAKE.replace("FILE", str(tmp_path / "every.xlsx")))
    walker = walk(width=360, scripts=False)
    page = walker.page
    page.goto(link)
    page.get_by_role("link", name="Börja").click()
    page.get_by_label("Vad heter du?").fill("Amal")
    page.get_by_label("När är du född?").fill("1990-06-01")
    page.get_by_label("4", exact=True).check()
    page.get_by_label("Jag har förstått").check()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("div.form[dir=rtl] h1")).to_have_text("عنك")
    look(walk, page.url, "forms-rtl")
    page.get_by_role("button", name="Svenska").click()
    look(walk, page.url, "forms-types")
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Län").select_option("m")
    page.get_by_role("button", name="Nästa").click()
    expect(page.get_by_text("Ronneby")).to_have_count(0)
    page.get_by_label("Hörby").check()
    for place, answer in (("Plats 1", "talk"), ("Plats 2", "walk"), ("Plats 3", "other")):
        page.get_by_label(place, exact=True).select_option(answer)
    look(walk, page.url, "forms-place")
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Hur många är ni?").fill("2")
    page.get_by_role("button", name="Nästa").click()
    for number, (name, age) in enumerate((("Amal", "27"), ("Sami", "9")), start=1):
        page.locator(f'[name="q-members/{number}/member"]').fill(name)
        page.locator(f'[name="q-members/{number}/years_old"]').fill(age)
    page.get_by_role("button", name="Nästa").click()
    page.locator('[name="q-members/2/school"][value="yes"]').check()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_role("button", name="En till: Kurs").click()
    expect(page.get_by_text("Kurs 2", exact=True)).to_be_visible()
    look(walk, page.url, "forms-repeat")
    page.get_by_role("button", name="Ta bort Kurs 2").click()
    expect(page.get_by_text("Kurs 2", exact=True)).to_have_count(0)
    page.locator('[name="q-members/2/courses/1/course"]').fill("Simning")
    page.get_by_role("button", name="Nästa").click()
    page.locator('[name="q-safe"][value="3"]').check()
    look(walk, page.url, "forms-likert")
    page.get_by_role("button", name="Nästa").click()
    expect(page.locator("main")).to_contain_text("Person 2: Kurs 1: Vilken kurs?")
    page.get_by_role("button", name="Skicka mina svar").click()
    expect(page.locator("h1")).to_contain_text("Tack")


def look(walk: Callable[..., Any], url: str, name: str) -> None:
    """The page as axe sees it, narrow and wide: looking needs scripts, answering does not."""
    for width in (360, 1280):
        walker = walk(width=width)
        walker.page.goto(url)
        walker.check_accessible(f"{name}-{width}")
