"""What happens to cases."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class CaseOpened(Event):
    """A person began."""

    case: UUID
    programme: UUID
    person: UUID


@fact
class CaseReopened(Event):
    """A person came back."""

    case: UUID


@fact
class CaseEnded(Event):
    """A person's stay ended. Why stands in the case alone: the journal is never pruned."""

    case: UUID
    ended_on: date


@fact
class CaseGivenTo(Event):
    """A case has another caseworker."""

    case: UUID
    caseworker: UUID


@fact
class CaseChanged(Event):
    """What a person can, wants and speaks was written down anew; the names of the fields."""

    case: UUID
    fields: tuple[str, ...]


@fact
class NeedNoted(Event):
    """A need was written down; not in which field of life."""

    case: UUID
    need: UUID


@fact
class NeedSettled(Event):
    """A need was met, or is no longer one."""

    need: UUID
    state: str


@fact
class StepPlanned(Event):
    """A step towards a need got its day."""

    need: UUID
    step: UUID
    due_on: date


@fact
class StepDone(Event):
    """A step was taken."""

    step: UUID


@fact
class NoteSealed(Event):
    """A sensitive note was written; nothing of what it says, nor what it is about."""

    case: UUID
    note: UUID


@fact
class NoteOpened(Event):
    """A sensitive note was opened by somebody with a reason."""

    note: UUID
    opening: UUID
    is_emergency: bool


@fact
class GlassBroken(Event):
    """Somebody outside a case opened its sealed notes in an emergency."""

    case: UUID
    emergency: UUID


@fact
class StarNoted(Event):
    """Both sides said where they see a person on the way to work; not where."""

    case: UUID
    talk: UUID


@fact
class CaseReferred(Event):
    """An organisation was asked to help a person."""

    case: UUID
    referral: UUID
    receiver: UUID


@fact
class ReferralAnswered(Event):
    """The other organisation said yes or no."""

    referral: UUID
    is_accepted: bool


@fact
class ReferralEnded(Event):
    """What was asked for is done, or was taken back."""

    referral: UUID
    state: str


@fact
class ConflictNoted(Event):
    """Somebody must not see a case from now on; not why."""

    case: UUID
    person: UUID


@fact
class ConflictLifted(Event):
    """Somebody may see a case again as their role lets them."""

    case: UUID
    person: UUID


@fact
class CaseLookedAt(Event):
    """Somebody opened a person's page for the first time that day, with a task there or without."""

    case: UUID
    has_task: bool
