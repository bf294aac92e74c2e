"""What happens with questionnaires, rounds and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class QuestionnairePublished(Event):
    """A version of a questionnaire stands; `competences` are the codes that its questions name."""

    version: UUID
    questionnaire: UUID
    programme: UUID
    number: int
    competences: tuple[str, ...]


@dataclass(frozen=True)
class RoundOpened(Event):
    """A round was set up: which version, about whom, from when to when."""

    round: UUID
    programme: UUID
    version: UUID
    respondent: str
    phase: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class PeopleInvited(Event):
    """People were put on a round's list."""

    round: UUID
    programme: UUID
    count: int


@dataclass(frozen=True)
class InvitationsSent(Event):
    """Personal links were promised to people on the list, at an instant that marks them."""

    round: UUID
    programme: UUID
    at: datetime
    count: int


@dataclass(frozen=True)
class PeopleReminded(Event):
    """Those who had not answered were reminded, at an instant that marks them."""

    round: UUID
    programme: UUID
    at: datetime
    count: int


@dataclass(frozen=True)
class RoundClosed(Event):
    """A round ended; nothing more comes in."""

    round: UUID
    programme: UUID
    answered: int
    invited: int


@dataclass(frozen=True)
class AnswersSaved(Event):
    """A part of the answers was kept; the person is not done."""

    submission: UUID
    invitation: UUID
    round: UUID


@dataclass(frozen=True)
class AnswersReceived(Event):
    """Somebody sent a whole set of answers; an earlier set stays beside it."""

    submission: UUID
    invitation: UUID
    round: UUID
    programme: UUID
    version: UUID
    about: UUID
    respondent: str
    phase: str


@dataclass(frozen=True)
class SetAsideSettled(Event):
    """A person looked at answers that came under a used key, and said what becomes of them."""

    set_aside: UUID
    programme: UUID | None
