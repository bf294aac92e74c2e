"""One server, one world and one storm for all the tests, and the figures at the end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.reliability.kinds import Answers, Kind, Lists, Months, Responses
from tests.reliability.server import Server
from tests.reliability.storm import Storm, storm

ON_POSTGRES = os.environ.get("HANDRAIL_TEST_DATABASE") == "postgres"
# security.md R1, on SQLite: twenty kills of the server; R2, on PostgreSQL: ten of the server, ten of the database, five of both.
# One start is a whole one. A thousand acknowledgements of all kinds together.
ROW = "R2" if ON_POSTGRES else "R1"
FAULTS = ["server"] * 9 + ["cold"] + ["database"] * 10 + ["both"] * 5 if ON_POSTGRES else ["server"] * 19 + ["cold"]
ACKS = int(os.environ.get("RELIABILITY_ACKS", "250"))  # of each of the four kinds: a thousand together; more for a longer storm
KINDS = ("answers", "lists", "months", "responses")
_figures: list[str] = []
_begun = time.monotonic()


@pytest.fixture(scope="session")
def figure() -> Callable[[str], None]:
    """Say a figure, which is shown at the end."""
    return _figures.append


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The product's own server on a database of its own."""
    with Server(on_postgres=ON_POSTGRES) as one:
        yield one


@pytest.fixture(scope="session")
def kinds(server: Server) -> dict[str, Kind]:
    """The kinds of things to send, each with its part of the world."""
    world: dict[str, Any] = server.inside("world", "build", people=40, sessions=1300, months=1400)
    return {"answers": Answers(world["answers"]), "lists": Lists(world["lists"]), "months": Months(world["months"]), "responses": Responses(world["responses"])}


@pytest.fixture(scope="session")
def stormed(server: Server, kinds: dict[str, Kind]) -> Storm:
    """Kills among sixteen writers, then a server that stands."""
    faults = [FAULTS[index * 7 % len(FAULTS)] for index in range(len(FAULTS))]  # mixed: 7 shares no factor with 20 or 25
    return storm(server, {name: kind.make for name, kind in kinds.items()}, faults, acks=ACKS)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, kinds: dict[str, Kind], stormed: Storm) -> Kind:
    """Each kind in turn, after the storm."""
    return kinds[request.param]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures, whatever the outcome."""
    terminalreporter.section(f"figures, {'PostgreSQL' if ON_POSTGRES else 'SQLite'}, {time.monotonic() - _begun:.0f} s")
    for line in _figures:
        terminalreporter.write_line(line)
