"""What happens with plans, pins and organisational plans."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class PlanAsked(Event):
    """Somebody asked for a plan; it is computed in the background."""

    plan: UUID
    programme: UUID


@dataclass(frozen=True)
class PlanProposed(Event):
    """A plan has been computed and can be looked at."""

    plan: UUID
    programme: UUID
    sessions: int
    seats: int


@dataclass(frozen=True)
class PlanFailed(Event):
    """A plan could not be computed."""

    plan: UUID
    programme: UUID


@dataclass(frozen=True)
class PlanAdopted(Event):
    """People took a plan up: its sessions are planned and its seats offered."""

    plan: UUID
    programme: UUID
    sessions: int
    seats: int


@dataclass(frozen=True)
class Pinned(Event):
    """A person decided something that every plan must respect."""

    pin: UUID
    session: UUID
    person: UUID | None
    kind: str


@dataclass(frozen=True)
class PinLifted(Event):
    """Such a decision no longer holds."""

    pin: UUID
    session: UUID


@dataclass(frozen=True)
class OrganisationalPlanSaved(Event):
    """A municipality's organisational plan was written or renewed."""

    plan: UUID
    programme: UUID
    organisation: UUID
    version: int


@dataclass(frozen=True)
class MeasureDone(Event):
    """A measure of an organisational plan was done."""

    plan: UUID
    measure: int
