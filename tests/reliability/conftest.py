"""One server for all the parts, so that its start is paid once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reliability.harness import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The product's own server on a database of its own."""
    with Server() as one:
        yield one
