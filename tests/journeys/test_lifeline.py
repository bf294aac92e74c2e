"""Somebody taps on a phone, in Arabic; nobody answers, and one after another is told: S4-03."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Site, Walker

PASSWORD = "correct horse battery"
MAKE = """
import json
from handrail.people import actions as people
from handrail.programmes.models import Programme
from tests.mentoring.world import make_town
town = make_town()
for one in (town.sofie, town.karen, town.morten.person):
    people.open_account(person=one, password="PASSWORD", by=None)
for one in (town.sofie, town.karen, town.morten.person, town.leyla.person):
    one.identity.language = "da"
    one.identity.save()
print("MADE" + json.dumps({"programme": str(town.programme.uid), "case": str(town.case.uid), "number": town.case.number}))
"""
TURN = """
from datetime import timedelta
from handrail.kit import clock
clock.turn_to(clock.now() + timedelta(minutes=MINUTES))
"""
MORNING = """
import json
from datetime import timedelta
from handrail.kit import clock
from handrail.kit.models import DemonstrationClock
from handrail.kit.text import local
row = DemonstrationClock.objects.filter(pk=1).first()
clock.turn_to((local(clock.now()) + timedelta(days=1)).replace(hour=10, minute=0))
print("MADE" + json.dumps(row.offset.total_seconds() if row else 0))
"""
BACK = """
from datetime import timedelta
from handrail.kit.models import DemonstrationClock
DemonstrationClock.objects.filter(pk=1).update(offset=timedelta(seconds=SECONDS))
"""


def told(site: Site, code: str) -> Any:
    """Run something beside the site, and read what it prints behind MADE."""
    start = "import django; django.setup()\n"
    env = {**site.env, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run([sys.executable, "-c", start + code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.partition("MADE")[2]) if "MADE" in done.stdout else None


@pytest.fixture
def turn(site: Site) -> Iterator[Callable[[int], None]]:
    """Turn the clock on by minutes, beginning at ten in the morning: at night a call waits. It stands where it stood when the journey is over."""
    stood = told(site, MORNING)
    yield lambda minutes: told(site, TURN.replace("MINUTES", str(minutes)))
    told(site, BACK.replace("SECONDS", str(stood)))


def sign_in(walker: Walker, address: str) -> Page:
    """With address and password, as people do."""
    walker.page.goto("/sign-in/")
    walker.page.locator("input[name=login]").fill(address)
    walker.page.locator("input[name=password]").fill(PASSWORD)
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.wait_for_url("**/home/")
    return walker.page


@pytest.mark.row("S4-03")
def test_one_tap_reaches_mentor_then_backup_then_coordinator(site: Site, walk: Callable[..., Walker], mailbox: Callable[..., str], turn: Callable[[int], None]) -> None:
    """Given a card in Arabic, when its holder taps once and nobody answers in time, then mentor, back-up and coordinator are told in turn; who answers logs the minutes."""
    made = told(site, MAKE.replace("PASSWORD", PASSWORD))

    # The caseworker makes the card, in the person's language, and prints it on one sheet.
    worker = walk(language="da")
    page = sign_in(worker, "karen.friis@strandby.example.org")
    page.goto(f"/cases/{made['case']}/")
    expect(page.get_by_role("heading", name="Mentor og livline")).to_be_visible()
    worker.check_accessible("s4-03-case")
    page.get_by_role("link", name="Lav et nyt kort").click()
    expect(page.get_by_label("العربية")).to_be_checked()
    page.get_by_role("button", name="Lav kortet").click()
    address = page.locator("#card-address").inner_text()
    expect(page.locator(".lifeline-card")).to_have_attribute("dir", "rtl")
    worker.check_accessible("s4-03-card")
    sheet = page.pdf(format="A4", print_background=True)
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") <= 1 or sheet.count(b"/Count 1") >= 1, "one sheet"

    # The person's phone: right to left, two buttons, no name; without scripts it works as well.
    phone = walk(width=360, scripts=False, language="ar")
    screen = phone.page
    screen.goto(address)
    expect(screen.locator("html")).to_have_attribute("dir", "rtl")
    assert "Dana" not in screen.content() and screen.title() == "صفحتي"
    assert screen.get_by_role("button").count() == 1 and screen.locator("[data-exit]").count() == 1
    expect(screen.get_by_text("Text not yet checked by a native speaker.")).to_be_visible()
    screen.get_by_role("button", name="التواصل مع").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("هناك من سيردّ.")
    screen.reload()

    # The mentor is told at once: a mail that names nobody, and a task before all others.
    mail = mailbox("morten.dahl@strandby.example.org", "/asked/")
    assert "Dana" not in mail and "Nogen spørger efter dig" in mail
    mentor = walk(width=360, language="da")
    own = sign_in(mentor, "morten.dahl@strandby.example.org")
    expect(own.get_by_text("Nogen spørger efter dig").first).to_be_visible()
    mentor.check_accessible("s4-03-mentor-home")

    # Nobody answers in time: the back-up, then the coordinator.
    turn(31)
    mailbox("leyla.omar@strandby.example.org", "/asked/")
    screen.get_by_role("link", name="تحديث الصفحة").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("شخص آخر يساعد الآن.")
    turn(31)
    mailbox("sofie.lund@strandby.example.org", "/asked/")
    coordinator = walk(language="da")
    desk = sign_in(coordinator, "sofie.lund@strandby.example.org")
    expect(desk.get_by_text("Nogen spørger efter dig").first).to_be_visible()

    # The mentor sees it after all and rings; the person's page says so; the minutes are logged with the call.
    own.goto("/home/")
    own.get_by_role("button", name="Jeg ringer nu").first.click()
    expect(own.get_by_text("22 11 00 99, ring")).to_be_visible()
    mentor.check_accessible("s4-03-call")
    phone_with_scripts = walk(width=360, language="ar")
    with_scripts = phone_with_scripts.page
    with_scripts.goto(address)
    expect(with_scripts.get_by_role("heading", level=1)).to_contain_text("Morten")
    phone_with_scripts.check_accessible("s4-03-phone-rings")
    own.get_by_label("Minutter").fill("12")
    own.get_by_role("button", name="Vi har talt sammen").click()
    expect(own.get_by_text("Noteret. Tak.")).to_be_visible()
    page.goto(f"/cases/{made['case']}/")
    expect(page.get_by_text("talte sammen i 12")).to_be_visible()

    # The page is as it was; the quick exit leaves nothing to go back to.
    with_scripts.goto(address + "?language=ti")
    phone_with_scripts.check_accessible("s4-03-phone-tigrinya")
    with_scripts.goto(address)
    phone_with_scripts.check_accessible("s4-03-phone-start")
    before = with_scripts.evaluate("history.length")
    with_scripts.locator("[data-exit]").click()
    with_scripts.wait_for_url("**/today/")
    assert with_scripts.evaluate("history.length") == before
    phone_with_scripts.check_accessible("s4-03-away")

    # Who has been quiet and how many minutes: the coordinator's list.
    desk.get_by_role("link", name="Mentorer").first.click()
    expect(desk.get_by_text("12 min")).to_be_visible()
    coordinator.check_accessible("s4-03-mentors")
    desk.get_by_role("link", name="Livlinens sprog").click()
    expect(desk.get_by_text("udkast").first).to_be_visible()
    coordinator.check_accessible("s4-03-languages")
    own.goto(f"/programmes/{made['programme']}/my-people/")
    own.get_by_role("link", name="Dana", exact=True).click()
    mentor.check_accessible("s4-03-mentee")
    assert made["number"] not in own.content() and "Hemmelig" not in own.content()


