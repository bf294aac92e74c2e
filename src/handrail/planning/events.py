"""What happens with plans, pins and organisational plans."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class PlanAsked(Event):
    """Somebody asked for a plan; it is computed in the background."""

    plan: UUID
    programme: UUID


@fact
class PlanProposed(Event):
    """A plan has been computed and can be looked at."""

    plan: UUID
    programme: UUID
    sessions: int
    seats: int


@fact
class PlanFailed(Event):
    """A plan could not be computed."""

    plan: UUID
    programme: UUID


@fact
class PlanAdopted(Event):
    """People took a plan up: its sessions are planned and its seats offered."""

    plan: UUID
    programme: UUID
    sessions: int
    seats: int


@fact
class Pinned(Event):
    """A person decided something that every plan must respect."""

    pin: UUID
    session: UUID
    person: UUID | None
    kind: str


@fact
class PinLifted(Event):
    """Such a decision no longer holds."""

    pin: UUID
    session: UUID


@fact
class OrganisationalPlanSaved(Event):
    """A municipality's organisational plan was written or renewed."""

    plan: UUID
    programme: UUID
    organisation: UUID
    version: int


@fact
class MeasureDone(Event):
    """A measure of an organisational plan was done."""

    plan: UUID
    measure: int
