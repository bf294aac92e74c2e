"""The clock, the figures, the privacy guard, the playbooks: no database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from handrail.support import rules
from handrail.support.rules.clocks import easter_sunday

ZONE = ZoneInfo("Europe/Copenhagen")


def moment(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((2018, 4, 18, 9, 0), (2018, 4, 18, 13, 0)),  # within one day
        ((2018, 4, 18, 12, 0), (2018, 4, 18, 16, 0)),  # ends as the office closes
        ((2018, 4, 18, 15, 40), (2018, 4, 19, 11, 40)),  # the hour
        ((2018, 4, 18, 16, 0), (2018, 4, 19, 12, 0)),  # at closing time nothing counts today
        ((2018, 4, 18, 6, 0), (2018, 4, 18, 12, 0)),  # before opening
        ((2018, 4, 20, 15, 40), (2018, 4, 23, 11, 40)),  # Friday to Monday
        ((2018, 3, 28, 15, 40), (2018, 4, 3, 11, 40)),  # over Easter with Maundy Thursday and the Monday
        ((2018, 4, 26, 15, 40), (2018, 4, 30, 11, 40)),  # Great Prayer Day 2018
        ((2024, 4, 25, 15, 40), (2024, 4, 26, 11, 40)),  # abolished from 2024
        ((2018, 12, 23, 12, 0), (2018, 12, 27, 12, 0)),  # Sunday before Christmas
        ((2018, 12, 28, 15, 0), (2019, 1, 2, 11, 0)),  # Friday, New Year's Eve and Day off
    ],
)
def test_an_answer_is_due_after_the_agreed_working_hours(asked: tuple[int, ...], due: tuple[int, ...]) -> None:
    at = moment(*asked)  # type: ignore[arg-type]
    assert rules.answer_due(rules.agreed_for("DK", at.date()), at) == moment(*due)  # type: ignore[arg-type]


def test_working_minutes_undo_the_clock() -> None:
    """From any quarter of an hour of two weeks with holidays in them, the agreed time is exactly as long as agreed."""
    agreed = rules.agreed_for("DK", date(2018, 3, 20))
    start = moment(2018, 3, 20, 0)
    for number in range(0, 14 * 24 * 4, 7):
        asked = start + timedelta(minutes=15 * number)
        due = rules.answer_due(agreed, asked)
        assert rules.working_minutes(agreed, asked, due) == 240
        assert rules.is_working_day(agreed, due.date())
    assert rules.working_minutes(agreed, moment(2018, 4, 18, 12), moment(2018, 4, 18, 11)) == 0


@pytest.mark.parametrize(("year", "day"), [(2014, date(2014, 4, 20)), (2018, date(2018, 4, 1)), (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))])
def test_easter_is_found(year: int, day: date) -> None:
    assert easter_sunday(year) == day


def test_each_country_has_its_own_days_off_and_an_unknown_one_still_a_clock() -> None:
    denmark, sweden, unknown = (rules.agreed_for(code, date(2018, 6, 1)) for code in ("DK", "SE", "XX"))
    assert [rules.is_working_day(one, date(2018, 6, 6)) for one in (denmark, sweden, unknown)] == [True, False, True]
    assert not rules.is_working_day(sweden, date(2018, 6, 22)), "Midsummer Eve"
    assert unknown.hours == 8 and unknown.country == ""
    assert all(one.source for one in (denmark, sweden, unknown))


def test_figures_of_a_month_count_what_is_over() -> None:
    april, may = date(2018, 4, 1), date(2018, 5, 1)
    rows = [rules.Asked(april, 60, True), rules.Asked(april, 300, False), rules.Asked(april, 120, True), rules.Asked(april, None, False), rules.Asked(april, None, None), rules.Asked(may, None, None)]
    first, second = rules.by_month(rows)
    assert (first.questions, first.answered, first.median_minutes, first.in_time, first.over, first.share) == (5, 3, 120, 2, 4, 0.5)
    assert (second.questions, second.median_minutes, second.share) == (1, None, None)


def test_the_guard_sees_capitals_inside_a_sentence_and_contact_details() -> None:
    assert rules.capitals_inside("Ask Amina first. Then wait, and ring AMU on Monday.") == {"Amina"}
    assert rules.capitals_inside("Yes. No. The break is at ten.") == set()
    assert rules.contact_details("Ring 20 30 40 50 or write to a.b@example.org") == ["a.b@example.org", "20 30 40 50"]
    assert rules.contact_details("CPR 010190-1234") == ["010190-1234"]
    assert rules.contact_details("From 8.00 to 16.00 on 18 April 2018, 37 hours, at most 13 weeks") == []


def test_guidance_is_scored_by_its_title_first_and_endings_do_not_matter() -> None:
    words = rules.telling_words("Må han arbejde om aftenen og i weekenden?")
    assert rules.score(words, "Arbejde aften og weekend", "", []) > rules.score(words, "Tider", "Om aftenen skal det aftales", []) > 0
    assert rules.score(words, "Tøj", "Sko og handsker", []) == 0


@pytest.mark.parametrize("language", ["en", "sv", "da"])
def test_ten_playbooks_say_the_same_in_three_languages(language: str) -> None:
    with translation.override("en"):
        english = rules.playbooks()
    with translation.override(language):
        found = rules.playbooks()
    assert [one.code for one in found] == ["no_show", "language", "bad_day", "conflict", "absence", "accident", "hire", "stop", "first_week", "visitors"]
    for one, plain in zip(found, english, strict=True):
        assert one.title and one.lead and one.ring, one.code
        assert (len(one.steps), len(one.ring)) == (len(plain.steps), len(plain.ring)), one.code
        assert language == "en" or one.title != plain.title
