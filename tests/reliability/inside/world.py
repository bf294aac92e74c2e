"""The one world that all kinds are sent to: 18 April 2018 in the programme's municipalities."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2018, 4, 18, 8, 0, tzinfo=UTC)


def set_up() -> None:
    """What `./run manage setup` does, with the tables made from the models in one go: that takes two seconds, not twelve.

    They are the tables that the migrations make, else `makemigrations --check` (in `./run test`) would find a difference.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {one.label: None for one in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("setup", without_demonstration=True, verbosity=0)


def build(people: int, sessions: int, months: int) -> dict[str, Any]:
    """People with links to answer, sessions to mark, months to countersign: what the writers need, by kind."""
    from handrail.kit import clock
    from tests.cast import make_cast
    from tests.reliability.inside import answers, lists, responses
    from tests.reliability.inside import months as of_months

    clock.turn_to(NOW)  # for the server too
    cast = make_cast()
    return {
        "answers": answers.build(cast, people), "lists": lists.build(cast, sessions), "months": of_months.build(cast, months),
        "responses": responses.build(cast),
    }  # fmt: skip
