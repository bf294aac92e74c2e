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


@fact
class SourceBrought(Event):
    """Somebody's words came in, under a sign; nobody but the organisation's own researchers reads them yet."""

    study: UUID
    source: UUID


@fact
class AnswersBrought(Event):
    """Open answers of a survey became sources."""

    study: UUID
    question: str
    count: int


@fact
class RawTextRead(Event):
    """Somebody opened words as they were said."""

    source: UUID


@fact
class ReaderNamed(Event):
    """A second reader from elsewhere was named for a source."""

    source: UUID
    reader: UUID


@fact
class RedactionAsked(Event):
    """A redacted text waits for its second reader."""

    source: UUID
    text: UUID


@fact
class RedactionAgreed(Event):
    """A second reader found a text free of what names anybody; what was said before it is gone."""

    source: UUID
    text: UUID


@fact
class RedactionSentBack(Event):
    """A second reader still found something that names somebody."""

    source: UUID
    text: UUID


@fact
class RawTextsDropped(Event):
    """Texts as they were said were deleted because nobody finished the work on them in time."""

    count: int


@fact
class TranslationWritten(Event):
    """A text stands in another language beside itself."""

    source: UUID
    text: UUID
    language: str


@fact
class SourceWithdrawn(Event):
    """Somebody took their words back: texts and marks are gone."""

    study: UUID
    source: UUID
    marks: int


@fact
class CodebookChanged(Event):
    """A code was added, changed, moved, merged, retired or brought in; `what` names which."""

    study: UUID
    what: str
    code: UUID | None
    number: int


@fact
class PassageMarked(Event):
    """A reader marked a passage."""

    text: UUID
    code: UUID
    coding: UUID


@fact
class MarkRemoved(Event):
    """A reader took a mark back."""

    coding: UUID


@fact
class MarkNoted(Event):
    """A reader wrote a memo on a mark."""

    coding: UUID


@fact
class DoubleCodingBegan(Event):
    """Two readers mark the same text without seeing each other's marks."""

    task: UUID
    text: UUID


@fact
class DoubleCodingEnded(Event):
    """Both readers are done, or the task was called off."""

    task: UUID
    is_done: bool


@fact
class CoderDone(Event):
    """One of two readers is done."""

    task: UUID


@fact
class ProjectBrought(Event):
    """A project of another tool was brought in."""

    study: UUID
    sources: int
    codings: int


@fact
class ProjectTaken(Event):
    """Somebody took a study's agreed texts and marks away as a project."""

    study: UUID
    sources: int
