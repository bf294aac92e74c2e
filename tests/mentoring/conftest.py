"""The town, made once and remembered; everybody reads English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.mentoring.world import Town, make_town
from tests.remembered import remembered


@pytest.fixture
def town(db: None) -> Town:
    """See tests/mentoring/world.py."""
    return remembered("mentoring-town", make_town)


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    """A store of keys for each test: a key that was destroyed stays destroyed."""
    settings.PERSON_KEYS = str(tmp_path)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield
