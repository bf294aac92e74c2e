from __future__ import annotations

import pytest

from tests.placements.made import Kolding, make_kolding


@pytest.fixture
def kolding(db) -> Kolding:
    """Kolding in small."""
    return make_kolding()
