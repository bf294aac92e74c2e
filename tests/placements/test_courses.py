"""A course is never a condition: a placement begins after one that was missed as it begins without any, and the funnel does not know of them (S4-01)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import handrail.placements
from handrail.cases.actions import take_part_in_courses
from handrail.curriculum.actions import add_module
from handrail.delivery import actions as delivery
from handrail.kit import clock
from handrail.placements import queries
from handrail.placements.models import Placement


def held(kolding, *, days):
    """A course of the municipality's own, so many days from now."""
    starts = clock.now() + timedelta(days=days)
    module = add_module(programme=kolding.programme, code=f"K{days % 97}", title={"da": "Kursus", "en": "Course"}, form="lecture", minutes=60, by=kolding.coordinator)
    return delivery.schedule_session(
        programme=kolding.programme, module=module, audience="newcomers", starts_at=starts, ends_at=starts + timedelta(hours=1), maximum=9, organisation=kolding.kommune,
        trainer=kolding.stranger, by=kolding.coordinator,
    )  # fmt: skip


def test_a_placement_begins_though_a_course_was_missed_and_another_is_to_come(kolding):
    with clock.at(clock.now() - timedelta(days=2)):
        missed, coming = held(kolding, days=1), held(kolding, days=9)
        take_part_in_courses(case=kolding.dawit, sessions=[missed, coming], domain="language", by=kolding.mette)
    delivery.record_attendance(session=missed, person=kolding.dawit.person, minutes=0, by=kolding.stranger)
    started = kolding.running(kolding.dawit)
    assert started.state == Placement.State.RUNNING


def test_courses_change_no_figure_of_the_funnel(kolding):
    def figures():
        day = clock.today()
        return queries.funnel_of(kolding.programme, day), queries.days_to_company(kolding.programme, day), queries.exits_of(kolding.programme, day)

    kolding.running(kolding.selam)
    before = figures()
    with clock.at(clock.now() - timedelta(days=2)):
        course = held(kolding, days=1)
        take_part_in_courses(case=kolding.dawit, sessions=[course], by=kolding.mette)
    delivery.record_attendance(session=course, person=kolding.dawit.person, by=kolding.stranger)
    assert figures() == before


def test_placements_know_nothing_of_sessions():
    sources = Path(handrail.placements.__file__).parent.rglob("*.py")
    assert not [one.name for one in sources if "handrail.delivery" in one.read_text()]
