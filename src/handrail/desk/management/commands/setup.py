"""Make an installation ready: tables, static files and, in local mode, the demonstration."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from handrail.programmes.queries import is_empty


class Command(BaseCommand):
    help = "Make this installation ready to serve; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-demonstration", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.step("Database", lambda: (call_command("migrate", verbosity=0), call_command("createcachetable", verbosity=0)))
        if is_stale():
            self.step("Static files", lambda: call_command("collectstatic", interactive=False, verbosity=0))
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


def is_stale() -> bool:
    """Whether a static file is newer than what is served."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    return any(path.stat().st_mtime > made for path in Path(settings.PACKAGE).glob("*/static/**/*"))
