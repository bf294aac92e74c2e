"""Two workers tell one after another of calls that nobody answers, and one of them is killed in the middle again and again: each step once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.reliability.conftest import ON_POSTGRES
from tests.reliability.server import Server

CALLS, KILLS, FEWEST, PATIENCE = 100, 8, 3, 180
TURNS = ["mentor", "backup", "coordinator"]


def findings(stored: dict[str, Any], calls: int) -> list[str]:
    """What is lost or doubled: a turn, the link that it sends, a mail."""
    wrong = [f"{uid}: {turns}" for uid, turns in stored["turns"].items() if turns != TURNS]
    wrong += [f"{uid}: {count} links" for uid, count in stored["links"].items() if count != len(TURNS)]
    wrong += [f"{to}: {count} mails" for to, count in stored["mails"].items() if count != calls]
    return wrong if len(stored["turns"]) == calls and len(stored["mails"]) == len(TURNS) else [*wrong, "calls or addresses are missing"]


@pytest.fixture(scope="module")
def calls() -> Iterator[Server]:
    """A database of its own with calls that wait."""
    with Server(on_postgres=ON_POSTGRES) as one:
        assert one.inside("calls", "build", count=CALLS) == CALLS
        yield one


def test_each_step_happens_once_though_workers_are_killed(calls: Server, figure: Callable[[str], None]) -> None:
    begun, kills = time.monotonic(), 0
    workers = [calls.work(), calls.work()]
    try:
        while (done := calls.inside("calls", "told")) < CALLS * len(TURNS):
            assert time.monotonic() - begun < PATIENCE, calls.log()[-3000:]
            if done > CALLS + kills and kills < KILLS:  # something was told since the last kill, and not everything
                calls.end(workers.pop(0))
                workers.append(calls.work())
                kills += 1
        assert kills >= FEWEST, "a worker that is killed when all is done proves nothing"
    finally:
        for one in workers:
            calls.end(one)
    assert findings(calls.inside("calls", "stored"), CALLS) == []
    figure(f"escalation: {CALLS} calls, one of two workers killed in the middle {kills} times; each turn, link and mail once, {time.monotonic() - begun:.0f} s")


def test_a_turn_without_its_mail_is_noticed(calls: Server) -> None:
    calls.inside("calls", "plant")
    assert len(findings(calls.inside("calls", "stored"), CALLS)) == 2
