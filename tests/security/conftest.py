"""The world is made once for all these tests, inside a transaction that is rolled back when they are done."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from handrail.kit import clock
from tests.conftest import NOW
from tests.security.doors import Visitors, stored
from tests.security.world import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One of everything in Osby and in Hörby."""
    with django_db_blocker.unblock(), transaction.atomic():
        clock.forget()
        clock.KEEP_SECONDS = 3600.0
        with clock.at(NOW):
            yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def visitors(world: World) -> Iterator[Visitors]:
    """Everybody at a browser."""
    templates = deepcopy(settings.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors[processors.index("handrail.desk.shell.shell")] = "tests.security.doors.frame"
    logging.getLogger("django.request").setLevel(logging.ERROR)  # thousands of refusals are what is wanted here
    gc.freeze()  # the world stays: looking through it again and again would take a tenth of the time
    # Sessions in memory: reading one from the database is a fifth of what a refused request costs.
    with override_settings(TEMPLATES=templates, SESSION_ENGINE="django.contrib.sessions.backends.cache"):
        yield Visitors(world)
    gc.unfreeze()
    logging.getLogger("django.request").setLevel(logging.NOTSET)


@pytest.fixture(scope="package")
def stored_at_first(visitors: Visitors) -> str:
    """What stands in the database before anybody asks for anything."""
    return stored()
