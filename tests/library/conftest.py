from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.library.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Partners in four countries and their researchers."""
    return make_world()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages of rules are read in the source language here; screens speak their reader's."""
    with translation.override("en"):
        yield
