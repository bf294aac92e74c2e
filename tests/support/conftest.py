from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.support.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Two companies, their people and who helps them."""
    return make_world()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages of rules are read in the source language here; screens speak their reader's."""
    with translation.override("en"):
        yield
