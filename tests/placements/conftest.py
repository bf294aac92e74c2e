from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.placements.made import Kolding, make_kolding


@pytest.fixture
def kolding(db) -> Kolding:
    """Kolding in small."""
    return make_kolding()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages of rules are read in the source language here; screens speak their reader's."""
    with translation.override("en"):
        yield
