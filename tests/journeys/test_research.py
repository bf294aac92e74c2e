"""Research in several countries: one study set up together, people asked in their languages, and a need that stands on what they said."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.row("S3-01")
@pytest.mark.row("S3-02")
@pytest.mark.row("S3-08")
def test_five_organisations_set_up_one_study_and_see_who_is_missing(walk: Callable[..., Any]) -> None:
    """S3-01, S3-02, S3-08. Given five organisations, when one begins a study with groups, each with its own words, and two partners write the guide,
    then people of a group answer in their language after reading their words, and the table says who is still missing where."""
    ines = walk(language="en")
    page = ines.continue_as("researcher")
    follow(page, "Research")
    press_or_follow(page, "Begin a study")
    page.get_by_label("Name of the study, in English").fill("A second look")
    page.get_by_label("What it wants to know, in English").fill("What has changed since the winter?")
    page.get_by_label("Which organisation holds it together").select_option(label="CRESCER")
    for language in ("English", "Arabic", "Swedish"):
        page.get_by_role("checkbox", name=language, exact=True).check()
    press(page, "Open the study")
    expect(page.get_by_role("heading", name="A second look")).to_be_visible()
    study = page.url
    for organisation, country in (("CRESCER", "Portugal"), ("Östersund", "Sweden")):
        follow(page, "Add a partner")
        page.get_by_label("Organisation", exact=True).select_option(label=organisation)
        page.get_by_label("Country", exact=True).select_option(label=country)
        press(page, "Add the partner")
    for letter, group in (("R", "Refugees"), ("W", "Professionals")):
        follow(page, "Add a group")
        page.get_by_label("Letter for signs").fill(letter)
        page.get_by_label("Name of the group, in English").fill(group)
        page.get_by_label("What they are told before they answer, in English").fill(f"We ask you as {group.lower()}.")
        page.get_by_label("What they are told before they answer, in Arabic").fill("نسألك وأنت حرّ في الإجابة.")
        press(page, "Add the group")
    follow(page, "Choose a questionnaire")
    page.get_by_label("Who answers").select_option(label="Refugees")
    page.get_by_label("Questionnaire", exact=True).select_option(label="Arriving")
    press(page, "Use the questionnaire")
    follow(page, "Add a round")
    page.get_by_label("Name of the round, in English").fill("Spring")
    press(page, "Add the round")
    follow(page, "How many are wanted")
    page.get_by_label("Refugees, survey answers").first.fill("2")
    ines.check_accessible("research-numbers")
    press(page, "Save the numbers")
    follow(page, "Begin to collect")
    press(page, "Open for every partner and group")
    expect(page.get_by_role("heading", name="2 voices are still missing")).to_be_visible()
    follow(page, "Write a guide")
    page.get_by_label("Name of the guide").fill("Once more")
    page.get_by_label("Question 1, English").first.fill("What has become easier?")
    press(page, "Save as a new version")
    guide = page.url

    marta = walk(language="en")
    other = marta.continue_as("researcher-three")
    other.goto(guide)
    follow(other, "Write on")
    other.get_by_label("Question 1, Arabic").first.fill("ما الذي صار أسهل؟")
    other.get_by_label("Why it is changed").fill("In Arabic as well.")
    marta.check_accessible("research-guide-edit")
    press(other, "Save as a new version")
    expect(other.get_by_text(re.compile("Version 2")).first).to_be_visible()
    expect(other.get_by_text("In Arabic as well.").first).to_be_visible()
    other.goto(study)
    expect(other.get_by_role("link", name="Add a partner")).to_have_count(0)

    page.goto(study)
    page.get_by_role("row", name=re.compile("CRESCER")).get_by_role("link", name=re.compile("Whoever has the address")).click()
    address = page.get_by_text(re.compile(r"/c/[\w-]+/")).first.inner_text().strip()
    for _time in range(2):
        somebody = walk(language="ar", width=360)
        answer_in_arabic(somebody, address)
    page.goto(study)
    expect(page.get_by_role("heading", name="Who has been heard")).to_be_visible()
    expect(page.get_by_text("2 of 2 answers")).to_be_visible()
    ines.check_accessible("research-study")
    phone = walk(language="en", width=360)
    phone.continue_as("researcher-three").goto(study)
    phone.check_accessible("research-study-phone")


def press_or_follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def answer_in_arabic(somebody: Any, address: str) -> None:
    """From the words that are read first to the page that says it has arrived, in Arabic, right to left, on a phone."""
    page = somebody.page
    page.goto(f"{address}?language=ar")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    expect(page.get_by_text("نسألك وأنت حرّ في الإجابة.")).to_be_visible()
    somebody.check_accessible("research-words")
    press(page, "البدء")
    page.get_by_role("radio", name="قليلًا").first.check()
    somebody.check_accessible("research-questions")
    send = page.locator('button[name="go"][value="send"]')
    for _page in range(4):
        if send.count():
            break
        page.locator('.thumb-bar button[name="go"][value="next"]').click()
    send.click()
    expect(page.get_by_role("heading").first).to_be_visible()
    somebody.check_accessible("research-sent")


@pytest.mark.row("S0-01")
def test_a_need_stands_on_what_people_said_and_leads_to_what_staff_learn(walk: Callable[..., Any]) -> None:
    """S0-01. Given answers of two forms and marked interviews, when somebody writes a need on them and it is shown, then a project owner elsewhere
    reads how many of each group said so, two quotes and the gap of their own staff, and walks from there along the thread and back."""
    ines = walk(language="en")
    page = ines.continue_as("researcher")
    follow(page, "Research")
    follow(page, "What helps people to arrive")
    follow(page, "What was found")
    press_or_follow(page, "Write a finding")
    page.get_by_label("In one sentence, in English").fill("People need time in the first meeting")
    press(page, "Save the finding")
    follow(page, "Count an answer")
    follow(page, "I am met with respect.")
    for words in ("Not at all", "Hardly", "In part"):
        page.get_by_role("checkbox", name=words).check()
    press(page, "Count these answers")
    expect(page.get_by_text("By group").first).to_be_visible()
    follow(page, "Choose passages")
    for number in range(2):
        page.get_by_role("checkbox").nth(number).check()
    ines.check_accessible("research-passages")
    press(page, "Stand on these passages")
    expect(page.locator("figure.quote")).to_have_count(2)
    press(page, "Show it to everybody here")
    finding = page.url
    ines.check_accessible("research-finding")

    amal = walk()
    page = amal.continue_as("coordinator")
    page.goto(finding)
    follow(page, "Koppla en kompetens")
    page.get_by_label("Kompetens", exact=True).select_option(label="C1 Samtal genom tolk")
    press(page, "Koppla kompetensen")
    expect(page.get_by_text(re.compile(r"\d+ av \d+ som svarade saknar den"))).to_be_visible()
    follow(page, "Samtal genom tolk")
    expect(page.get_by_text("och bakom det står vad människor sade att de behöver:").first).to_be_visible()
    amal.check_accessible("research-thread")
    page.get_by_role("link", name=re.compile("Människor behöver")).first.click()
    expect(page.get_by_role("heading", name="Vilka som sade det")).to_be_visible()
    expect(page.locator("figure.quote").first).to_be_visible()
    phone = walk(width=360)
    phone.continue_as("coordinator").goto(finding)
    phone.check_accessible("research-finding-phone")


@pytest.mark.row("S3-03")
@pytest.mark.row("S3-07")
def test_marked_passages_are_compared_between_countries_and_become_a_card(walk: Callable[..., Any]) -> None:
    """S3-03, S3-07. Given interviews of four countries under one codebook, when somebody opens a code, then its passages stand side by side by country
    in the original and a translation, beside one question of the survey; and chosen ones become a draft card that says how many people's words it is."""
    ines = walk(language="en")
    page = ines.continue_as("researcher")
    follow(page, "Research")
    follow(page, "What helps people to arrive")
    follow(page, "What is said")
    follow(page, "Letters and forms")
    follow(page, "Countries beside each other")
    page.get_by_label("Beside a question of the survey").select_option(label="Who explains letters from the authorities to you?")
    press(page, "Show")
    for country in ("Portugal", "Italy", "Bulgaria", "Sweden"):
        expect(page.get_by_role("heading", name=country)).to_be_visible()
    expect(page.locator("blockquote[lang=ar]").first).to_be_visible()
    expect(page.locator("table.shares")).to_have_count(4)
    ines.check_accessible("research-countries")
    page.go_back()
    page.go_back()
    follow(page, "Make a practice card of it")
    page.get_by_label("Title").fill("Somebody who reads the letter with you")
    page.get_by_label("Country").select_option(label="Portugal")
    for number in range(2):
        page.get_by_role("checkbox").nth(number).check()
    ines.check_accessible("research-draft")
    press(page, "Begin the card")
    page.goto(page.url.split("/write/")[0] + "/")
    expect(page.get_by_role("heading", name="Drafted from what 2 people said")).to_be_visible()
    ines.check_accessible("research-card")
