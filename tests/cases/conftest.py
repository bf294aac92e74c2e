"""The world of cases, and a key store of its own for every test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.people.models import Person
from tests.cases.world import World, the_world


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Path:
    """No key is left over from another test."""
    settings.PERSON_KEYS = str(tmp_path / "person-keys")
    return tmp_path / "person-keys"


@pytest.fixture
def world(db: None, keys: Path) -> World:
    """Who plays."""
    return the_world()


@pytest.fixture
def as_(world: World, client_of: Callable[[Any], Any]) -> Callable[[Person], Any]:
    """A signed-in browser of somebody, their roles read anew."""
    return lambda person: client_of(Person.objects.get(pk=person.pk))
