"""What somebody's home shows, gathered from every app's slots."""

from __future__ import annotations

from typing import Any

from handrail.kit import clock, slots
from handrail.kit.text import _, local
from handrail.people.models import Person
from handrail.programmes.models import Programme


def greeting() -> Any:
    """The greeting of the hour on the programme's clock."""
    hour = local(clock.now()).hour
    if hour < 10:
        return _("Good morning")
    return _("Good day") if hour < 17 else _("Good evening")


def panels_for(person: Person, programme: Programme | None) -> dict[str, list[slots.Panel]]:
    """The panels of a home by column, in order."""
    found = sorted(slots.gathered("home.panels", person, programme), key=lambda panel: panel.order)
    return {column: [panel for panel in found if panel.column == column] for column in ("main", "side")}
