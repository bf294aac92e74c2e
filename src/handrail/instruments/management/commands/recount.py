"""Count all responses anew and say whether what was kept beside them had been right."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.instruments.actions import add_up, recount
from handrail.instruments.models import Collection


class Command(BaseCommand):
    """`recount` for every collection, `recount --collection UID` for one."""

    help = "Count responses anew: tallies, columns and figures of every collection, or of one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", default="", help="the uid of one collection")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Collection.objects.select_related("version__questionnaire").order_by("pk")
        if options["collection"]:
            rows = rows.filter(uid=options["collection"])
        wrong = [str(one.uid) for one in rows if not recount(collection=one)]
        add_up()
        for uid in wrong:
            self.stderr.write(f"was wrong and is put right: {uid}")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(rows)} collections were counted wrongly.")
        self.stdout.write(f"{len(rows)} collections counted, all sums were right")
