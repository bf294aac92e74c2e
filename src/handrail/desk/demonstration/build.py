"""Tells the demonstration's history from October 2016 to April 2018, action by action, with the clock standing where each happened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from handrail.desk.demonstration import beginning, hours, mapping, place_and_train, plans, refu_in, training
from handrail.desk.demonstration.world import World
from handrail.kit import clock, later

STANDS_AT = datetime(2018, 4, 18, 8, 40)  # noqa: DTZ001  (local time, made aware below)
ZONE = ZoneInfo(settings.TIME_ZONE)

STEPS: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("programme, municipalities and their staff lists", beginning.build),
    ("framework, profiles and the mapping", mapping.build_before),
    ("modules, sessions, attendance and months", training.build),
    ("confidence, a second mapping", mapping.build_after),
    ("hours: what waits now", hours.build_now),
    ("Place & Train in Kolding", place_and_train.build),
    ("Refu'In in four countries", refu_in.build),
    ("plans", plans.build),  # the last: what it asks for is left to the worker, who first compiles the planner for half a minute
)


def build(*, say: Callable[[str], object]) -> None:
    """Build it, in one transaction: all of it or nothing."""
    with transaction.atomic():
        world = World(rng=Random(1), at=at)  # noqa: S311  (a demonstration must be the same every time)
        for name, step in STEPS:
            started = time.monotonic()
            step(world)
            say(f"  {name} ({time.monotonic() - started:.1f} s)")
        clock.turn_to(STANDS_AT.replace(tzinfo=ZONE))


@contextmanager
def at(day: date, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Let the clock stand at a local time, and run what was put off until later before it goes on."""
    with clock.at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)):
        yield
        later.run_waiting(limit=100_000)
