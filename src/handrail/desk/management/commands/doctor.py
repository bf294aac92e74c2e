"""What is weak or missing in this installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from handrail.desk.doctor import findings


class Command(BaseCommand):
    help = "Name what is weak; ends with 1 when something must be mended."

    def handle(self, *args: Any, **options: Any) -> None:
        worst = 0
        for finding in findings():
            self.stdout.write(f"{'MEND ' if finding.must else 'note '} {finding.text}")
            worst = max(worst, int(finding.must))
        if worst:
            raise SystemExit(1)
        self.stdout.write("Nothing that must be mended.")
