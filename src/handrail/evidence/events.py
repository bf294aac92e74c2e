"""What happens to months, the ledger and the funder's checks: facts of uids, dates and counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class FunderRuleAdded(Event):
    """A rule of how hours are counted was added, with its source."""

    rule: UUID
    programme: UUID
    valid_from: date


@fact
class UnitCostAdded(Event):
    """What an hour is worth was added for a period, with its source."""

    unit_cost: UUID
    programme: UUID
    valid_from: date
    valid_to: date


@fact
class MonthOpened(Event):
    """A month was listed for signing; `tell` asks for a mail to each participant."""

    programme: UUID
    month: date
    certificates: int
    tell: bool = False


@fact
class MonthChanged(Event):
    """One person's month was listed anew because attendance changed; signatures of the replaced version are void."""

    certificate: UUID | None
    replaced: UUID | None
    programme: UUID
    month: date


@fact
class MonthsConfirmed(Event):
    """A participant confirmed own months."""

    certificates: tuple[UUID, ...]


@fact
class MonthsCountersigned(Event):
    """A manager countersigned months; their hours stand in the ledger."""

    certificates: tuple[UUID, ...]
    hours: int


@fact
class MonthObjected(Event):
    """A participant said that something in a month is wrong; the words stay with the month."""

    objection: UUID
    certificate: UUID


@fact
class ObjectionSettled(Event):
    """Somebody answered what a participant said was wrong."""

    objection: UUID
    certificate: UUID


@fact
class MonthSubmitted(Event):
    """A month was handed in to the funder and is frozen."""

    claim: UUID
    programme: UUID
    month: date
    hours: int
    digest: str


@fact
class RemindersSent(Event):
    """People who have not confirmed a month were reminded."""

    programme: UUID
    organisation: UUID
    month: date
    people: int


@fact
class SampleDrawn(Event):
    """The auditor drew a sample of participants of a month."""

    sample: UUID
    programme: UUID
    month: date
    size: int


@fact
class SampleNamesOpened(Event):
    """Names of a drawn sample were opened; the reason stands with the sample."""

    sample: UUID
    participations: tuple[UUID, ...]


@fact
class SheetTaken(Event):
    """A monthly sheet or summary was downloaded; `names` says whether it carried names."""

    programme: UUID
    kind: str
    month: date | None
    organisation: UUID | None
    names: bool
