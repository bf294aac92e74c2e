"""What happens in studies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class StudyOpened(Event):
    """A study began: in which programme, who holds it together, from when to when."""

    study: UUID
    programme: UUID
    coordinator: UUID
    starts_on: date
    ends_on: date


@fact
class StudyChanged(Event):
    """Something of a study's frame was added or changed: partner, group, round, quota, survey, consent; `what` names which kind."""

    study: UUID
    what: str
    subject: UUID


@fact
class CollectingBegan(Event):
    """A partner collects a group's answers in a round."""

    study: UUID
    gathering: UUID
    collection: UUID


@fact
class GuideWritten(Event):
    """An interview guide has a new version."""

    guide: UUID
    study: UUID
    number: int


@fact
class FindingWritten(Event):
    """A finding was written or reworded."""

    finding: UUID
    study: UUID
    kind: str


@fact
class FindingGrounded(Event):
    """A finding stands on one more quote or count, or on one less; `what` says which."""

    finding: UUID
    what: str


@fact
class FindingsRanked(Event):
    """A study's findings were put into order."""

    study: UUID
    count: int


@fact
class FindingShown(Event):
    """Everybody in the house may read a finding from now on, or (`shown` false) no longer."""

    finding: UUID
    shown: bool
