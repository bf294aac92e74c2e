"""What happens with frameworks, role profiles, ratings and the map."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class FrameworkImported(Event):
    """A framework was brought in, or its texts brought up to date."""

    framework: UUID
    programme: UUID
    competences: int
    added: int
    retired: int


@fact
class FrameworkChanged(Event):
    """An area or a competence of a framework was written or changed."""

    framework: UUID
    subject: UUID
    fields: tuple[str, ...]


@fact
class ProfileAdded(Event):
    """A role profile was added."""

    profile: UUID
    framework: UUID


@fact
class ProfileChanged(Event):
    """A role profile was renamed, or other job titles lead to it."""

    profile: UUID
    framework: UUID
    fields: tuple[str, ...]


@fact
class TargetsSet(Event):
    """A role profile asks other levels, or weighs them otherwise."""

    profile: UUID
    framework: UUID
    competences: tuple[UUID, ...]


@fact
class ProfileAssigned(Event):
    """A person was given a role profile."""

    person: UUID
    profile: UUID


@fact
class ProfilesAssigned(Event):
    """Many people were given role profiles by their job titles."""

    framework: UUID
    organisation: UUID | None
    count: int


@fact
class QuestionsBound(Event):
    """The questions of a questionnaire's version were bound to competences."""

    version: UUID
    count: int


@fact
class PersonRated(Event):
    """Somebody gave a person a level in a competence; which level, nobody reads here."""

    rating: UUID
    person: UUID
    competence: UUID
    framework: UUID
    kind: str
    round: UUID | None


@fact
class AnswersRated(Event):
    """The answers of one submission became ratings."""

    submission: UUID
    person: UUID
    frameworks: tuple[UUID, ...]
    kind: str
    round: UUID
    count: int


@fact
class LevelsShared(Event):
    """A person lets a line manager see levels."""

    person: UUID
    manager: UUID


@fact
class SharingEnded(Event):
    """A line manager no longer sees a person's levels."""

    person: UUID
    manager: UUID


@fact
class SharingAsked(Event):
    """A line manager asked to see a person's levels."""

    request: UUID
    person: UUID
    manager: UUID


@fact
class SharingDeclined(Event):
    """A person does not want to share levels with a line manager."""

    request: UUID
    person: UUID
    manager: UUID


@fact
class MapDrawn(Event):
    """The map of a measurement was drawn."""

    release: UUID
    framework: UUID
    round: UUID | None
    answers: int


@fact
class NeedLinked(Event):
    """A competence answers a need that a study found, or (`linked` false) no longer."""

    competence: UUID
    finding: UUID
    linked: bool
