"""The operator as the second pair of eyes, where there is one administrator only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.kit.errors import RuleBroken
from handrail.people import actions, queries


class Command(BaseCommand):
    help = "List the recoveries that an administrator has opened, or agree to one by the person's e-mail address (--agree) after making sure yourself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agree", metavar="EMAIL", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = {row.account.email: row for row in queries.open_recoveries()}
        if not options["agree"]:
            for email, row in rows.items():
                opener = row.opened_by.account.email if row.opened_by else ""
                self.stdout.write(f"{email}: opened by {opener}, {row.get_checked_display()}; {row.reason}; until {row.expires_at:%Y-%m-%d %H:%M} UTC")
            if not rows:
                self.stdout.write("No recovery is open.")
            return
        found = rows.get(options["agree"].strip().lower())
        if found is None:
            raise CommandError("No recovery is open for this address. An administrator opens it first, on the page Let people in again.")
        try:
            actions.confirm_recovery(recovery=found, by=None)
        except RuleBroken as broken:
            raise CommandError(str(broken.message)) from None
        self.stdout.write("Agreed. The person is signed out everywhere and has been sent a link to a new password.")
