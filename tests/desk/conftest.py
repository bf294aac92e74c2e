"""The whole way, played."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handrail.evidence import actions as evidence
from tests.cast import make_cast
from tests.desk import world
from tests.remembered import remembered


@pytest.fixture
def played(db: None, run_later: Callable[[], int]) -> Any:
    """Mapped, trained, certified; March is handed in."""
    return remembered("played", lambda: play(run_later))


def play(run_later: Callable[[], int]) -> Any:
    """What `played` remembers."""
    cast = make_cast()
    world.map_it(cast, run_later)
    world.train(cast)
    cast.claim = evidence.submit_month(programme=cast.programme, month=world.hours.MARCH, by=cast.amal)
    return cast


@pytest.fixture
def client_of(client_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """As everywhere, reading English: what a test looks for is then the same with and without compiled catalogues."""

    def make(person: Any = None) -> Any:
        client = client_of(person)
        client.cookies["language"] = "en"
        return client

    return make
