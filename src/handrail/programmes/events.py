"""What happened to programmes and who takes part in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class ProgrammeStarted(Event):
    """A programme was entered."""

    programme: UUID
    owner: UUID


@dataclass(frozen=True)
class PartnerAdded(Event):
    """An organisation takes part in a programme."""

    programme: UUID
    organisation: UUID
    part: str


@dataclass(frozen=True)
class ContactPersonNamed(Event):
    """Messages from the public page to this partner now go to somebody else."""

    programme: UUID
    organisation: UUID
    person: UUID | None


@dataclass(frozen=True)
class FundingLineAdded(Event):
    """Money and the share that participation must bring were entered."""

    programme: UUID
    line: UUID


@dataclass(frozen=True)
class AreaAdded(Event):
    """A development area was named."""

    programme: UUID
    area: UUID


@dataclass(frozen=True)
class TargetGroupAdded(Event):
    """A target group was named."""

    programme: UUID
    target_group: UUID


@dataclass(frozen=True)
class PublicPageChanged(Event):
    """What visitors read about the programme was changed; `fields` names what."""

    programme: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class PersonEnrolled(Event):
    """A person takes part in a programme."""

    participation: UUID
    programme: UUID
    person: UUID
    organisation: UUID


@dataclass(frozen=True)
class PeopleEnrolled(Event):
    """Several people of one organisation take part in a programme."""

    programme: UUID
    organisation: UUID
    count: int


@dataclass(frozen=True)
class ParticipationEnded(Event):
    """A person no longer takes part."""

    participation: UUID
    programme: UUID
    person: UUID
    on: date


@dataclass(frozen=True)
class ContactMarked(Event):
    """Participants were marked as having direct or indirect contact with newcomers."""

    programme: UUID
    contact: str
    count: int


@dataclass(frozen=True)
class MessageReceived(Event):
    """A visitor wrote to a partner through the public page."""

    message: UUID
    programme: UUID
    organisation: UUID


@dataclass(frozen=True)
class MessageAnswered(Event):
    """Somebody noted that a visitor's message was answered."""

    message: UUID
    programme: UUID


@dataclass(frozen=True)
class MessagesForgotten(Event):
    """Visitors' messages were erased because their time had passed."""

    count: int
