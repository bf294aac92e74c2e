"""S0-01, S3-07: what people said is marked by many: two who do not see each other's marks, and an Arabic interview on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.hall import told

MAKE = """
import json
from handrail.people.models import Account
from handrail.research import actions
from handrail.research.models import Code, Study
lead, two, three = (Account.objects.get(email=f"{name}@example.org").person for name in NAMES)
study = Study.objects.get(programme__slug="refu-in")
codes = {}
for name in ("Journey: transport", "Journey: somebody who stays"):
    codes[name] = Code.objects.filter(codebook__study=study, name__en=name).first() or actions.add_code(study=study, name={"en": name}, by=lead)
def text(words, language):
    partner = next(one for one in study.partners.all() if one.country == "SE")
    source = actions.bring_source(study=study, partner=partner, group=study.groups.get(code="R"), language=language, consent="signed", text=words, by=two)
    actions.save_redaction(source=source, by=two)
    actions.ask_second_reader(source=source, by=two)
    actions.name_reader(source=source, reader=three, by=lead)
    actions.agree_redaction(source=source, by=three)
    return str(source.uid)
first = text("I: Hur var det?\\nR: Bussen g\\u00e5r en g\\u00e5ng om dagen. Min granne k\\u00f6rde mig.\\nR: Hon kommer varje s\\u00f6ndag.", "sv")
arabic = text("\\u0627\\u0644\\u0645\\u062d\\u0627\\u0648\\u0631: \\u0643\\u064a\\u0641 \\u0643\\u0627\\u0646\\u061f\\n\\u062c: \\u062c\\u0627\\u0631\\u062a\\u0646\\u0627 \\U0001F600 \\u0633\\u0627\\u0639\\u062f\\u062a\\u0646\\u0627 \\u0643\\u062b\\u064a\\u0631\\u064b\\u0627.", "ar")
print("MADE" + json.dumps({"study": str(study.uid), "first": first, "arabic": arabic, "bus": str(codes["Journey: transport"].uid), "stays": str(codes["Journey: somebody who stays"].uid)}))
"""
STORED = """
import json
from handrail.research.models import Coding
rows = Coding.objects.filter(text__source__uid="UID", removed_at=None).order_by("start", "pk")
print("MADE" + json.dumps([one.text.body[one.start:one.end] for one in rows]))
"""
SELECT = """(words) => {
  for (const piece of document.querySelectorAll("[data-at]")) {
    const at = piece.textContent.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


def select(page: Page, words: str) -> None:
    """Select words as a finger, a mouse or a keyboard does, and wait until the page has read them."""
    page.evaluate(SELECT, words)
    expect(page.locator("[data-chosen]")).to_have_text(words)


def names() -> str:
    from handrail.desk.cast import CAST

    by_key = {one.key: one.email.partition("@")[0] for one in CAST}
    return repr([by_key[key] for key in ("researcher", "researcher-two", "researcher-three")])


@pytest.mark.row("S3-07")
def test_two_read_one_text_without_seeing_each_other_and_compare(walk: Callable[..., Any], site: Site) -> None:
    """Given an agreed text, when two mark it, one by selecting and one without scripts, then neither sees the other's marks until both
    are done, and then everybody in the research sees where they agree and how far."""
    made = told(site, MAKE.replace("NAMES", names()))
    code = f"/interviews/{made['first']}/code/"
    lead = walk(language="en")
    page = lead.continue_as("researcher")
    page.goto(f"/interviews/{made['first']}/")
    page.get_by_role("link", name="Give it to two readers").click()
    for label, who in (("First reader", 0), ("Second reader", 1)):
        choices = [one for one in page.get_by_label(label).locator("option").all_inner_texts() if one.strip("-")]
        mine = next(choice for choice in choices if known(site, who) in choice)
        page.get_by_label(label).select_option(label=mine)
    page.get_by_role("button", name="Give it to them").click()
    expect(page.locator("main")).to_contain_text("Given to both")

    two = walk(language="en")
    first = two.continue_as("researcher-two")
    first.goto(code)
    select(first, "Bussen går en gång om dagen")
    first.locator('select[name=code]').select_option(value=made["bus"])
    first.locator("form[data-mark] .button-primary").click()
    expect(first.locator("section:has(#marks) li")).to_have_count(1)
    select(first, "Hon kommer varje söndag")
    first.locator('select[name=code]').select_option(value=made["stays"])
    first.locator("form[data-mark] .button-primary").click()
    expect(first.locator("section:has(#marks) li")).to_have_count(2)
    two.check_accessible("s3-07-marking")

    three = walk(language="en", scripts=False)
    second = three.continue_as("researcher-three")
    second.goto(code)
    expect(second.locator("section:has(#marks)")).to_contain_text(re.compile("Nothing is marked yet|Inget är markerat än"))
    second.locator("input[name=first]").fill("2.1")
    second.locator('select[name=code]').select_option(value=made["bus"])
    second.locator("form[data-mark] .button-primary").click()
    expect(second.locator("section:has(#marks) li")).to_have_count(1)
    second.locator('form[action$="/done/"] button').click()
    expect(second.locator("main")).to_contain_text(re.compile("When the other reader is, too|När den andra läsaren också"))
    first.goto(code)
    expect(first.locator("section:has(#marks) li")).to_have_count(2)
    first.locator('form[action$="/done/"] button').click()
    expect(first.locator("h1")).to_have_text(re.compile("^2 (of|av) 3 "))
    expect(first.locator("main")).to_contain_text(re.compile("Krippendorff"))
    two.check_accessible("s3-07-comparison")
    second.goto(code)
    expect(second.locator("section:has(#marks) li")).to_have_count(3)

    page.goto(f"/studies/{made['study']}/codes/")
    page.get_by_role("link", name="Journey: transport").click()
    expect(page.locator("main")).to_contain_text("Bussen går en gång om dagen.")
    lead.check_accessible("s3-07-quotes")
    page.get_by_role("link", name="Countries beside each other").click()
    for country in ("Portugal", "Italy", "Bulgaria", "Sweden"):
        expect(page.get_by_role("heading", name=country)).to_be_visible()
    lead.check_accessible("s3-07-countries")
    stranger = walk(language="en")
    stranger.continue_as("participant")
    assert stranger.status(code) == 404


@pytest.mark.row("S0-01")
def test_an_arabic_interview_is_marked_on_a_phone(walk: Callable[..., Any], site: Site) -> None:
    """Given an interview in Arabic with a pictogram in it, when words after it are marked on a phone, then exactly those words are stored."""
    made = told(site, MAKE.replace("NAMES", names()))
    phone = walk(width=360, language="en")
    page = phone.continue_as("researcher-two")
    page.goto(f"/interviews/{made['arabic']}/code/")
    assert page.locator(".turn").last.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    select(page, "ساعدتنا كثيرًا")
    page.locator('select[name=code]').select_option(value=made["stays"])
    page.locator("form[data-mark] .button-primary").click()
    expect(page.locator("section:has(#marks) li")).to_have_count(1)
    phone.check_accessible("s0-01-arabic-phone")
    assert told(site, STORED.replace("UID", made["arabic"])) == ["ساعدتنا كثيرًا"]
    page.context.add_cookies([{"name": "language", "value": "ar", "url": site.url}])
    page.goto(f"/interviews/{made['arabic']}/code/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    phone.check_accessible("s0-01-arabic-phone-rtl")
    for path in (f"/studies/{made['study']}/interviews/", f"/studies/{made['study']}/codebook/", f"/studies/{made['study']}/exchange/", f"/interviews/{made['arabic']}/"):
        page.goto(path)
        phone.check_accessible(re.sub(r"[0-9a-f-]{30,}", "", path))


def known(site: Site, place: int) -> str:
    """The family name of one of the two readers."""
    from handrail.desk.cast import CAST

    return next(one.family_name for one in CAST if one.key == ("researcher-two", "researcher-three")[place])
