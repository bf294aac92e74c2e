"""Work after the answer: a task joins the same transaction as the record that asked for it.

The queue is django-tasks-db in our own database, on SQLite and PostgreSQL alike; ours is only the sweep in `worker`.
Tasks are at-least-once and therefore idempotent; arguments are JSON (ids as text), never names.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django_tasks import task
from django_tasks.base import Task

from handrail.kit import clock
from handrail.kit.models import LongTask

__all__ = ["daily", "later", "long_task", "progress", "should_stop", "sweep", "task"]

_daily: dict[str, Callable[[], None]] = {}
_sweeps: dict[str, Callable[[], None]] = {}


def later(what: Task[Any, Any], *, after: timedelta | None = None, **arguments: Any) -> None:
    """Run a task in a worker, soon or after a while; asked for inside a transaction it exists only if that commits."""
    chosen = what.using(run_after=clock.real_now() + after) if after else what
    chosen.enqueue(**{name: str(value) if isinstance(value, UUID) else value for name, value in arguments.items()})


def daily(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name a function that one worker calls once on every day of the programme's clock."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _daily[name] = function
        return function

    return register


@task()
def do_daily(name: str) -> None:
    """Do what is due once a day, as work like any other: handed out again when its worker dies, tried again when it fails."""
    if name in _daily:  # one that a later version no longer knows is done with
        _daily[name]()


def daily_tasks() -> dict[str, Callable[[], None]]:
    """What runs once a day."""
    return dict(_daily)


def sweep(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name a function that every worker calls at each look at the queue: cheap, safe to call at the same instant in two of them.

    It catches up with what a task asked for `after` a while should have done, if that task was lost or the clock was turned.
    """

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _sweeps[name] = function
        return function

    return register


def sweeps() -> dict[str, Callable[[], None]]:
    """What is called at each look."""
    return dict(_sweeps)


def long_task(kind: str, *, subject: UUID | None, asked_by: UUID | None, total: int = 0) -> LongTask:
    """Note work that takes a while, so that the person sees how far it is and can stop it."""
    return LongTask.objects.create(
        kind=kind, subject=subject, asked_by=asked_by, total=total, created_at=clock.now()
    )


def progress(uid: UUID, *, done: int, total: int, **note: Any) -> None:
    """Say how far a long task is; `note` holds numbers that its screen shows."""
    LongTask.objects.filter(uid=uid).update(
        done=done, total=total, note=note, state=LongTask.State.RUNNING
    )


def finish(uid: UUID, state: str = LongTask.State.DONE, **note: Any) -> None:
    """Say that a long task has ended, and how."""
    changes: dict[str, Any] = {"state": state, "finished_at": clock.now()}
    if note:
        changes["note"] = note
    LongTask.objects.filter(uid=uid).update(**changes)


def should_stop(uid: UUID) -> bool:
    """True once a person has pressed stop."""
    return LongTask.objects.filter(uid=uid, stop_asked=True).exists()


def ask_stop(uid: UUID) -> None:
    """Ask a long task to stop at its next pause, keeping the best it has."""
    LongTask.objects.filter(uid=uid, finished_at=None).update(stop_asked=True)


def run_waiting(limit: int = 1000) -> int:
    """Run what waits in the queue here and now (tests, the demonstration's builder); answers how many ran.

    A failing task raises, so that nobody builds on a fault unseen.
    """
    from django_tasks_db.models import DBTaskResult

    ran = 0
    while rows := list(DBTaskResult.objects.ready()[: min(200, limit - ran)]):
        for done, row in enumerate(rows):
            ran += 1
            try:
                row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
            except Exception as fault:
                _note_run(rows[:done])
                row.claim("here")
                row.set_failed(fault)
                raise
        _note_run(rows)
    return ran


def _note_run(rows: list[Any]) -> None:
    """Note what ran here: as claiming and ending each would, in one step for all."""
    from django_tasks_db.models import DBTaskResult

    now = clock.real_now()
    DBTaskResult.objects.filter(pk__in=[row.pk for row in rows]).update(
        status="SUCCESSFUL", started_at=now, finished_at=now, worker_ids=["here"], return_value=None, exception_class_path="", traceback="",
    )  # fmt: skip


def queue_seconds() -> int:
    """How long the oldest waiting task has waited, in seconds; 0 when none waits."""
    from django_tasks_db.models import DBTaskResult

    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return int((clock.real_now() - oldest).total_seconds()) if oldest else 0


LEASE = timedelta(seconds=settings.WORKER_LEASE_SECONDS)
