"""Put a backup back into an empty installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.desk.backups import DamagedBackup, restore_backup


class Command(BaseCommand):
    help = "Check a backup's digests, then put it back. Refuses a damaged file before anything is touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--replace", action="store_true", help="replace what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = restore_backup(Path(options["file"]), replace=options["replace"])
        except DamagedBackup as damage:
            raise CommandError(str(damage)) from None
        self.stdout.write(f"{count} parts are back. Start Handrail with ./run.")
