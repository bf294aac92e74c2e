"""A small world to plan in: a framework, three modules, some possible sessions, and people who lack different things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from handrail.competences import actions as competences
from handrail.competences.models import Framework
from handrail.curriculum import actions as curriculum
from handrail.curriculum.models import Module
from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.people.models import Person
from handrail.planning import actions
from handrail.planning.models import Plan
from tests.competences.made import competence, make_framework, rate

ZONE = ZoneInfo("Europe/Stockholm")
FIRST, LAST = date(2018, 9, 3), date(2018, 9, 28)
MOVES = 300  # plenty for a handful of sessions


@dataclass
class World:
    """What the tests plan with."""

    cast: Any
    framework: Framework
    modules: dict[str, Module]
    sessions: dict[str, Session]
    horby: list[Person]
    kristianstad: list[Person]


def candidate(cast: Any, module: Module, day: int, hour: int = 9, *, minutes: int = 120, organisation: Any = None, **more: Any) -> Session:
    """A possible session on a day of September 2018, in Hörby unless told otherwise."""
    starts = datetime(2018, 9, day, hour, tzinfo=ZONE)
    options = {"maximum": 20, "minimum": 3, "cost": Decimal(5000), "state": "candidate"} | more
    return delivery.schedule_session(
        programme=cast.programme, module=module, starts_at=starts, ends_at=starts + timedelta(minutes=minutes), organisation=organisation or cast.horby,
        by=cast.amal, **options,
    )  # fmt: skip


def make_world(cast: Any, *, staff: int = 7) -> World:
    """Hörby's staff lack sleep and worry (B1) and referral (B2), Kristianstad's lack interpreting (C1); Birgit lacks B1, Bo C1."""
    framework = make_framework(cast)
    horby = cast.more_staff(staff)
    kristianstad = cast.more_staff(staff, organisation=cast.kristianstad, unit=cast.library)
    competences.assign_profiles_by_title(framework=framework, by=None)
    rate(horby, framework, {"B1": 1, "B2": 1, "C1": 2}, round=None)
    rate(kristianstad, framework, {"B1": 2, "B2": 2, "C1": 0}, round=None)
    rate([cast.birgit], framework, {"B1": 0, "B2": 2, "C1": 2}, round=None)
    rate([cast.bo], framework, {"B1": 3, "B2": 3, "C1": 1}, round=None)
    modules = {}
    for code, form, minutes in (("B1", "lecture", 120), ("B2", "lecture", 120), ("C1", "group_work", 180)):
        modules[code] = curriculum.add_module(
            programme=cast.programme, code=f"M{code}", title={"sv": f"Modul {code}", "en": f"Module {code}"}, form=form, minutes=minutes, by=cast.amal
        )
        curriculum.add_outcome(
            module=modules[code], code=f"M{code}.1", statement={"sv": "Kan det", "en": "Can do it"}, competence=competence(framework, code), to_level=3,
            adds=1, by=cast.amal,
        )  # fmt: skip
    sessions = {
        "B1": candidate(cast, modules["B1"], 4), "B1 later": candidate(cast, modules["B1"], 11), "B2": candidate(cast, modules["B2"], 5),
        "C1": candidate(cast, modules["C1"], 6, minutes=180, organisation=cast.kristianstad),
        "C1 Hörby": candidate(cast, modules["C1"], 13, minutes=180),
    }  # fmt: skip
    return World(cast, framework, modules, sessions, horby, kristianstad)


def ask(world: World, **changes: Any) -> Plan:
    """A plan asked for with room for everything."""
    asked: dict[str, Any] = {
        "first": FIRST, "last": LAST, "budget": Decimal(100_000), "hours": 16, "absence_share": Decimal(1), "moves": MOVES, "by": world.cast.amal,
    }  # fmt: skip
    return actions.ask_plan(programme=world.cast.programme, **(asked | changes))


def proposed(world: World, **changes: Any) -> Plan:
    """A plan asked for and computed."""
    plan = actions.compute(ask(world, **changes))
    assert plan.state == "proposed", plan.violations
    return plan


def seats_of(plan: Plan) -> set[tuple[int, int]]:
    """The seats of a plan as (session, person)."""
    return set(plan.seats.values_list("session_id", "person_id"))
