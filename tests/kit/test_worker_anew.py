"""A real worker that has grown goes on as a fresh process: no task lost, none done twice, signals heard."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handrail.kit.management.commands import worker
from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
ENQUEUE = "from handrail.kit import later\nfor number in range(%d): later.later(later.do_daily, name=f'of yesterday {number}')"


class Place:
    """An installation of its own with one worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_", "DATABASE_URL"))}
        self.env = {**kept, "HANDRAIL_VAR": str(folder), "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "handrail.config.settings"}

    def manage(self, *command: str) -> None:
        subprocess.run([sys.executable, "-m", "handrail", *command], cwd=ROOT, env=self.env, check=True, stdout=subprocess.DEVNULL)

    def enqueue(self, count: int) -> None:
        self.manage("shell", "--verbosity", "0", "--command", ENQUEUE % count)

    def start(self, megabytes: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "handrail", "worker", "--interval", "0.1", "--settle", "0"]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.env | {"HANDRAIL_WORKER_MEMORY": str(megabytes)}, stderr=log)

    def begun_anew(self) -> int:
        """How often the worker went on as a fresh process."""
        return (self.folder / "log").read_text().count("goes on as a fresh one")

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.folder / "handrail.sqlite3", timeout=20) as database:
            return database.execute(question).fetchall()

    def done(self) -> int:
        """How many tasks have ended."""
        return len(self.ask("select 1 from django_tasks_database_dbtaskresult where finished_at is not null"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with thirty tasks that wait."""
    folder = tmp_path_factory.mktemp("installation")
    made = Place(folder)
    migrated.take_file(folder / "handrail.sqlite3")
    made.manage("migrate", "--verbosity", "0", "--skip-checks")
    made.manage("createcachetable", "--verbosity", "0")
    made.enqueue(30)
    return folder


@pytest.fixture
def place(tables: Path, tmp_path: Path) -> Place:
    """A copy of it."""
    return Place(Path(shutil.copytree(tables, tmp_path / "var")))


@pytest.fixture
def started(place: Place) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    """Start a worker that is ended with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def start(megabytes: int) -> subprocess.Popen[bytes]:
        running.append(place.start(megabytes))
        return running[-1]

    yield start
    for one in running:
        one.kill()
        one.wait()


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something."""
    limit = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < limit, "it does not come about"
        time.sleep(0.1)


def test_a_worker_that_has_grown_goes_on_as_a_fresh_process(place: Place, started: Callable[[int], subprocess.Popen[bytes]]) -> None:
    process = started(1)  # any worker is larger than that once it has worked
    until(lambda: place.done() >= 30 and place.begun_anew() >= 1)
    begun = place.begun_anew()  # a slow machine may do the thirty in several goes
    place.enqueue(30)
    until(lambda: place.done() >= 60 and place.begun_anew() > begun)
    until(lambda: len(place.ask("select worker from kit_signoflife")) == 1)  # the one that went took its sign of life with it
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0, "the same process to whoever watches it"
    ran = place.ask("select status, worker_ids from django_tasks_database_dbtaskresult")
    assert {row[0] for row in ran} == {"SUCCESSFUL"}
    assert {str(row[1]).count(",") for row in ran} == {0}, "each was done by one worker, once"
    assert len({row[1] for row in ran}) >= 2, "and not all by the same"


def test_a_signal_that_comes_while_the_process_is_replaced_is_heard(place: Place, started: Callable[[int], subprocess.Popen[bytes]]) -> None:
    process = started(1)
    until(lambda: place.begun_anew() >= 1)
    process.send_signal(signal.SIGTERM)  # signals wait from before this line was written until the fresh worker listens
    assert process.wait(timeout=30) == 0
    assert place.ask("select count(*) from django_tasks_database_dbtaskresult where status = 'RUNNING'") == [(0,)]


def test_a_worker_within_its_limit_stays(place: Place, started: Callable[[int], subprocess.Popen[bytes]]) -> None:
    process = started(2000)
    until(lambda: place.done() >= 30)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert place.begun_anew() == 0


def test_where_there_is_no_proc_ps_is_asked() -> None:
    megabytes = worker._megabytes_by_ps()
    assert 10 < megabytes < 5000
    assert megabytes > worker.own_megabytes() > 0, "ps counts what is shared too"
