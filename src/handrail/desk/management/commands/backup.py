"""Everything that is kept, into one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from handrail.desk.backups import make_backup
from handrail.kit import clock


class Command(BaseCommand):
    help = "Write database and uploads into one file with a digest of each part."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"] or f"handrail-{clock.real_now():%Y%m%d-%H%M%S}.tar.gz")
        self.stdout.write(f"{path}: {make_backup(path)} bytes. Keep it where this machine's thieves don't find it.")
