"""The clock is turned to the years after: it stands back where it was when these journeys end, and they are the last. S4-06, S4-08, S4-09."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handrail.placements import formats
from handrail.placements.rules import fictional
from tests.journeys.conftest import Site
from tests.journeys.hall import told
from tests.journeys.test_mapping import programme_of
from tests.journeys.test_place_and_train import met

UNKNOWN = """
from handrail.cases.models import Case
print("MADE" + str(Case.objects.filter(programme__uid="UID", external_key="").count()))
"""


@pytest.fixture
def turn(walk: Callable[..., Any]) -> Iterator[Callable[[str], None]]:
    """Turn the demonstration's clock to a day; back to 18 April 2018 at the end."""
    page = walk(language="en").page

    def to(day: str) -> None:
        page.goto("/clock/")
        page.locator('input[type="date"]').fill(day)
        page.locator('main form:has(input[type="date"]) button').click()

    yield to
    to("2018-04-18")


@pytest.mark.row("S4-06")
@pytest.mark.row("S4-08")
@pytest.mark.row("S4-09")
def test_the_workbook_of_144_people_gives_the_promised_funnel(walk: Callable[..., Any], turn: Callable[[str], None], site: Site) -> None:
    """Given 144 people with their histories in a workbook, when the coordinator brings them in after the programme is over, then the funnel reads as it was promised, each figure opens to its people, and tasks still go out."""
    karen = walk(language="da")
    page = karen.continue_as("placement-coordinator")
    base = programme_of(page)
    met(walk(language="da").continue_as("caseworker"), base, "Saba")  # one of Mette's of whom the workbook knows nothing
    turn("2021-07-01")
    page.goto(base + "funnel/bring-in/")
    karen.check_accessible("s4-06-bring-in")
    unknown = told(site, UNKNOWN.replace("UID", base.split("/")[2]))  # of the demonstration, and whom other journeys met
    assert unknown >= 1
    data = formats.write_histories(fictional.people())
    page.locator('input[type="file"]').set_input_files({"name": "borgere.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": data})
    page.get_by_role("button", name="Indlæs dem").click()
    page.wait_for_url("**/workbooks/**")
    karen.check_accessible("s4-06-bringing-in")
    page.get_by_role("link", name="Se vejen til arbejde").click(timeout=240_000)  # a worker brings them in
    page.wait_for_url("**/funnel/")
    assert int(page.locator(".bars .bars-value").first.inner_text().split()[0]) == 144 + unknown, "people of the workbook once each, and whom the workbook does not know"
    rows = {line.locator("th").inner_text(): line.locator(".bars-value").inner_text().split()[0] for line in page.locator(".bars tbody tr").all()}
    assert rows["I arbejde ved afslutning"] == "27"
    assert rows["I arbejde 6 måneder efter"] == "15"
    assert int(rows["Hele tiden gennemført"]) in (99, 100), rows  # one more may have been stopped by hand
    karen.check_accessible("s4-08-funnel")
    page.locator(".bars a", has_text="15").last.click()
    assert page.locator("main tbody tr").count() == 15
    karen.check_accessible("s4-09-plus-fifteen")
    mette = walk(language="da", width=360)
    page = mette.continue_as("caseworker")
    page.goto("/home/tasks/")
    assert page.locator("main a[href*='unasked_project']").count() >= 1, "tasks go out after the programme is over"
    mette.check_accessible("s4-09-tasks-phone")
