"""Somebody answers in Arabic on a phone without a line: it arrives once, and nothing stays on the phone. S2-08."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Walker
from tests.journeys.hall import Line, Phone, told
from tests.journeys.test_without_a_line import line as line
from tests.journeys.test_without_a_line import phone as phone

MAKE = """
import json
from datetime import timedelta
from handrail.instruments import actions
from handrail.kit import clock
from handrail.people.models import Account
from handrail.programmes.models import Participation
from tests.instruments.collecting import CONSENT
from tests.instruments.forms import mapping
mirza, amal = (Account.objects.get(email=e).person for e in ("mirza.delic@example.org", "amal.haddad@example.org"))
mine, today = Participation.objects.get(person=mirza), clock.today()
version = actions.publish_questionnaire(programme=mine.programme, file_name="k.xlsx", content=mapping(form_id="first-FORM"), kind="study", by=amal)
made = actions.open_collection(programme=mine.programme, organisation=mine.organisation, version=version, title={"sv": "Din första tid", "ar": "وقتك الأول"}, consent=CONSENT,
    opens_on=today, closes_on=today + timedelta(days=9), by=amal)
print("MADE" + json.dumps({"code": made.code}))
"""
STORED = """
import json
from handrail.instruments.models import Response
print("MADE" + json.dumps(list(Response.objects.filter(collection__code="CODE").values_list("answers", "language"))))
"""
HELD = """async () => ({ rows: localStorage.length, cookies: document.cookie, kept: await Promise.all((await caches.keys()).map(async (one) => (await (await caches.open(one)).keys()).length)) })"""


@pytest.fixture
def code(site: Site) -> str:
    """A collection in Swedish, English and Arabic; its address."""
    import secrets

    return str(told(site, MAKE.replace("FORM", secrets.token_hex(3)))["code"])


def stored(site: Site, code: str) -> list[Any]:
    return list(told(site, STORED.replace("CODE", code)))


def fill(page: Any, wish: str) -> None:
    """Answer everything that is asked."""
    page.locator("[data-name=interpreter] label").nth(1).click()
    expect(page.locator("[data-name=hours]")).to_be_hidden()
    page.locator("[data-name=trained] label").first.click()
    expect(page.locator("[data-name=hours]")).to_be_visible()
    page.locator("#q-hours").fill("12")
    page.locator("[data-name=trauma] label").nth(2).click()
    page.locator("[data-name=topics] label").first.click()
    page.locator("#q-wish").fill(wish)


@pytest.mark.row("S2-08")
def test_arabic_answers_without_a_line_arrive_once_and_leave_nothing(site: Site, phone: Callable[..., Phone], line: Line, code: str) -> None:
    one = phone(language="ar")
    page = one.page
    page.goto(f"/c/{code}/kept/?language=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#ready")).to_be_visible()
    one.check_accessible("kept form")
    line.cut()
    page = one.close_and_open()
    page.goto(f"/c/{code}/kept/?language=ar")
    page.get_by_role("button", name="إرسال إجاباتي").click()
    expect(page.locator("[data-name=interpreter] .error")).to_have_text("يرجى الإجابة عن هذا السؤال أو تصحيح الإجابة.")
    fill(page, "مزيد من الوقت")
    page.locator("#q-hours").fill("500")
    page.get_by_role("button", name="إرسال إجاباتي").click()
    expect(page.locator("[data-name=hours] .error")).to_be_visible()
    page.locator("#q-hours").fill("12")
    page.get_by_role("button", name="إرسال إجاباتي").click()
    expect(page.locator("#said")).to_contain_text("1")
    expect(page.locator("#q-wish")).to_have_value("")
    page = one.close_and_open()
    line.swallows = f"POST /c/{code}/".encode()  # the answer to the first try gets lost on its way back
    line.restore()
    page.goto(f"/c/{code}/kept/?language=ar")
    for _wait in range(300):
        if line.swallowed:
            break
        page.wait_for_timeout(100)
    line.swallows = b""
    expect(page.locator("#said")).to_have_text("أُرسل كل شيء.", timeout=90_000)
    assert stored(site, code) == [[{"interpreter": "l1", "trained": "yes", "hours": 12, "trauma": "l2", "topics": ["sleep"], "wish": "مزيد من الوقت"}, "ar"]]
    assert line.swallowed
    held = page.evaluate(HELD)
    assert (held["rows"], held["cookies"]) == (0, "")
    page.locator("#drop").click()
    page.wait_for_url(re.compile(rf"/c/{code}/$"))
    assert page.evaluate(HELD)["kept"] == []


def test_pages_go_one_by_one_by_keyboard_and_say_thank_you(site: Site, walk: Callable[..., Walker], code: str) -> None:
    walker = walk(width=360, language="ar")
    page = walker.page
    page.goto(f"/c/{code}/?language=ar")
    walker.check_accessible("start")
    page.get_by_role("button", name="البدء").click()
    page.locator("#id_q-interpreter_1").check()
    page.locator("#id_q-trained_1").check()
    walker.check_accessible("page")
    page.keyboard.press("Enter")
    page.locator("#id_q-trauma_2").check()
    page.get_by_role("button", name="التالي").last.click()
    walker.check_accessible("review")
    page.get_by_role("button", name="إرسال إجاباتي").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("شكراً. وصلت إجاباتك.")
    walker.check_accessible("sent")
    assert stored(site, code) == [[{"interpreter": "l1", "trained": "no", "trauma": "l2"}, "ar"]]
