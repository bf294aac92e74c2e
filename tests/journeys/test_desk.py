"""Newcomers say at the desk how they were met; an organisation looks at itself twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site
from tests.journeys.hall import told

MAKE = """
import json
from datetime import datetime, timedelta, UTC
from uuid import uuid4
from handrail.instruments import actions
from handrail.instruments.formats import Choice, Form, Item, Language, SELECT_ONE
from handrail.kit import clock
from handrail.people.models import Account, Unit
from handrail.programmes.models import Participation
mirza, amal = (Account.objects.get(email=e).person for e in ("mirza.delic@example.org", "amal.haddad@example.org"))
mine = Participation.objects.get(person=mirza)
steps = tuple(Choice(str(n), {"sv": sv, "ar": ar}) for n, sv, ar in ((1, "Inte alls", "لا أبدًا"), (2, "Lite", "قليلًا"), (3, "Delvis", "إلى حدّ ما"), (4, "Mycket", "كثيرًا"), (5, "Helt", "تمامًا")))
asked = (("respect", "Jag bemöttes med respekt", "عوملت باحترام"), ("understood", "Jag förstod vad som sades", "فهمت ما قيل"), ("next", "Jag vet vad som händer nu", "أعرف ما الذي سيحدث الآن"))
form = Form("Vid disken", "disken", "1", (Language("sv", "Svenska"), Language("ar", "العربية")), "sv",
    tuple(Item(kind=SELECT_ONE, name=name, labels={"sv": sv, "ar": ar}, list_name="steg", choices=steps, appearance="likert") for name, sv, ar in asked))
units = list(Unit.objects.filter(organisation=mine.organisation).order_by("pk")[:2])
made = []
with clock.at(datetime(2018, 2, 1, 9, tzinfo=UTC)):
    version = actions.publish_form(programme=mine.programme, form=form, kind="desk", by=amal)
    for unit in units:
        made.append(actions.open_collection(programme=mine.programme, organisation=mine.organisation, version=version, title={"sv": "Hur blev du bemött?", "ar": "كيف استقبلوك؟"},
            consent={"sv": "Det är frivilligt, och ingen ser vem som svarar.", "ar": "الإجابة اختيارية ولا أحد يعرف من أجاب."}, opens_on=clock.today(), closes_on=clock.today() + timedelta(days=300), unit=unit, by=amal))
for month, counts in ((2, (8, 3)), (3, (9, 7))):
    with clock.at(datetime(2018, month, 12, 9, tzinfo=UTC)):
        for one, count in zip(made, counts):
            for n in range(count):
                actions.give_response(collection=one, answers={"respect": str(2 + (n + month) % 3), "understood": "3", "next": "2"}, language="ar", key=uuid4().hex)
print("MADE" + json.dumps({"code": made[0].code, "programme": str(mine.programme.uid), "units": [one.name for one in units]}))
"""


@pytest.mark.row("S1-11")
def test_newcomers_answer_three_questions_at_the_desk(walk: Callable[..., Any], site: Site) -> None:
    """S1-11. Given a tablet at a reception, when somebody answers three anonymous questions in Arabic, then the first page comes back by itself with
    nothing of them on it; and the leaders see a line per unit, month by month, with small months hidden."""
    desk = told(site, MAKE)
    somebody = walk(language="ar", width=820)
    page = somebody.page
    page.goto(f"/c/{desk['code']}/?desk=1&language=ar")
    expect(page.get_by_text("الإجابة اختيارية ولا أحد يعرف من أجاب.")).to_be_visible()
    somebody.check_accessible("desk-words")
    page.locator(".thumb-bar button, form button.button-primary").first.click()
    for question in ("عوملت باحترام", "فهمت ما قيل", "أعرف ما الذي سيحدث الآن"):
        page.get_by_role("group", name=question).get_by_role("radio", name="كثيرًا").check()
    somebody.check_accessible("desk-questions")
    send = page.locator('button[name="go"][value="send"]')
    for _page in range(3):
        if send.count():
            break
        page.locator('.thumb-bar button[name="go"][value="next"]').click()
    send.click()
    page.wait_for_url("**/c/**desk=1**", timeout=30_000)
    expect(page.get_by_text("Det är frivilligt, och ingen ser vem som svarar.")).to_be_visible(timeout=30_000)  # for the next one, in the form's own language
    amal = walk()
    page = amal.continue_as("coordinator")
    page.goto(f"/programmes/{desk['programme']}/desk/")
    expect(page.get_by_role("heading", name="Jag bemöttes med respekt")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Osby, {desk['units'][0]}", exact=True).first).to_be_visible()
    expect(page.get_by_text("En månad är dold: färre än fem svarade.").first).to_be_visible()
    amal.check_accessible("desk-trend")


@pytest.mark.row("S3-09")
def test_an_organisation_looks_at_itself_twice_and_sees_the_change(walk: Callable[..., Any]) -> None:
    """S3-09. Given the quality checklist, when an organisation answers it again later, then each line shows from where to where it moved."""
    erik = walk()
    page = erik.continue_as("researcher-two")
    page.get_by_role("link", name="Verktygslåda", exact=True).first.click()
    page.locator('a[href$="/library/checklist/"]').first.click()
    changed = page.get_by_role("row")
    expect(changed.nth(1)).to_be_visible()
    before = changed.nth(1).inner_text()
    page.locator('a[href$="/checklist/answer/"]').first.click()
    for line in page.locator("form.form fieldset").all():
        line.get_by_role("radio").nth(4).check()
    erik.check_accessible("checklist")
    page.locator("form.form button.button-primary").click()
    expect(changed.nth(1)).to_be_visible()
    assert changed.nth(1).inner_text() != before, "from where it was first to where it is now"
    erik.check_accessible("checklist-change")
