"""The person keys: a copy in a file of its own, putting it back, wrapping them by another organisation key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.kit import clock
from handrail.kit.crypto import KEPT_FOR, DamagedKeys, OldKeys, backup_keys, restore_keys, rewrap_keys
from handrail.people.queries import erased_uids


class Command(BaseCommand):
    help = "Keep the keys of sealed notes: `keys backup FILE`, `keys restore FILE`, `keys rotate`. See docs/how-to/keys.md."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("backup", help="write the wrapped keys into a file of their own").add_argument("file")
        back = acts.add_parser("restore", help="put missing keys back")
        back.add_argument("file")
        back.add_argument("--old", action="store_true", help="also from a copy that should have been deleted")
        acts.add_parser("rotate", help="wrap all keys by the current organisation key")

    def handle(self, *args: Any, **options: Any) -> None:
        {"backup": self._backup, "restore": self._restore, "rotate": self._rotate}[options["act"]](**options)

    def _backup(self, *, file: str, **_more: Any) -> None:
        count = backup_keys(Path(file))
        until = clock.real_now() + KEPT_FOR
        self.stdout.write(
            f"{file}: {count} keys. Keep it apart from the data backups, and delete it by {until:%Y-%m-%d}: whoever has an older copy can read "
            "people who were erased since. The organisation's key is not in it."
        )

    def _restore(self, *, file: str, old: bool, **_more: Any) -> None:
        try:
            done = restore_keys(Path(file), erased=erased_uids(), is_old_fine=old)
        except DamagedKeys as damage:
            raise CommandError(str(damage)) from None
        except OldKeys:
            raise CommandError(f"{file} is older than {KEPT_FOR.days} days and should be gone. If there is no other: --old. Nothing was touched.") from None
        self.stdout.write(f"{done.count} keys are back, {done.there} were here, {done.gone} stay destroyed.")

    def _rotate(self, **_more: Any) -> None:
        done = rewrap_keys()
        self.stdout.write(f"{done.count} keys are wrapped by the current organisation key.")
        if done.unreadable:
            raise CommandError(f"{done.unreadable} keys could not be opened: add the key that wrapped them to HANDRAIL_ORGANISATION_KEYS_OLD, and run this again.")
        self.stdout.write("HANDRAIL_ORGANISATION_KEYS_OLD can be emptied.")
