"""An attendance list that loses its line in the middle, two lists that differ, and check-ins without a line: S1-03."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlparse

import pytest
import segno
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.hall import Hall, Line, Phone


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """A line to the site that can be cut."""
    address = urlparse(site.url)
    made = Line((str(address.hostname), int(address.port or 80)))
    yield made
    made.close()


@pytest.fixture
def phone(browser: Browser, site: Site, line: Line) -> Iterator[Callable[..., Phone]]:
    """Phones on that line."""
    made: list[Phone] = []

    def make(**options: Any) -> Phone:
        made.append(Phone(browser, site, line, **options))
        return made[-1]

    yield make
    for one in made:
        one.gone()


WALL_IS_KEPT = """async () => {
    const { who, path } = document.querySelector("[data-wall]").dataset;
    const kept = await phone.get("walls", `${who} ${path}`), pages = await (await caches.open("pages")).keys();
    return kept && pages.length > 0 && Math.max(...Object.keys(kept.codes)) * kept.seconds > Date.now() / 1000 + 140 * 60;
}"""  # the page, and the codes of the two and a half hours that the session still takes


def tick(page: Any, row: int) -> None:
    page.locator("input[name^=present-]").nth(row).click()


def drawn(page: Any) -> tuple[str, set[tuple[int, int]]]:
    """The letters on the wall and the dark modules of the square as the page drew them at one moment, without the margin of three."""
    code, path = page.evaluate("[document.querySelector('.code').textContent, [...document.querySelectorAll('svg.qr path')].at(-1).getAttribute('d')]")
    return code.replace(" ", ""), {(int(x) - 3, int(y) - 3) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


def dark_of(address: str) -> set[tuple[int, int]]:
    """The dark modules of an address."""
    return {(x, y) for y, row in enumerate(segno.make(address, error="m", micro=False).matrix) for x, dark in enumerate(row) if dark}


def try_again(page: Any, line: Line) -> None:
    """Press the button without a line, then have the line back: the phone may send by itself before anybody presses once more."""
    button = page.get_by_role("button", name="Försök igen")
    same = button.element_handle()
    button.click()
    page.wait_for_timeout(300)
    assert same.evaluate("it => it.isConnected"), "an attempt in vain does not take the button from under the finger"
    line.restore()
    line.swallows = b""
    page.evaluate("document.querySelector('[data-again]')?.click()")


def until_kept(page: Any) -> None:
    """The worker has taken over and the page is kept."""
    expect(page.locator("#kept-page")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


@pytest.mark.row("S1-03")
def test_a_list_that_loses_its_line_in_the_middle_is_stored_once(site: Site, line: Line, phone: Callable[..., Phone]) -> None:
    """Given a list opened with a line, when the line goes, the browser is closed and opened and the line comes back, then each mark is stored once."""
    hall, trainer = Hall.of(site, 6), phone()
    page = trainer.continue_as("trainer")
    page.goto(hall.list)
    until_kept(page)
    tick(page, 0)
    tick(page, 1)
    expect(page.locator("#phone-state")).to_contain_text("2 markeringar är sparade på den här telefonen")
    line.cut()
    tick(page, 2)
    expect(page.locator("#phone-state")).to_contain_text("3 markeringar")

    page = trainer.close_and_open()
    page.goto(hall.list)
    expect(page.locator("#marked")).to_have_text("3")
    tick(page, 3)
    page.get_by_text("Sen eller gick tidigt").nth(3).click()
    page.locator('input[name^="late-"]').nth(3).fill("30")
    page.get_by_role("button", name="Klar").click()
    expect(page.locator("#phone-state")).to_contain_text("4 markeringar är sparade på den här telefonen. De skickas när")
    trainer.check_accessible("s1-03-no-line-kept")
    assert hall.stored()["lines"] == 0

    page = trainer.close_and_open()
    page.goto(hall.list)
    expect(page.locator("#phone-state")).to_contain_text("De skickas när")
    try_again(page, line)
    expect(page.locator("#phone-state")).to_contain_text("Allt är skickat: 4 var där.")
    trainer.check_accessible("s1-03-no-line-sent")
    stored = hall.stored()
    assert (stored["lines"], stored["people"], stored["minutes"]) == (4, 4, [150, 180, 180, 180])
    assert (stored["state"], stored["version"], stored["noted"]) == ("held", 1, 4)
    page.reload()
    expect(page.locator("#marked")).to_have_text("4")
    assert hall.stored() == stored


@pytest.mark.row("S1-03")
def test_an_answer_that_is_lost_on_its_way_stores_the_list_once(site: Site, line: Line, phone: Callable[..., Phone]) -> None:
    """Given a list that arrived while its answer was lost, when somebody is added and it is sent again, then each is stored once and nobody is asked."""
    hall, trainer = Hall.of(site, 4), phone()
    page = trainer.continue_as("trainer")
    page.goto(hall.list)
    until_kept(page)
    tick(page, 0)
    tick(page, 1)
    line.swallows = f"POST {hall.list}".encode()
    page.get_by_role("button", name="Klar").click()
    expect(page.locator("#phone-state")).to_contain_text("2 markeringar är sparade på den här telefonen. De skickas när")
    arrived = hall.stored()["lines"]
    assert (arrived, line.swallowed > 0) == (2, True), "it arrived, and the phone cannot know"
    tick(page, 2)
    page.get_by_role("button", name="Klar").click()
    try_again(page, line)
    page.wait_for_url("**/sessions/*-*/")
    stored = hall.stored()
    assert (stored["lines"], stored["people"], stored["version"]) == (3, 3, 2), "the first list once, the one who was added once"
    trainer.check_accessible("s1-03-answer-lost")


@pytest.mark.row("S1-03")
def test_two_lists_that_differ_are_shown_to_a_person(site: Site, line: Line, phone: Callable[..., Phone], walk: Callable[..., Any]) -> None:
    """Given a list without a line, when the process leader saves another meanwhile, then what agrees is stored and a person decides the rest."""
    hall, trainer = Hall.of(site, 4), phone()
    page = trainer.continue_as("trainer")
    page.goto(hall.list)
    until_kept(page)
    line.cut()
    for row in range(3):
        tick(page, row)
    page.get_by_role("button", name="Klar").click()
    expect(page.locator("#phone-state")).to_contain_text("De skickas när")

    leader = walk(width=360)
    other = leader.continue_as("process-leader-osby")
    other.goto(hall.list)
    other.locator("input[name^=present-]").nth(0).click()
    other.locator("input[name^=present-]").nth(1).click()
    other.get_by_text("Sen eller gick tidigt").nth(1).click()
    other.locator('input[name^="late-"]').nth(1).fill("60")
    other.get_by_role("button", name="Klar").click()
    other.wait_for_url("**/sessions/*-*/")
    expect(other.locator("main")).to_contain_text("Listan är sparad")

    try_again(page, line)
    expect(page.locator("#decide")).to_be_visible()
    expect(page.locator("#decide [data-uid]")).to_have_count(1)
    expect(page.locator("#decide")).to_contain_text("120 min")
    trainer.check_accessible("s1-03-lines-differ")
    assert hall.stored()["minutes"] == [120, 180, 180], "what nobody disputes is stored; what differs is as it stood"

    page.get_by_role("button", name="Spara det jag valt").click()
    expect(page.locator("#decide")).to_contain_text("Välj ett av de två.")
    page.locator("#decide").get_by_text("Ta mitt").click()
    page.get_by_role("button", name="Spara det jag valt").click()
    expect(page.locator("#decide [data-wrong]")).to_contain_text("Skriv varför")
    page.locator("#decide").get_by_label("Varför det rättas").fill("Kom med första bussen")
    page.get_by_role("button", name="Spara det jag valt").click()
    page.wait_for_url("**/sessions/*-*/")
    stored = hall.stored()
    assert (stored["lines"], stored["minutes"]) == (4, [180, 180, 180]), "the old line stays beside the correction"
    trainer.check_accessible("s1-03-lines-decided")


@pytest.mark.row("S1-03")
def test_somebody_else_on_the_same_phone_neither_sees_nor_sends_the_marks(site: Site, line: Line, phone: Callable[..., Phone]) -> None:
    """Given kept marks, when somebody else signs in on the phone, then they see none of them and nothing is sent until the first one is back."""
    hall, shared = Hall.of(site, 3), phone()
    page = shared.continue_as("trainer")
    page.goto(hall.list)
    until_kept(page)
    tick(page, 0)
    line.cut()
    page.get_by_role("button", name="Klar").click()
    expect(page.locator("#phone-state")).to_contain_text("skickas när")
    shared.context.clear_cookies()
    try_again(page, line)
    expect(page.locator("#phone-state")).to_contain_text("Du är utloggad. Dina markeringar ligger kvar på telefonen")
    expect(page.locator("#phone-state").get_by_role("link", name="Logga in")).to_be_visible()
    shared.check_accessible("s1-03-signed-out")

    page = shared.continue_as("process-leader-osby")
    page.wait_for_function("caches.open('pages').then((kept) => kept.keys()).then((names) => names.length === 0)")
    page.goto(hall.list)
    expect(page.locator("#marked")).to_have_text("0")
    page.goto("/phone/")
    expect(page.locator("#strangers")).to_be_visible()
    shared.check_accessible("s1-03-phone-keeps")
    page.wait_for_timeout(1500)
    assert hall.stored()["lines"] == 0

    page = shared.continue_as("trainer")
    page.goto(hall.list)
    expect(page.locator("#phone-state")).to_contain_text("Allt är skickat: en var där.")
    assert hall.stored()["lines"] == 1


@pytest.mark.row("S1-03")
def test_a_seat_taken_along_checks_in_without_a_line_and_the_wall_turns_on(site: Site, line: Line, phone: Callable[..., Phone]) -> None:
    """Given a seat taken along, when the code is scanned without a line, then it is sent later and counts from when the code was on the wall."""
    hall, person, trainer = Hall.of(site, 3, started=30), phone(), phone()
    page = person.continue_as("participant")
    page.goto(f"/seats/{hall.seat}/")
    page.get_by_role("button", name="Ta med sidan på telefonen").click()
    expect(page.locator("[data-taken]")).to_be_visible()
    person.check_accessible("s1-03-seat-taken-along")
    wall = trainer.continue_as("trainer")
    wall.goto(f"/sessions/{hall.session}/qr/")
    wall.wait_for_function("indexedDB.databases().then(() => navigator.serviceWorker.ready).then(() => true)")
    wall.wait_for_function(WALL_IS_KEPT)
    early, read = hall.code(ago=100), hall.code(ago=1)
    line.cut()

    wall = trainer.close_and_open()
    wall.goto(f"/sessions/{hall.session}/qr/")
    expect(wall.locator("#wall-alone")).to_contain_text("Koden växlar av sig själv")
    shown, dark = drawn(wall)
    assert shown in {hall.code(), hall.code(ago=1)}
    assert dark == dark_of(f"{site.url}/q/{shown}/"), "the square on the wall says the same as the letters"
    trainer.check_accessible("s1-03-wall-alone")

    page = person.close_and_open()
    page.goto(f"/q/{early}/")
    expect(page.locator("#code-kept")).to_contain_text("Din kod är sparad på telefonen.")
    person.check_accessible("s1-03-code-kept")
    page.goto(f"/seats/{hall.seat}/")
    page.locator("#id_code").fill(read)
    page.get_by_role("button", name="Checka in").click()
    expect(page.locator("[data-state]")).to_contain_text("Din kod är sparad")
    assert hall.stored()["lines"] == 0

    line.restore()
    page.goto("/phone/")
    expect(page.locator("#rows")).to_contain_text("Din incheckning har kommit fram")
    expect(page.locator("#rows")).to_contain_text("har visat den koden")
    stored = hall.stored()
    assert (stored["lines"], stored["methods"], stored["noted"]) == (1, ["qr"], 1)
    assert stored["minutes"][0] in (149, 150, 151)
    page.goto(f"/seats/{hall.seat}/")
    expect(page.locator("h1")).to_contain_text("Du är incheckad")
    person.check_accessible("s1-03-code-counted")
