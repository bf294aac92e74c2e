"""The national rule, the clocks, and the people who do not exist."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.kit.errors import RuleBroken
from handrail.placements.rules import check_period, clock_days, fictional, months_later, places_allowed, rule_for

DENMARK = rule_for("DK", date(2018, 1, 1))


@pytest.mark.parametrize(("staff", "allowed"), [(0, 0), (1, 1), (4, 1), (9, 1), (10, 2), (12, 2), (15, 3), (50, 10), (59, 10), (60, 11), (100, 15)])
def test_places_allowed_counts_full_groups_one_per_five_up_to_fifty_then_one_per_ten(staff, allowed):
    assert places_allowed(DENMARK, staff) == allowed


def test_a_country_without_a_ratio_sets_no_number():
    assert places_allowed(rule_for("SE", date(2018, 1, 1)), 12) is None


@pytest.mark.parametrize("asked", [("NO", date(2018, 1, 1)), ("DK", date(2001, 1, 1))])
def test_an_unknown_country_or_day_is_said_and_not_guessed(asked):
    with pytest.raises(RuleBroken, match=asked[0]):
        rule_for(*asked)


def test_a_placement_lasts_thirteen_weeks_and_with_an_extension_twice_that():
    start = date(2018, 1, 1)
    check_period(DENMARK, start, start + timedelta(weeks=13, days=-1))
    with pytest.raises(RuleBroken, match="1 April 2018"):
        check_period(DENMARK, start, start + timedelta(weeks=13))
    check_period(DENMARK, start, start + timedelta(weeks=26, days=-1), extended=True)
    with pytest.raises(RuleBroken):
        check_period(DENMARK, start, start - timedelta(days=1))


def test_the_clocks_strike_at_the_programmes_end_six_months_later_and_from_each_exit():
    assert clock_days(date(2020, 12, 31), date(2018, 8, 31)) == {
        "project": date(2020, 12, 31), "project_six": date(2021, 6, 30), "exit": date(2018, 8, 31), "exit_six": date(2019, 2, 28),
    }  # fmt: skip
    assert set(clock_days(date(2020, 12, 31), None)) == {"project", "project_six"}
    assert months_later(date(2019, 8, 31), 6) == date(2020, 2, 29)


def test_the_fictional_people_are_the_same_every_time_and_promise_what_the_page_promises():
    rows = fictional.people()
    assert rows == fictional.people()
    keys = {row["key"] for row in rows}
    assert (len(keys), len(rows)) == (144, 146)  # two came back
    assert sum("placed_on" in row for row in rows) == 115
    assert sum("placed_on" in row and "stopped_on" not in row for row in rows) == 100
    assert sum(row.get("project") == "ja" and row["project_evidence"] != "ingen" for row in rows) == 27


def test_earlier_rows_know_nothing_of_what_comes_later():
    day = date(2018, 4, 18)
    for row in fictional.until(fictional.people(), day):
        assert all(value <= day for name, value in row.items() if isinstance(value, date) and name != "agreed_until")
        assert "project" not in row and "project_six" not in row
