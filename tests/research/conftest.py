"""What every test of this app can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.research.world import World, make_study


@pytest.fixture
def world(cast: Any) -> World:
    """A study with two partners and two groups."""
    return make_study(cast)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages are compared in English."""
    with translation.override("en"):
        yield
