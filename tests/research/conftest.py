"""What every test of this app can ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.research.world import World, make_study


@pytest.fixture
def world(cast: Any) -> World:
    """A study with two partners and two groups."""
    return make_study(cast)
