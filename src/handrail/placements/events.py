"""What happens to companies, placements and afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class CompanyAdded(Event):
    """A company wants to take people in."""

    company: UUID
    programme: UUID


@fact
class CompanyChanged(Event):
    """What is known of a company was written anew; the names of the fields."""

    company: UUID
    fields: tuple[str, ...]


@fact
class CompanyWithdrew(Event):
    """A company takes in nobody any more."""

    company: UUID
    withdrawn_on: date


@fact
class ContactAdded(Event):
    """A company named somebody to ring."""

    company: UUID
    contact: UUID


@fact
class ContactEnded(Event):
    """Somebody is no longer a company's contact."""

    company: UUID
    contact: UUID


@fact
class PositionOffered(Event):
    """A company offers something to do."""

    position: UUID
    company: UUID


@fact
class PositionClosed(Event):
    """Something to do is no longer offered."""

    position: UUID


@fact
class PlacementAgreed(Event):
    """A named person decided that somebody goes to a position; it is being prepared."""

    placement: UUID
    case: UUID
    position: UUID
    over_limit: bool


@fact
class PlacementSigned(Event):
    """One part agreed to a placement."""

    placement: UUID
    part: str


@fact
class PreparationSettled(Event):
    """An item of a company's preparation is done, or waived with a reason."""

    placement: UUID
    item: str
    waived: bool


@fact
class PlacementStarted(Event):
    """The first company day."""

    placement: UUID
    case: UUID
    starts_on: date


@fact
class PlacementExtended(Event):
    """A placement goes on longer."""

    placement: UUID
    until: date


@fact
class PlacementEnded(Event):
    """A placement ended: completed, stopped early or called off."""

    placement: UUID
    case: UUID
    state: str
    ended_on: date


@fact
class FollowUpHeld(Event):
    """A follow-up talk took place."""

    placement: UUID
    week: int


@fact
class WorkStatusNoted(Event):
    """It was noted what somebody does at one of the clocks' days, with or without evidence."""

    case: UUID
    clock: str
    does: str
    has_evidence: bool


@fact
class HistoriesBroughtIn(Event):
    """People with their histories came from a workbook, all or none."""

    programme: UUID
    people: int
    placements: int
