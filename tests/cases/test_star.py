"""The star: both sides, 1 to 10, over time, drawn and in words; never averaged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.cases import actions, queries
from handrail.cases.models import StarReading
from handrail.cases.rules import dimensions
from handrail.kit import clock, drawing
from handrail.kit.errors import RuleBroken
from tests.cases.world import World


def test_every_point_has_five_steps_in_three_languages() -> None:
    from django.utils import translation

    for language in ("en", "sv", "da"):
        with translation.override(language):
            points = dimensions()
        assert [one.code for one in points] == ["language", "path", "strength", "everyday", "people", "belief"]
        assert all(len(one.steps) == 5 and all(one.steps) and one.question.endswith("?") for one in points)
        assert [points[0].step_of(value) for value in (1, 2, 3, 10)] == [points[0].steps[index] for index in (0, 0, 1, 4)]


@pytest.mark.parametrize(("said", "field"), [
    ({}, None), ({"citizen": {"language": 11}}, "citizen_language"), ({"caseworker": {"language": 0}}, "caseworker_language"), ({"citizen": {"religion": 3}}, "citizen_religion"),
    ({"citizen": {"language": 3}, "held_on": date(2018, 4, 19)}, "held_on"), ({"citizen": {"language": 3}, "held_on": date(2018, 4, 17)}, "held_on"),
])  # fmt: skip
def test_a_reading_is_a_step_on_a_day_that_was(world: World, said: dict[str, Any], field: str | None) -> None:
    with pytest.raises(RuleBroken) as fault:
        actions.note_star(**({"case": world.case, "citizen": {}, "caseworker": {}, "by": world.kim} | said))
    assert fault.value.field == field
    assert StarReading.objects.count() == 0


def test_both_sides_stand_beside_one_another_over_time(world: World) -> None:
    actions.note_star(case=world.case, citizen={"language": 2, "belief": 6}, caseworker={"language": 4, "belief": None}, by=world.kim)
    actions.note_star(case=world.case, citizen={"language": 3}, caseworker={"language": 4}, by=world.kim)  # the same day: said better
    with clock.at(clock.now() + timedelta(days=60)):
        actions.note_star(case=world.case, citizen={"language": 7}, caseworker={"language": 6}, by=world.kim)
        star = queries.star_of(world.case)
    assert star is not None
    row = star.rows[0]
    assert (row.citizen, row.caseworker, row.first_citizen, row.first_caseworker, len(star.talks)) == (7, 6, 3, 4, 2)
    assert row.citizen_words == row.dimension.steps[3]
    assert [shape.is_whole for shape in star.drawing.shapes] == [False, False]


def test_a_star_is_laid_out_clockwise_from_the_top() -> None:
    star = drawing.star(names=["up", "right", "down", "left"], sides=[("citizen", [10, 5, 10, 5]), ("caseworker", [None, 10, None, None])])
    assert [(axis.x, axis.y, axis.anchor) for axis in star.axes] == [
        ("180.0", "38.0", "middle"), ("272.0", "130.0", "start"), ("180.0", "222.0", "middle"), ("88.0", "130.0", "end"),
    ]  # fmt: skip
    whole, part = star.shapes
    assert (whole.points, whole.is_whole) == ("180.0,38.0 226.0,130.0 180.0,222.0 134.0,130.0", True)
    assert (part.points, part.is_whole, part.dots) == ("272.0,130.0", False, (("272.0", "130.0"),))


def test_it_is_filled_in_on_one_page_and_drawn_on_the_persons(world: World, as_: Any) -> None:
    kim = as_(world.kim)
    body = {f"{side}_{one.code}": str(4 + index) for index, side in enumerate(("citizen", "caseworker")) for one in dimensions()}
    assert kim.post(reverse("cases:star_note", args=[world.case.uid]), body).status_code == 302
    html = kim.get(reverse("cases:case_detail", args=[world.case.uid])).content.decode()
    drawn = html[html.index('<svg class="star"') :].partition("</svg>")[0]
    assert (drawn.count("<polygon"), drawn.count("<circle"), drawn.count("<path")) == (7, 6, 6)
    talk = world.case.star_talks.get()
    assert kim.get(reverse("cases:star", args=[talk.uid])).status_code == 200
    assert as_(world.kaja).get(reverse("cases:star", args=[talk.uid])).status_code == 404
