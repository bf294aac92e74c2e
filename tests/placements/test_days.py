"""Days at the company: within the placement, never overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.placements import actions
from handrail.placements.models import Day, Placement
from handrail.placements.rules.days import Word, days_of_week, days_to_write, weigh_words
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


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ([("participant", 300)], (0, [])),
        ([("participant", 300), ("company", 300)], (0, [])),
        ([("participant", 300), ("company", 240)], (0, [1])),
        ([("company", 240), ("participant", 300)], (0, [1])),
        ([("participant", 300), ("company", 240), ("participant", 240)], (2, [])),
        ([("participant", 300), ("company", 240), ("participant", 270)], (2, [1])),
        ([("participant", 300), ("company", 240), ("staff", 240)], (2, [])),
        ([("participant", 300), ("staff", 240), ("company", 300)], (1, [2])),
        ([("staff", 240), ("participant", 240)], (0, [])),
        ([("participant", 300), ("staff", 240), ("participant", 240), ("company", 300), ("staff", 300)], (4, [])),
    ],
)  # fmt: skip
def test_two_sides_stand_beside_one_another_until_the_caseworker_speaks(words: list[tuple[str, int]], verdict: tuple[int, list[int]]) -> None:
    assert weigh_words([Word(*one) for one in words]) == verdict


def test_a_day_without_a_word_has_no_verdict() -> None:
    with pytest.raises(ValueError, match="without a word"):
        weigh_words([])


@pytest.mark.django_db
def test_a_contradiction_waits_for_the_caseworker_who_settles_it(world: World, client_of: Any) -> None:
    placement = run(world.at_bakery)
    actions.record_day(placement=placement, day=TODAY, minutes=300, said_by="participant")
    other = actions.record_day(placement=placement, day=TODAY, minutes=240, said_by="company")
    actions.record_day(placement=placement, day=TODAY, minutes=240, said_by="company")
    assert [(line.minutes, line.is_current, line.is_disputed) for line in Day.objects.order_by("id")] == [(300, True, False), (240, False, True)]
    url, klaus = reverse("placements:day_list", args=[placement.uid]), client_of(world.klaus)
    assert url in klaus.get("/home/").content.decode()
    html = klaus.get(url).content.decode()
    assert html.count('name="line"') == 2
    assert 'name="line"' not in client_of(world.dorte).get(url).content.decode() and client_of(world.stranger).get(url).status_code == 404
    settle = reverse("placements:day_settle", args=[placement.uid])
    for somebody in (world.dorte, world.stranger, world.owner):
        assert client_of(somebody).post(settle, {"line": str(other.uid)}).status_code == 404
    foreign = actions.record_day(placement=run(world.at_garage), day=TODAY, minutes=60, said_by="company")
    assert klaus.post(settle, {"line": str(foreign.uid)}).status_code == 404
    assert klaus.post(settle, {"line": str(other.uid)}).status_code == 302
    assert lines(placement) == [(TODAY, 300, "", "participant", False), (TODAY, 240, "", "company", False), (TODAY, 240, "", "staff", True)]
    assert not Day.objects.filter(is_disputed=True).exists() and url not in klaus.get("/home/").content.decode()
    actions.record_day(placement=placement, day=TODAY, minutes=200, said_by="company")  # after it was settled: shown, and it holds nothing
    assert Day.objects.filter(is_disputed=True).count() == 1
    actions.record_day(placement=placement, day=TODAY, minutes=240, said_by="staff", by=world.klaus)  # the same word once more settles it
    assert not Day.objects.filter(is_disputed=True).exists()


@pytest.mark.django_db
def test_the_list_of_days_asks_the_same_however_many_there_are(world: World, client_of: Any, queries_of: Any) -> None:
    placement, klaus = run(world.at_bakery), client_of(world.klaus)

    def told_in_two_ways(back: int) -> None:
        for said_by, minutes in (("participant", 240), ("company", 200)):
            actions.record_day(placement=placement, day=TODAY - timedelta(days=back), minutes=minutes, said_by=said_by)

    def look() -> None:
        assert klaus.get(reverse("placements:day_list", args=[placement.uid])).status_code == 200

    told_in_two_ways(0)
    look()
    one = queries_of(look)
    told_in_two_ways(1)
    told_in_two_ways(2)
    assert queries_of(look) == one


@pytest.mark.django_db
def test_the_caseworker_writes_down_a_day(world: World, client_of: Any) -> None:
    placement, klaus = run(world.at_bakery), client_of(world.klaus)
    url = reverse("placements:day_write", args=[placement.uid])
    assert klaus.post(url, {"day": "2018-04-17", "hours": "3", "minutes": "30"}).status_code == 302
    assert klaus.post(url, {"day": "2018-04-16"}).status_code == 302
    assert klaus.post(url, {"day": "2018-04-19", "hours": "3"}).status_code == 200
    assert sorted(lines(placement)) == [(date(2018, 4, 16), 0, "away", "staff", True), (date(2018, 4, 17), 210, "", "staff", True)]
    assert client_of(world.dorte).post(url, {"day": "2018-04-17", "hours": "3"}).status_code == 404
    assert klaus.get(url).status_code == 302
