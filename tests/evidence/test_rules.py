"""How hours are counted, valued, pledged, signed and drawn. No database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.evidence import rules

OSBY = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(("rounding", "hours", "left"), [("month", 3, 5), ("session", 2, 65)])
def test_90_and_95_minutes_give_hours_by_the_rule(rounding: str, hours: int, left: int) -> None:
    assert rules.certified_hours([90, 95], rounding) == hours
    assert rules.minutes_not_counted([90, 95], rounding) == left


def test_rounding_unknown_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="unknown rounding"):
        rules.certified_hours([60], "week")


@given(st.lists(st.integers(0, 600), max_size=40))
def test_hours_never_exceed_the_minutes_and_month_is_never_less_than_session(minutes: list[int]) -> None:
    month, session = rules.hours_by_month(minutes), rules.hours_by_session(minutes)
    assert session <= month <= sum(minutes) / 60 < month + 1
    assert sum(rules.equation_of(minutes, "session")) == session
    assert sum(rules.equation_of(minutes, "month")) == month


def test_equation_shows_what_is_added() -> None:
    assert rules.equation_of([90, 95], "month") == (3,)
    assert rules.equation_of([90, 95], "session") == (1, 1)
    assert rules.other_rounding("month") == "session"


@pytest.mark.parametrize(
    ("hours", "already", "cap", "counted", "over"),
    [(10, 0, None, 10, 0), (10, 1655, 1662, 7, 3), (10, 1662, 1662, 0, 10), (10, 1700, 1662, 0, 10), (10, 0, 1662, 10, 0)],
)
def test_hours_above_the_annual_cap_are_not_counted(hours: int, already: int, cap: int | None, counted: int, over: int) -> None:
    assert rules.under_cap(hours, already=already, cap=cap) == rules.ByCap(counted, over)


def test_target_is_the_share_to_the_ore() -> None:
    assert rules.target_of(Decimal("7247750"), Decimal("0.25")) == Decimal("1811937.50")


def test_value_rounds_half_an_ore_up() -> None:
    assert rules.value_of(1, Decimal("0.005")) == Decimal("0.01")
    assert rules.value_of(3, Decimal("290.335")) == Decimal("871.01")
    assert rules.value_of(-2, Decimal("290")) == Decimal("-580.00")


def test_hours_missing_are_whole_and_enough() -> None:
    target = Decimal("1811937.50")
    assert rules.hours_missing(target, Decimal(0), Decimal(250)) == 7248  # domain.md 2.1
    assert rules.hours_missing(target, Decimal("1187230"), Decimal(290)) == 2155  # design/screens/05
    assert rules.hours_missing(target, target, Decimal(290)) == 0
    assert rules.hours_missing(target, target + 1, Decimal(290)) == 0
    assert rules.hours_missing(target, Decimal(0), Decimal(0)) == 0


def test_forecast_says_whether_it_is_enough() -> None:
    known = {
        "budget": Decimal("7247750"), "share": Decimal("0.25"), "certified_hours": 4188, "certified": Decimal("1187230"),
        "waiting_hours": 312, "unit_cost": Decimal(290),
    }  # fmt: skip
    forecast = rules.Forecast(**known, planned_hours=1930)
    assert (forecast.missing_hours, forecast.coming_hours, forecast.margin_hours) == (2155, 2242, 87)
    assert forecast.is_enough
    assert not forecast.is_reached
    assert round(forecast.reached, 3) == Decimal("0.164")
    assert not rules.Forecast(**known, planned_hours=1842).is_enough
    assert rules.Forecast(**known, planned_hours=1843).is_enough


def test_month_is_the_local_one() -> None:
    late = datetime(2018, 3, 31, 22, 30, tzinfo=UTC)  # 1 April 00.30 in Osby
    assert rules.month_of(late, OSBY) == date(2018, 4, 1)
    assert rules.month_of(late, ZoneInfo("UTC")) == date(2018, 3, 1)
    first, last = rules.month_bounds(date(2018, 3, 1), OSBY)
    assert (first.astimezone(UTC).hour, last.astimezone(UTC).hour) == (23, 22)  # winter and summer time


def test_month_has_a_lock_date_and_an_end() -> None:
    assert rules.lock_date(date(2018, 3, 1), 20) == date(2018, 4, 20)
    assert rules.lock_date(date(2018, 1, 1), 31) == date(2018, 2, 28)
    assert rules.is_over(date(2018, 3, 1), date(2018, 4, 1))
    assert not rules.is_over(date(2018, 4, 1), date(2018, 4, 30))
    assert rules.next_month(date(2017, 12, 1)) == date(2018, 1, 1)
    assert rules.previous_month(date(2018, 1, 1)) == date(2017, 12, 1)


@pytest.mark.parametrize("key", ["2018-13", "2018-00", "18-3", "2018/03", "", "abcd-ef", "2018-3", "0000-01", "²018-03"])
def test_month_key_refuses_nonsense(key: str) -> None:
    assert rules.month_of_key(key) is None


def test_month_key_returns() -> None:
    assert rules.month_of_key(rules.month_key(date(2018, 3, 1))) == date(2018, 3, 1)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2018, 3, 14, hour, minute, tzinfo=OSBY)


def test_pledge_counts_an_hour_once() -> None:
    first = rules.Interval(at(8), at(10), "a")
    meets = rules.Interval(at(9), at(11), "b")
    after = rules.Interval(at(10), at(12), "c")
    assert rules.first_overlap([meets], [first]) == (meets, first)
    assert rules.first_overlap([after], [first]) is None
    assert rules.first_overlap([first, meets], []) == (meets, first)
    assert rules.first_overlap([], [first, meets]) is None  # what is already pledged is not judged again


def test_pledge_leaves_out_what_was_missed() -> None:
    span = rules.pledged_interval(at(8), at(10), late_minutes=15, left_early_minutes=30)
    assert (span.starts_at, span.ends_at) == (at(8, 15), at(9, 30))
    assert rules.pledged_interval(at(8), at(9), late_minutes=90).ends_at == at(9, 30)  # never turned around


def test_countersigning_is_never_done_by_oneself() -> None:
    assert rules.who_countersigns(1, managers=[2], process_leaders=[3]) == {2}
    assert rules.who_countersigns(1, managers=[1], process_leaders=[3]) == {3}
    assert rules.who_countersigns(1, managers=[], process_leaders=[3, 4]) == {3, 4}
    assert rules.who_countersigns(3, managers=[], process_leaders=[3]) == frozenset()


def test_sample_is_the_same_for_the_same_seed() -> None:
    numbers = [f"LFI-{one:04}" for one in range(200)]
    drawn = rules.drawn_from(numbers, size=10, seed="s1")
    assert drawn == rules.drawn_from(reversed(numbers), size=10, seed="s1")
    assert len(set(drawn)) == 10
    assert drawn != rules.drawn_from(numbers, size=10, seed="s2")
    assert rules.drawn_from(numbers[:3], size=10, seed="s1") == sorted(numbers[:3])


@pytest.mark.parametrize(
    ("over", "counted", "cap", "expected"),
    [([0, 2], 2, 4, [0, 2]), ([1, 3], 3, 5, [1, 1]), ([2, 2], 4, 4, [0, 0]), ([2], 5, 4, [0]), ([2], 0, None, [0]), ([], 0, 4, [])],
)
def test_hours_cut_by_the_cap_count_again_as_far_as_they_fit(over: list[int], counted: int, cap: int | None, expected: list[int]) -> None:
    assert rules.recounted(over, counted=counted, cap=cap) == expected
