"""What happens to modules and their learning outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class ModuleAdded(Event):
    """A module was added to a programme."""

    module: UUID
    programme: UUID


@dataclass(frozen=True)
class ModuleChanged(Event):
    """Some of a module's facts were changed."""

    module: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ModuleRetired(Event):
    """A module is no longer offered; sessions held before stay."""

    module: UUID


@dataclass(frozen=True)
class OutcomeAdded(Event):
    """A module gained a learning outcome."""

    outcome: UUID
    module: UUID
    competence: UUID


@dataclass(frozen=True)
class OutcomeChanged(Event):
    """A learning outcome was reworded, or leads elsewhere."""

    outcome: UUID
    module: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeRemoved(Event):
    """A module lost a learning outcome."""

    outcome: UUID
    module: UUID
