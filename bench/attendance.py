"""How long a trainer needs for a list of 35 people on a phone, the connection lost in the middle: the real page at human speed.

    HANDRAIL_VAR=var .venv/bin/python bench/attendance.py --url http://127.0.0.1:8000 [--people 35] [--way wall]

The site must run in local mode with its demonstration (`./run`). Each act waits as long as a person takes, by the keystroke-level model of Card, Moran
and Newell (1983), with the usual figures for a thumb on glass;
the seconds for a name read aloud and for asking the room are assumptions, written below to be argued with. Two ways are walked:

* everybody: ask who is missing, tick everybody, then put right those who are missing, late or leave early;
* call: read each name aloud, wait for the answer, tick.

A third, wall: everybody checks in with the code at one instant, each with their own link; only the machine's time, since people do it side by side.

Each begins with opening the list and ends when the server has acknowledged every mark.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import HTTPCookieProcessor, Request, build_opener

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import FLAGS, Site
from tests.journeys.hall import Hall, Line, Phone, told

THINK = 1.35  # deciding what to do next
TAP = 1.3  # moving the thumb to a target and touching it
SCROLL = 0.8  # one swipe
KEY = 0.4  # one digit on the phone's pad
CALL = 2.6  # a name read aloud and an answer heard
ASK = 30.0  # "who is missing, who came late?" in the room, before everybody is ticked
ABSENT, LATE, EARLY = 3, 3, 1  # of 35, as in the demonstration's sessions


class Trainer:
    """A trainer with a thumb; counts taps and the seconds that a person takes."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps, self.human = page, 0, 0.0

    def wait(self, seconds: float) -> None:
        self.human += seconds
        self.page.wait_for_timeout(seconds * 1000)

    def tap(self, target: Any, think: float = 0) -> None:
        self.wait(think + TAP)
        self.taps += 1
        target.click()

    def scroll_to(self, row: int) -> None:
        self.wait(SCROLL)
        self.page.locator(".presence-list > li").nth(row).scroll_into_view_if_needed()

    def minutes(self, row: int, name: str, digits: str) -> None:
        """Open the panel under a name and write how many minutes."""
        self.tap(self.page.locator(".presence-list summary").nth(row), THINK)
        self.tap(self.page.locator(f'input[name^="{name}-"]').nth(row))
        self.wait(KEY * len(digits))
        self.taps += len(digits)
        self.page.locator(f'input[name^="{name}-"]').nth(row).fill(digits)


def exceptions(one: Trainer, people: int, cut: Callable[[], None], *, untick: bool) -> None:
    """Those who are missing, late or leave early, spread over the list; the connection goes in the middle of them."""
    rows = [round(number * (people - 1) / (ABSENT + LATE + EARLY)) for number in range(ABSENT + LATE + EARLY)]
    for number, row in enumerate(rows):
        if number == len(rows) // 2:
            cut()
        one.scroll_to(row)
        if number < ABSENT:
            if untick:
                one.tap(one.page.locator('input[name^="present-"]').nth(row), THINK)
        else:
            one.minutes(row, "late" if number < ABSENT + LATE else "early", "20")


def everybody(one: Trainer, people: int, cut: Callable[[], None]) -> None:
    """Ask, tick everybody, put right."""
    one.wait(ASK)
    one.tap(one.page.locator("#everybody"), THINK)
    exceptions(one, people, cut, untick=True)


def call(one: Trainer, people: int, cut: Callable[[], None]) -> None:
    """Name by name; whoever does not answer is left out."""
    absent = {round(number * (people - 1) / (ABSENT + LATE + EARLY)) for number in range(ABSENT)}
    for row in range(people):
        one.wait(CALL)
        if row % 5 == 4:
            one.scroll_to(row)
        if row == people // 3:
            cut()
        if row not in absent:
            one.tap(one.page.locator('input[name^="present-"]').nth(row))
    exceptions(one, people, lambda: None, untick=False)


def measure(way: Callable[..., None], browser: Any, site: Site, people: int) -> dict[str, Any]:
    """One list from opening to acknowledgement."""
    address = urlparse(site.url)
    line = Line((str(address.hostname), int(address.port or 80)))
    hall, phone = Hall.of(site, people), Phone(browser, site, line)
    try:
        page = phone.continue_as("trainer")
        begun = time.monotonic()
        one = Trainer(page)
        page.goto(hall.list)
        page.locator("#kept-page").wait_for()
        way(one, people, line.cut)
        one.tap(page.get_by_role("button", name="Klar"), THINK)
        page.get_by_role("button", name="Försök igen").wait_for()
        marked = time.monotonic() - begun
        line.restore()
        back = time.monotonic()
        page.get_by_role("button", name="Försök igen").click()
        page.wait_for_url(f"**/sessions/{hall.session}/", timeout=60_000)  # all is acknowledged
        acknowledged = time.monotonic() - back
        stored = hall.stored()
        expected = people - ABSENT
        assert (stored["lines"], stored["people"], stored["version"]) == (expected, expected, 1), stored
        return {
            "way": way.__name__, "people": people, "taps": one.taps, "person_s": round(one.human, 1), "page_s": round(marked - one.human, 1),
            "marked_s": round(marked, 1), "acknowledged_after_line_s": round(acknowledged, 1), "stored_once": stored["lines"],
        }  # fmt: skip
    finally:
        phone.gone()
        line.close()


LINKS = """
import json
from datetime import timedelta
from handrail.delivery.models import Session
from handrail.kit import clock, links
session, until = Session.objects.get(uid="UID"), max(clock.now(), clock.real_now()) + timedelta(days=1)
print("MADE" + json.dumps([links.make_link("seat", subject=seat.uid, person=seat.person.uid, expires_at=until) for seat in session.seats.select_related("person")]))
"""


def wall(site: Site, people: int) -> dict[str, Any]:
    """Everybody at one instant."""
    hall = Hall.of(site, people, started=5)
    paths, code = [f"{site.url}/s/{token}/" for token in told(site, LINKS.replace("UID", hall.session))], hall.code()

    def check_in(path: str) -> float:
        begun, jar = time.monotonic(), CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        token = json.loads(browser.open(f"{site.url}/phone/now/").read())["token"]
        sent = Request(path, json.dumps({"code": code}).encode(), {"Content-Type": "application/json", "X-CSRFToken": token})
        assert browser.open(sent).status == 200
        return time.monotonic() - begun

    begun = time.monotonic()
    with ThreadPoolExecutor(people) as phones:
        each = sorted(phones.map(check_in, paths))
    took, stored = time.monotonic() - begun, hall.stored()
    assert (stored["lines"], stored["people"]) == (people, people), stored
    return {"way": "wall", "people": people, "all_checked_in_s": round(took, 1), "slowest_s": round(each[-1], 1), "median_s": round(each[people // 2], 1), "stored_once": people}


def main() -> None:
    """Walk both ways and print a line of JSON for each."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--url", default="http://127.0.0.1:8000")
    asked.add_argument("--people", type=int, default=35)
    asked.add_argument("--way", choices=("all", "wall"), default="all")
    given = asked.parse_args()
    site = Site(given.url, Path(os.environ.get("HANDRAIL_VAR", "var")), {**os.environ, "DJANGO_SETTINGS_MODULE": "handrail.config.settings"})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for way in (everybody, call) if given.way == "all" else ():
            print(json.dumps({"on": date.today().isoformat(), "cores": os.cpu_count(), "system": platform.system(), **measure(way, browser, site, given.people)}), flush=True)
        browser.close()
    print(json.dumps({"on": date.today().isoformat(), "cores": os.cpu_count(), "system": platform.system(), **wall(site, given.people)}))


if __name__ == "__main__":
    main()
