"""These tests read sentences: in English, which stands in the source and needs no compiled catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def client_of(client_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A signed-in client of somebody who reads English."""

    def make(person: Any = None) -> Any:
        client = client_of(person)
        client.cookies["language"] = "en"
        return client

    return make
