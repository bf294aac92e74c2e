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
