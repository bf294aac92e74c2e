"""A person writes down their days on their own phone, in Arabic, with and without a line; the company says something else: S4-02."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Site, Walker
from tests.journeys.test_lifeline import told

MAKE = """
import json
from handrail.placements import actions
from handrail.placements.models import OwnPage, Placement
own = OwnPage.objects.select_related("case").order_by("id").first()
placement = Placement.objects.select_related("position__company").get(case=own.case, state="running")
contact = placement.position.company.contacts.filter(ended_on=None).first()
link = actions.make_company_link(contact=contact, by=placement.agreed_by)
print("MADE" + json.dumps({"case": str(own.case.uid), "placement": str(placement.uid), "company": link, "name": own.case.person.identity.given_name,
    "at": placement.position.company.name}))
"""
STORED = """
import json
from handrail.kit import clock
from handrail.placements.models import Day
rows = Day.objects.filter(placement__uid="PLACEMENT", said_by="participant", day__in=["2018-04-18", "2018-04-11"]).order_by("day", "id")
print("MADE" + json.dumps([[row.day.isoformat(), row.minutes, row.is_current] for row in rows]))
"""


@pytest.mark.row("S4-02")
def test_days_by_phone_once_each_and_the_caseworker_settles_what_differs(site: Site, walk: Callable[..., Walker]) -> None:
    """Given a card in Arabic, when days are told without a line and with one that breaks, then each stands once; star and company's word stand beside."""
    made = told(site, MAKE)

    def stored() -> Any:
        return told(site, STORED.replace("PLACEMENT", made["placement"]))

    # The caseworker makes the card with the person, who chooses a code.
    worker = walk(language="da")
    page = worker.continue_as("caseworker")
    page.goto(f"/cases/{made['case']}/")
    own = page.locator("section", has=page.get_by_role("heading", name="Personens egen side"))
    worker.check_accessible("s4-02-case")
    own.get_by_role("link", name="Lav et nyt kort").click()
    page.get_by_label("العربية").check()
    page.get_by_label("Personens kode").fill("4826")
    worker.check_accessible("s4-02-card-form")
    page.get_by_role("button", name="Lav kortet").click()
    address = page.locator("#card-address").inner_text()
    assert "4826" not in page.content()
    worker.check_accessible("s4-02-card")
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") <= 1, "one sheet"

    # The phone, right to left: no name, no company. Without a line the tap is kept, and sent once when there is one.
    phone = walk(width=360, language="ar")
    screen = phone.page
    screen.goto(address)
    expect(screen.locator("html")).to_have_attribute("dir", "rtl")
    assert screen.title() == "أيّامي" and made["name"] not in screen.content() and made["at"] not in screen.content()
    phone.check_accessible("s4-02-phone")
    phone.context.set_offline(True)
    screen.get_by_role("button", name="كنتُ هناك").click()
    expect(screen.locator("#waits")).to_contain_text("محفوظ في هذا الهاتف")
    screen.get_by_role("button", name="كنتُ هناك").click()
    expect(screen.locator("#waits li")).to_have_count(1)
    assert stored() == []
    assert address.split("/week/")[1].strip("/") not in screen.evaluate("JSON.stringify(localStorage)"), "the secret is not kept"
    phone.check_accessible("s4-02-phone-waits")
    phone.context.set_offline(False)
    expect(screen.get_by_text("تمّ الحفظ.")).to_be_visible()
    assert stored() == [["2018-04-18", 300, True]] and screen.evaluate("localStorage.length") == 0

    # The answer of the next one is lost on its way: it goes out again under the same key, and stands once.
    posts: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        posts.append(route.request.post_data or "")
        if len(posts) == 1:
            route.fetch()  # it arrives
            return route.abort()  # and the phone never hears of it
        return route.continue_()

    screen.route("**/week/**", lose_the_first)
    screen.get_by_text("وقت آخر أو يوم آخر").click()
    screen.get_by_label("أيّ يوم").select_option("2018-04-11")
    screen.get_by_label("من", exact=True).fill("08:00")
    screen.get_by_label("إلى", exact=True).fill("12:30")
    screen.get_by_role("button", name="حفظ").click()
    expect(screen.locator("#waits")).to_be_visible()
    screen.evaluate("dispatchEvent(new Event('online'))")
    expect(screen.get_by_text("تمّ الحفظ.")).to_be_visible()
    assert len(posts) == 2 and posts[0] == posts[1], "the same key both times"
    assert stored() == [["2018-04-11", 270, True], ["2018-04-18", 300, True]]
    screen.unroute("**/week/**")

    # Behind the code: the plan, and one's own side of the star.
    screen.get_by_label("رمزي").fill("1111")
    screen.get_by_role("button", name="فتح").click()
    expect(screen.get_by_text("هذا ليس الرمز.")).to_be_visible()
    screen.get_by_label("رمزي").fill("4826")
    screen.get_by_role("button", name="فتح").click()
    expect(screen.get_by_role("heading", name="ما يأتي بعد ذلك")).to_be_visible()
    screen.get_by_label("كيف الحال مع اللغة في العمل؟").select_option("8")
    phone.check_accessible("s4-02-phone-behind")
    screen.locator("form", has=screen.locator("#star-language")).get_by_role("button").click()
    expect(screen.get_by_text("تمّ الحفظ.")).to_be_visible()

    # The company says something else of today; neither word is lost.
    company = walk(width=360, language="da")
    theirs = company.page
    theirs.goto(made["company"])
    form = theirs.locator(f"form[action*='/days/{made['placement']}/']")
    form.get_by_label("Timer").fill("3")
    form.get_by_role("button").click()
    expect(theirs.get_by_text("Den anden side har skrevet en anden tid.").first).to_be_visible()
    company.check_accessible("s4-02-company")

    # The caseworker sees both, with who said it, and settles it; the star has both sides.
    page.goto("/home/")
    page.get_by_role("link", name="fortælles på to måder").first.click()
    expect(page.get_by_role("heading", name="Dage i virksomheden")).to_be_visible()
    worker.check_accessible("s4-02-days")
    today = page.locator("li.day-said", has=page.get_by_role("heading", name="onsdag den 18. april 2018"))
    expect(today).to_contain_text("siger deltageren")
    today.locator("li", has_text="siger virksomheden").get_by_role("button").click()
    expect(page.get_by_text("Det er afgjort.")).to_be_visible()
    expect(today.locator("li").first).to_contain_text("siger sagsbehandleren")
    page.goto(f"/cases/{made['case']}/")
    expect(page.locator("section", has=page.get_by_role("heading", name="Stjernen"))).to_contain_text("via link")
    screen.goto(address)
    expect(screen.locator(".week-now")).to_contain_text("هذا كلام الموظّف المسؤول عني")

    # The card is lost: it ends at once.
    own.get_by_role("button", name="Luk kortet").click()
    assert phone.status(address) == 410
    screen.goto(address)
    phone.check_accessible("s4-02-ended")
