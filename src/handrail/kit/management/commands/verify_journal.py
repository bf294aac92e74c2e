"""Check every seal of the journal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from handrail.kit.journal import broken_seals, seal_journal


class Command(BaseCommand):
    help = "Check the journal's seals; ends with an error when one does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        while seal_journal():
            pass
        if broken := broken_seals():
            raise CommandError(f"{len(broken)} entries do not fit their seal, the first is number {broken[0]}.")
        self.stdout.write("Every seal fits.")
