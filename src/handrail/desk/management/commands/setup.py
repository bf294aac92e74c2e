"""Make an installation ready: tables, static files and, in local mode, the demonstration."""

from __future__ import annotations

import filecmp
import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from handrail.programmes.queries import is_empty


class Command(BaseCommand):
    help = "Make this installation ready to serve; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-demonstration", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.step("Database", lambda: (call_command("migrate", verbosity=0), call_command("createcachetable", verbosity=0)))
        if stale := stale_static_files():
            self.step("Static files", lambda: collect(stale))
        if settings.LOCAL_MODE and not options["without_demonstration"] and is_empty():
            self.stdout.write("Building the demonstration: five municipalities, their people and two years of history …")
            started = time.monotonic()
            call_command("demonstration", verbosity=options["verbosity"])
            self.stdout.write(f"The demonstration is built ({time.monotonic() - started:.0f} s).")

    def step(self, name: str, act: Any) -> None:
        """Do one thing and say how long it took."""
        started = time.monotonic()
        act()
        self.stdout.write(f"{name}: ready ({time.monotonic() - started:.1f} s)")


def stale_static_files() -> list[str]:
    """Static files that are not served as they stand in the programme: new, changed or lost; by content, since a copy may carry any time."""
    served = settings.STATIC_ROOT
    try:
        hashed = json.loads((served / "staticfiles.json").read_bytes())["paths"]
    except (OSError, ValueError, KeyError):
        hashed = {}
    ours: dict[str, Path] = {}
    for finder in get_finders():
        for path, storage in finder.list([]):
            ours.setdefault(path, Path(storage.path(path)))  # the first one found is the one that is served
    return sorted(
        path for path, source in ours.items()
        if path not in hashed or not (served / hashed[path]).is_file() or not _same(source, served / path)
    )  # fmt: skip


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def collect(stale: list[str]) -> None:
    """Put the static files where they are served from. The stale ones go first: collecting keeps what looks younger than its source."""
    for path in stale:
        (settings.STATIC_ROOT / path).unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
