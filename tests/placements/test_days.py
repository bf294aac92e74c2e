"""Days at the company: within the placement, never overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.placements import actions
from handrail.placements.models import Day, Placement
from handrail.placements.rules.days import days_of_week, days_to_write
from tests.support.world import World, run

TODAY = date(2018, 4, 18)


def lines(placement: Placement) -> list[tuple[date, int, str, str, bool]]:
    return list(Day.objects.filter(placement=placement).order_by("id").values_list("day", "minutes", "absence", "said_by", "is_current"))


@pytest.mark.django_db
def test_a_correction_keeps_the_old_line(world: World) -> None:
    placement = run(world.at_bakery)
    actions.record_day(placement=placement, day=TODAY, minutes=240, said_by="company")
    actions.record_day(placement=placement, day=TODAY, minutes=240, said_by="company")
    actions.record_day(placement=placement, day=TODAY, minutes=0, absence="sick", said_by="company")
    actions.record_day(placement=placement, day=TODAY, minutes=300, said_by="staff", by=world.klaus)
    assert lines(placement) == [(TODAY, 240, "", "company", False), (TODAY, 0, "sick", "company", False), (TODAY, 300, "", "staff", True)]
    assert JournalEntry.objects.filter(name="DayRecorded").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": date(2018, 4, 8)}, "day"), ({"day": date(2018, 6, 16)}, "day"), ({"day": date(2018, 4, 19)}, "day"), ({"minutes": 1441}, "hours"), ({"minutes": -1}, "hours"),
        ({"absence": "sick"}, "hours"), ({"said_by": "somebody"}, "said_by"), ({"absence": "why", "minutes": 0}, "absence"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(world: World, change: dict[str, Any], field: str) -> None:
    placement = run(world.at_bakery)
    with pytest.raises(RuleBroken) as broken:
        actions.record_day(**{"placement": placement, "day": TODAY, "minutes": 240, "said_by": "company", **change})
    assert broken.value.field == field
    assert lines(placement) == []


@pytest.mark.django_db
def test_days_end_with_the_placement(world: World) -> None:
    placement = run(world.at_bakery)
    Placement.objects.filter(pk=placement.pk).update(state="stopped", ended_on=date(2018, 4, 16), reason="other")
    actions.record_day(placement=placement, day=date(2018, 4, 16), minutes=1440, said_by="company")
    with pytest.raises(RuleBroken, match="lasts from"):
        actions.record_day(placement=placement, day=date(2018, 4, 17), minutes=60, said_by="company")
    Placement.objects.filter(pk=placement.pk).update(state="called_off")
    with pytest.raises(RuleBroken, match="called off"):
        actions.record_day(placement=placement, day=date(2018, 4, 16), minutes=60, said_by="company")


def test_a_company_writes_this_week_and_the_one_before() -> None:
    assert days_to_write(date(2018, 4, 1), date(2018, 6, 1), TODAY)[::9] == [date(2018, 4, 18), date(2018, 4, 9)]
    assert len(days_to_write(date(2018, 4, 1), date(2018, 6, 1), TODAY)) == 10
    assert days_to_write(date(2018, 4, 17), date(2018, 4, 17), TODAY) == [date(2018, 4, 17)]
    assert days_to_write(date(2018, 5, 1), date(2018, 6, 1), TODAY) == []
    assert days_of_week(date(2018, 4, 17), date(2018, 4, 20), TODAY) == [date(2018, 4, day) for day in (17, 18, 19, 20)]
