"""What is due once a day: each once however many workers there are, as work that is handed out again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from handrail.kit import clock, later
from handrail.kit.management.commands import worker
from handrail.kit.models import DemonstrationClock, Schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two things to do a day, and which of them were done."""
    found: list[str] = []
    monkeypatch.setattr(later, "_daily", {"water": lambda: found.append("water"), "weed": lambda: found.append("weed")})
    return found


def test_what_is_due_is_done_once_a_day_whichever_worker_looks(done: list[str]) -> None:
    worker.run_daily()
    worker.run_daily()
    assert done == [], "noting the day and asking for the work is quick; the work waits its turn"
    assert DBTaskResult.objects.count() == 2
    later.run_waiting()
    worker.run_daily()
    later.run_waiting()
    assert done == ["water", "weed"]
    with clock.at(clock.now() + timedelta(days=1)):
        worker.run_daily()
        later.run_waiting()
    assert done == ["water", "weed"] * 2


def test_what_failed_is_tried_again(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("no water")

    monkeypatch.setitem(later._daily, "water", broken)
    worker.run_daily()
    with pytest.raises(ValueError, match="no water"):
        later.run_waiting()
    DBTaskResult.objects.failed().update(finished_at=clock.real_now() - timedelta(hours=1))
    monkeypatch.setitem(later._daily, "water", lambda: done.append("water"))
    assert worker.hand_out_again() == 1
    later.run_waiting()
    assert sorted(done) == ["water", "weed"]


def test_work_of_an_earlier_version_is_done_with(done: list[str]) -> None:
    later.later(later.do_daily, name="something of yesterday")
    assert later.run_waiting() == 1


def test_the_day_is_noted_with_the_work_or_not_at_all(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the queue is away")

    monkeypatch.setattr(later, "later", broken)
    with pytest.raises(RuntimeError):
        worker.run_daily()
    assert not Schedule.objects.exclude(last_run_on=None).exists()


def test_a_worker_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    class Library:
        """Stands for the library's worker: it looks into the queue once and is then told to stop."""

        running, _run_tasks = True, 0

        def __init__(self, **_options: Any) -> None: ...

        def configure_signals(self) -> None: ...

        def run(self) -> None:
            self.running = False

    def away_once() -> None:
        looks.append("look")
        if len(looks) == 1:
            raise OperationalError("the database is away")

    monkeypatch.setattr(worker, "Hand", Library)
    monkeypatch.setattr(worker, "tidy", away_once)
    monkeypatch.setattr(worker, "beat", lambda name, stop: None)
    worker.Command().handle(interval=0.0)
    assert looks == ["look", "look"]


def test_a_task_asked_for_after_the_clock_was_turned_is_done_by_the_turned_clock(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "KEEP_SECONDS", 3600.0)
    monkeypatch.setitem(later._daily, "water", lambda: done.append(f"turned: {clock.is_turned()}"))
    assert not clock.is_turned(), "and the worker remembers that for a while"
    DemonstrationClock.objects.create(pk=1, offset=timedelta(days=900))  # by the site, another process
    later.later(later.do_daily, name="water")
    hand = worker.Hand(queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1, worker_id="w", excluded_queue_names=[])
    hand.run_task(DBTaskResult.objects.get())
    assert done == ["turned: True"]
