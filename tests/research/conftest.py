"""What every test of this app can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.research.made import Made, make
from tests.research.world import World, make_study


@pytest.fixture
def world(cast: Any) -> World:
    """A study with two partners and two groups."""
    return make_study(cast)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read in English: what a test looks for is then the same with and without compiled catalogues."""
    with translation.override("en"):
        yield


@pytest.fixture
def browser_of(client_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A browser that reads English."""

    def browser(person: Any = None) -> Any:
        client = client_of(person)
        client.cookies["language"] = "en"
        return client

    return browser


@pytest.fixture
def made(cast: Any) -> Made:
    """A study with two partners, researchers of both, and an interview of each."""
    return make(cast)
