"""What every test can ask for. `HANDRAIL_TEST_DATABASE` chooses sqlite (default) or postgres; `./run test` runs both."""

from __future__ import annotations

import atexit
import gc
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import migrated
from tests.postgres import Cluster

_exit = ExitStack()
atexit.register(_exit.close)
ONLY_DATABASE = os.environ.get("HANDRAIL_TESTS") == "database"  # set by `./run test`, whose other run asks everything else once
for _name in [name for name in os.environ if name.startswith(("HANDRAIL_", "MAIL_")) and name != "HANDRAIL_TEST_DATABASE"]:
    del os.environ[_name]
os.environ["HANDRAIL_VAR"] = _exit.enter_context(tempfile.TemporaryDirectory(prefix="handrail-test-"))
os.environ.pop("DATABASE_URL", None)
TABLES = Path(os.environ["HANDRAIL_VAR"]) / "test.sqlite3"  # as tests/settings.py names it
CLUSTER = Cluster() if os.environ.get("HANDRAIL_TEST_DATABASE") == "postgres" else None
if CLUSTER is not None:
    _exit.callback(CLUSTER.close)
    os.environ["DATABASE_URL"] = CLUSTER.url
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402  (settings read the environment made above)

from handrail.config.styles import join_styles  # noqa: E402
from handrail.config.words import compile_words  # noqa: E402

compile_words()
join_styles()
django.setup()
# What is loaded stays, and a run makes millions of small objects that go by themselves: looking for rubbish among them took a fifth of the time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Rules and the house know no database: they are tested once, what touches the database on both."""
    if not ONLY_DATABASE:
        return
    chosen, left = [], []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        (chosen if names & DATABASE_FIXTURES or item.get_closest_marker("django_db") else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = chosen


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made: the tables are taken from an earlier run; what is there already is not migrated."""
    if CLUSTER is not None:
        migrated.take_database(CLUSTER)
    else:
        migrated.take_file(TABLES)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Once it is made: kept for the next run."""
    if CLUSTER is not None:
        migrated.keep_database(CLUSTER)
    else:
        migrated.keep_file(TABLES)


LOCAL = {"127.0.0.1", "::1", "localhost"}
NOW = datetime(2018, 4, 18, 8, 0, tzinfo=UTC)  # Wednesday morning: the day the demonstration stands at


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Sockets are closed but for loopback and local ones."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise RuntimeError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Time stands on 18 April 2018, 10.00 in Osby, unless a test says otherwise."""
    from handrail.kit import clock

    if "journeys" in str(request.node.path) or "reliability" in str(request.node.path):
        yield
        return
    clock.forget()
    clock.KEEP_SECONDS = 3600.0  # the turned clock is read once a test, so that counts of queries do not depend on seconds
    with clock.at(NOW):
        yield


@pytest.fixture
def cast(db: None) -> Any:
    """The people that tests are played with; see tests/cast.py."""
    from tests.cast import make_cast
    from tests.remembered import remembered

    return remembered("cast", make_cast)


@pytest.fixture
def client_of(db: None) -> Callable[[Any], Any]:
    """A signed-in browser-like client of a person (None: a visitor)."""
    from django.test import Client

    from tests.cast import account_of

    def make(person: Any = None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(account_of(person))
        return client

    return make


@pytest.fixture
def run_later(db: None) -> Callable[[], int]:
    """Run what waits in the queue."""
    from handrail.kit import later

    return later.run_waiting


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    """How many queries something issues."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as caught:
            act()
        return len(caught)

    return count
