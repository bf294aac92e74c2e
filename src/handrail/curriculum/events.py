"""What happens to modules and their learning outcomes."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class ModuleAdded(Event):
    """A module was added to a programme."""

    module: UUID
    programme: UUID


@fact
class ModuleChanged(Event):
    """Some of a module's facts were changed."""

    module: UUID
    fields: tuple[str, ...]


@fact
class ModuleRetired(Event):
    """A module is no longer offered; sessions held before stay."""

    module: UUID


@fact
class OutcomeAdded(Event):
    """A module gained a learning outcome."""

    outcome: UUID
    module: UUID
    competence: UUID


@fact
class OutcomeChanged(Event):
    """A learning outcome was reworded, or leads elsewhere."""

    outcome: UUID
    module: UUID
    fields: tuple[str, ...]


@fact
class OutcomeRemoved(Event):
    """A module lost a learning outcome."""

    outcome: UUID
    module: UUID
