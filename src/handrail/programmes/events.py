"""What happened to programmes and who takes part in them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class ProgrammeStarted(Event):
    """A programme was entered."""

    programme: UUID
    owner: UUID


@fact
class PartnerAdded(Event):
    """An organisation takes part in a programme."""

    programme: UUID
    organisation: UUID
    part: str


@fact
class ContactPersonNamed(Event):
    """Messages from the public page to this partner now go to somebody else."""

    programme: UUID
    organisation: UUID
    person: UUID | None


@fact
class FundingLineAdded(Event):
    """Money and the share that participation must bring were entered."""

    programme: UUID
    line: UUID


@fact
class AreaAdded(Event):
    """A development area was named."""

    programme: UUID
    area: UUID


@fact
class TargetGroupAdded(Event):
    """A target group was named."""

    programme: UUID
    target_group: UUID


@fact
class PublicPageChanged(Event):
    """What visitors read about the programme was changed; `fields` names what."""

    programme: UUID
    fields: tuple[str, ...]


@fact
class PersonEnrolled(Event):
    """A person takes part in a programme."""

    participation: UUID
    programme: UUID
    person: UUID
    organisation: UUID


@fact
class PeopleEnrolled(Event):
    """Several people of one organisation take part in a programme."""

    programme: UUID
    organisation: UUID
    count: int


@fact
class ParticipationEnded(Event):
    """A person no longer takes part."""

    participation: UUID
    programme: UUID
    person: UUID
    on: date


@fact
class ContactMarked(Event):
    """Participants were marked as having direct or indirect contact with newcomers."""

    programme: UUID
    contact: str
    count: int


@fact
class MessageReceived(Event):
    """A visitor wrote to a partner through the public page."""

    message: UUID
    programme: UUID
    organisation: UUID


@fact
class MessageAnswered(Event):
    """Somebody noted that a visitor's message was answered."""

    message: UUID
    programme: UUID


@fact
class MessagesForgotten(Event):
    """Visitors' messages were erased because their time had passed."""

    count: int
