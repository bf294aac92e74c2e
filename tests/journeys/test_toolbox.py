"""The toolbox: what works elsewhere, for everybody, and how an organisation does the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Site

BUILD = """
from random import Random
from django.db import transaction
from handrail.desk.cast import CAST
from handrail.desk.demonstration import library
from handrail.desk.demonstration.build import at
from handrail.desk.demonstration.world import World
from handrail.kit import later
from handrail.library.models import Practice
from handrail.people.models import Identity
if not Practice.objects.exists():
    with transaction.atomic():
        world = World(rng=Random(1), at=at)
        for part in CAST:
            if part.programme == "refu-in":
                world.cast[part.key] = Identity.objects.get(email=part.email).person
        library.build(world)
        later.run_waiting()
"""


@pytest.fixture(scope="module")
def toolbox(site: Site) -> str:
    """The demonstration's toolbox, built beside the rest where the demonstration does not do so itself; its address."""
    site.manage("shell", "-c", BUILD)
    return "/toolbox/"


def titles(page: Page) -> list[str]:
    """The practices on the page."""
    return page.locator(".catalogue h3").all_inner_texts()


def answer_form(page: Page, words: dict[str, str]) -> None:
    """Fill in fields by their labels."""
    for label, text in words.items():
        page.get_by_label(label).first.fill(text)


@pytest.mark.row("S0-10")
@pytest.mark.row("S0-11")
def test_a_commissioner_sees_at_a_glance_what_fits_and_prints_it(walk: Callable[..., Any], toolbox: str) -> None:
    """S0-10, S0-11. Given eight practices, when a commissioner of children's services leaves out first entrances and hot spots, then only those
    cards are left, each with what a commissioner asks, and the print-out says for whom it is; one page holds one practice at a glance."""
    everybody = walk(language="en")
    page = everybody.page
    page.goto(toolbox)
    assert {"One desk that opens every office's door", "Coffee and papers", "A school host for the first term"} <= set(titles(page))
    page.get_by_label("Place").select_option(label="neither first entrance nor hot spot")
    page.get_by_role("button", name="Show", exact=True).click()
    assert not {"One desk that opens every office's door", "Coffee and papers"} & set(titles(page)), "a hot spot and a first entrance are left out"
    page.get_by_label("I am a").select_option(label="commissioner")
    page.get_by_label("Services").select_option(label="children's services")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="2 practices")).to_be_visible()
    assert set(titles(page)) == {"A school host for the first term", "Evening school where children learn too"}
    expect(page.get_by_text("For commissioners:")).to_have_count(2)
    everybody.check_accessible("s0-11-commissioner")
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile("For: Commissioners, Children's services"))).to_be_visible()
    expect(page.locator("form.filters")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="A school host for the first term").click()
    page.get_by_role("link", name="At a glance").click()
    page.emulate_media(media="print")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1, "at a glance is one page on paper too"
    page.emulate_media(media="screen")
    with page.expect_download() as kept:
        page.get_by_role("link", name="PDF").click()
    assert kept.value.suggested_filename.endswith(".pdf")
    everybody.check_accessible("s0-10-summary")


@pytest.mark.row("S2-01")
def test_the_overview_shows_countries_fields_and_gaps(walk: Callable[..., Any], toolbox: str) -> None:
    """S2-01. Given practices of four countries, when somebody opens the overview on a phone, then each country and field has a number or a gap,
    and a number leads to its practices."""
    for width in (1280, 360):
        reader = walk(width=width, language="en", scripts=width > 400)
        reader.page.goto(f"{toolbox}overview/")
        table = reader.page.locator("table.overview")
        for country in ("Bulgaria", "Italy", "Portugal", "Sweden"):
            expect(table).to_contain_text(country)
        assert table.get_by_text("gap", exact=True).count() > 20
        if width > 400:
            reader.check_accessible("s2-01-overview")
        table.get_by_role("link", name="Bulgaria, Health").click()
        assert titles(reader.page) == ["A mediator in the waiting room"]
    reader = walk(width=360, language="en")
    reader.page.goto(f"{toolbox}overview/")
    reader.check_accessible("s2-01-overview-phone")


@pytest.mark.row("S3-04")
def test_anybody_finds_in_the_own_language_and_takes_everything_along(walk: Callable[..., Any], toolbox: str) -> None:
    """S3-04. Given nobody is signed in, when somebody searches in Portuguese without accents, then the card is found, its licence stands on it,
    it can be read in Arabic, and the whole toolbox can be taken along as pages that need no line."""
    reader = walk(width=360, language="en")
    page = reader.page
    page.goto(toolbox)
    page.get_by_label("Search").fill("vizinho bairro")
    page.get_by_role("button", name="Show", exact=True).click()
    assert titles(page) == ["Neighbours as guides in the first months"]
    reader.check_accessible("s3-04-found-phone")
    page.get_by_role("link", name="Neighbours as guides in the first months").click()
    expect(page.get_by_role("link", name="Creative Commons Attribution 4.0")).to_be_visible()
    reader.check_accessible("s3-04-card-phone")
    page.get_by_role("link", name="Arabic", exact=True).click()
    expect(page.locator("h1")).to_have_attribute("dir", "rtl")
    reader.check_accessible("s3-04-card-arabic")
    page.goto(toolbox)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download everything").click()
    with zipfile.ZipFile(io.BytesIO(kept.value.path().read_bytes())) as archive:
        names = archive.namelist()
        assert "toolbox/index.html" in names and "toolbox/LICENCES.txt" in names
        assert any(name.endswith(".ar.html") for name in names)
        assert "@example.org" not in "".join(archive.read(name).decode() for name in names), "no person stands in it"


@pytest.mark.row("S3-05")
def test_an_organisation_does_the_same_and_later_readers_see_what_came_of_it(walk: Callable[..., Any], toolbox: str) -> None:
    """S3-05. Given a card with steps, roles, cost and pitfalls, when a town begins, ticks a step and tells its result, then the card shows it."""
    town = walk(language="sv")
    town.continue_as("researcher-two")
    page = town.page
    page.goto(f"{toolbox}a-school-host-for-the-first-term/")
    for part in ("Steg", "Roller", "Vad det kostar", "Fallgropar"):
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    page.get_by_role("link", name="Gör likadant").click()
    page.get_by_label("Land").select_option(label="Sverige")
    page.get_by_role("button", name="Börja", exact=True).click()
    page.get_by_role("button", name=re.compile("^Klar")).first.click()
    expect(page.locator("main")).to_contain_text("1 av 2 steg")
    town.check_accessible("s3-05-adoption")
    page.get_by_role("link", name="Berätta resultatet").click()
    answer_form(page, {"Vad som har hänt": "Två värdar på tre skolor.", "Vad ni gjorde annorlunda": "Värden finns kvar i två terminer."})
    page.get_by_label("Ja, med ändringar").check()
    page.get_by_role("button", name="Berätta resultatet").click()
    later_reader = walk(language="en")
    later_reader.page.goto(f"{toolbox}a-school-host-for-the-first-term/")
    expect(later_reader.page.locator("main")).to_contain_text("Två värdar på tre skolor.")
    expect(later_reader.page.locator("main")).to_contain_text("Yes, with changes")
    later_reader.check_accessible("s3-05-card")


@pytest.mark.row("S3-06")
def test_a_barrier_shows_where_it_was_reported_and_what_lowers_it(walk: Callable[..., Any], toolbox: str) -> None:
    """S3-06. Given a register of barriers, when a researcher notes one more and says which practice lowers it, then everybody reads both, and
    where each was reported."""
    reader = walk(width=360, language="en")
    reader.page.goto(f"{toolbox}barriers/")
    first = reader.page.locator("section", has_text="Months of waiting in which nothing happens")
    expect(first).to_contain_text("4 reports: Bulgaria, Italy, Portugal, Sweden")
    expect(first.get_by_role("link", name="Neighbours as guides in the first months")).to_be_visible()
    reader.check_accessible("s3-06-barriers-phone")
    writer = walk(language="en")
    writer.continue_as("researcher-three")
    page = writer.page
    page.get_by_role("link", name="Toolbox").first.click()
    page.get_by_role("link", name="Barriers", exact=True).click()
    page.get_by_role("link", name="Note a barrier").click()
    answer_form(page, {"The barrier in a few words": "Buses that do not go in the evening"})
    page.get_by_role("button", name="Save the barrier").click()
    page.get_by_role("link", name="A practice lowers it").click()
    page.get_by_label("Practice").select_option(label="A flat first, and a team that visits")
    answer_form(page, {"How it helps, in a sentence": "The team comes to the flat."})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("The team comes to the flat.")
    writer.check_accessible("s3-06-barrier")
    reader.page.reload()
    expect(reader.page.locator("main")).to_contain_text("Buses that do not go in the evening")
