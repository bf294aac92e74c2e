"""One worker: runs what waits, once a day what is due, and hands out again what a dead worker left."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from handrail.kit import clock, ids, later
from handrail.kit.journal import seal_journal
from handrail.kit.models import Schedule, SignOfLife

logger = logging.getLogger("handrail.worker")
TRIES = 5


class Hand(Worker):
    """The library's worker, which looks at the clock before it begins: what was asked for after the clock was turned is done by the turned clock."""

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one task."""
        clock.forget()
        super().run_task(db_task_result)


class Command(BaseCommand):
    help = "Run background work until stopped."
    requires_system_checks: list[str] = []  # they load every screen, which a worker never shows; `setup` has run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks when nothing waits")
        parser.add_argument("--settle", type=float, default=30.0, help="seconds before a worker that has grown may go on as a fresh process")

    def handle(self, *args: Any, **options: Any) -> None:
        name, began = ids.secret()[:32], time.monotonic()
        stop = threading.Event()
        beating = threading.Thread(target=beat, args=(name, stop), daemon=True)
        beating.start()
        worker = Hand(
            queue_names=["*"], interval=options["interval"], batch=True, backend_name="default", startup_delay=False,
            max_tasks=50, worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        hold_signals(held=False)  # one that came while this process took over from the one before is heard now
        worked = False
        try:
            while worker.running:
                try:
                    tidy()
                    worker._run_tasks = 0
                    worker.run()
                    worked = worked or worker._run_tasks > 0
                except (OperationalError, InterfaceError):
                    logger.warning("the database does not answer; trying again")
                if worked and has_grown() and time.monotonic() > began + options["settle"]:
                    break
                time.sleep(options["interval"])
        finally:
            stop.set()
        if worker.running:
            begin_anew(name, beating)


def own_megabytes() -> float:
    """The memory that this process alone takes, in MB; 0 where the system does not say."""
    try:
        _size, resident, shared = Path("/proc/self/statm").read_text(encoding="ascii").split()[:3]
    except (OSError, ValueError):
        return _megabytes_by_ps()
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def _megabytes_by_ps() -> float:
    """The same where there is no /proc: as every POSIX system's `ps` says it, shared pages included; 0 where there is none."""
    try:
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True, text=True, timeout=5, check=True)
        return int(told.stdout) / 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0.0


def has_grown() -> bool:
    """Whether this process takes more memory than a worker may keep that has nothing in hand. What a big task took, Python does not give back."""
    return 0 < settings.WORKER_MEMORY < own_megabytes()


def hold_signals(*, held: bool) -> None:
    """Let signals wait, or hear them: what comes while one program becomes another is neither lost nor ends it half-way."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK if held else signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT})


def begin_anew(name: str, beating: threading.Thread) -> None:
    """Become a fresh worker in the same process (its number stays, whoever watches it sees nothing), with nothing in hand and nothing open."""
    hold_signals(held=True)
    beating.join(timeout=5)
    with suppress(OperationalError, InterfaceError):
        SignOfLife.objects.filter(worker=name).delete()
    connections.close_all()
    logger.info("a worker of %d MB goes on as a fresh one", own_megabytes())
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (the command that began this process)


def beat(name: str, stop: threading.Event) -> None:
    """Show that this worker lives, every few seconds, from a thread of its own."""
    while not stop.is_set():
        try:
            SignOfLife.objects.update_or_create(worker=name, defaults={"seen_at": clock.real_now()})
        except Exception:
            logger.warning("sign of life not written")
        finally:
            connection.close()
        stop.wait(later.LEASE.total_seconds() / 4)


def tidy() -> None:
    """What every look at the queue begins with."""
    close_old_connections()
    hand_out_again()
    run_daily()
    run_sweeps()
    seal_journal()


def hand_out_again() -> int:
    """Queue again what a silent worker left and, after a growing pause, what failed; answers how many."""
    now = clock.real_now()
    alive = set(SignOfLife.objects.filter(seen_at__gt=now - later.LEASE).values_list("worker", flat=True))
    count = 0
    with transaction.atomic():
        for row in DBTaskResult.objects.running().select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked):
            if row.worker_ids and row.worker_ids[-1] not in alive and row.started_at and row.started_at < now - later.LEASE:
                row.status, row.run_after = "READY", now
                row.save(update_fields=["status", "run_after"])
                count += 1
        for row in DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(days=1)):
            tries = len(row.worker_ids)
            if tries < TRIES and row.finished_at and row.finished_at < now - timedelta(seconds=15 * 3**tries):
                row.status, row.run_after = "READY", now
                row.save(update_fields=["status", "run_after"])
                count += 1
    return count


def run_sweeps() -> None:
    """Catch up with what is due by the clock; one that fails keeps no other from running, and is tried again at the next look."""
    for name, look in later.sweeps().items():
        try:
            look()
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:
            logger.warning("%s failed: %s", name, type(fault).__name__)


def run_daily() -> None:
    """Queue what is due today, each once however many workers there are: whoever notes the day asks for the work with it."""
    today = clock.today()
    for name in later.daily_tasks():
        row, _new = Schedule.objects.get_or_create(name=name)
        if row.last_run_on == today:
            continue
        with transaction.atomic():
            if Schedule.objects.filter(pk=row.pk).exclude(last_run_on=today).update(last_run_on=today):
                later.later(later.do_daily, name=name)
