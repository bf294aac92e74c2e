"""Build the demonstration programme by calling the actions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.desk.demonstration import build
from handrail.programmes.queries import is_empty


class Command(BaseCommand):
    help = "Build the demonstration in an empty installation (local mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("The demonstration is for local mode: its people sign in without a password.")
        if not is_empty():
            raise CommandError("This installation holds a programme already.")
        build(say=self.stdout.write)
