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
class WorkbookHandedIn(Event):
    """A workbook of people with their histories waits to be brought in."""

    workbook: UUID
    programme: UUID
    rows: int


@fact
class HistoriesBroughtIn(Event):
    """People with their histories came from a workbook, all or none."""

    programme: UUID
    people: int
    placements: int


@fact
class DayRecorded(Event):
    """Minutes at a company on one day were said, or corrected."""

    placement: UUID
    line: UUID
    said_by: str


@fact
class CompanyLinkSent(Event):
    """A company's contact got a new link; earlier ones ended."""

    company: UUID
    contact: UUID


@fact
class WishesSaid(Event):
    """What a person wishes for and can do was written down together with them, for finding a place."""

    case: UUID


@fact
class PositionDescribed(Event):
    """What a place asks for and lets grow was written down."""

    position: UUID


@fact
class WayNoted(Event):
    """The minutes between two towns were written down."""

    programme: UUID


@fact
class MentorReachNoted(Event):
    """Where a mentor sets out from, and how far it may be, was written down."""

    mentor: UUID


@fact
class RoundAsked(Event):
    """A placement coordinator asked for proposals."""

    round: UUID
    programme: UUID


@fact
class RoundProposed(Event):
    """Proposals are there; nobody is placed by them."""

    round: UUID
    programme: UUID
    people: int
    placed: int


@fact
class RoundFailed(Event):
    """A matching did not work out, or was stopped."""

    round: UUID
    programme: UUID


@fact
class WayChosen(Event):
    """A named person chose which way of matching is used."""

    round: UUID
    way: str


@fact
class ProposalsOpened(Event):
    """Somebody opened what is proposed for a person, or for a place."""

    round: UUID
    case: UUID | None
    position: UUID | None


@fact
class ProposalRefused(Event):
    """One side said no to the other, or a person to a mentor; by whom it was said and noted stands with it."""

    refusal: UUID
    case: UUID
    side: str


@fact
class RefusalTakenBack(Event):
    """A no no longer holds."""

    refusal: UUID
    case: UUID


@fact
class ProposalChosen(Event):
    """A named person decided on a proposed place, which is now being prepared."""

    listed: UUID
    case: UUID
    placement: UUID


@fact
class OwnPageMade(Event):
    """A person got a link to their own days; an earlier one stopped working."""

    page: UUID
    case: UUID


@fact
class OwnPageEnded(Event):
    """The link to a person's own days works no longer."""

    page: UUID


@fact
class OpinionGiven(Event):
    """The participant or the company answered a follow-up's questions by link."""

    placement: UUID
    follow_up: UUID
    side: str


@fact
class SetAsideSettled(Event):
    """Something about a day that had come under a used key was looked at: taken as the day's word, or left."""

    placement: UUID
    aside: UUID
    taken: bool
