"""What happens with questionnaires, rounds and answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class QuestionnairePublished(Event):
    """A version of a questionnaire stands; `competences` are the codes that its questions name."""

    version: UUID
    questionnaire: UUID
    programme: UUID
    number: int
    competences: tuple[str, ...]


@fact
class RoundOpened(Event):
    """A round was set up: which version, about whom, from when to when."""

    round: UUID
    programme: UUID
    version: UUID
    respondent: str
    phase: str
    opens_on: date
    closes_on: date


@fact
class PeopleInvited(Event):
    """People were put on a round's list."""

    round: UUID
    programme: UUID
    count: int


@fact
class InvitationsSent(Event):
    """Personal links were promised to people on the list, at an instant that marks them."""

    round: UUID
    programme: UUID
    at: datetime
    count: int


@fact
class PeopleReminded(Event):
    """Those who had not answered were reminded, at an instant that marks them."""

    round: UUID
    programme: UUID
    at: datetime
    count: int


@fact
class RoundClosed(Event):
    """A round ended; nothing more comes in."""

    round: UUID
    programme: UUID
    answered: int
    invited: int


@fact
class AnswersSaved(Event):
    """A part of the answers was kept; the person is not done."""

    submission: UUID
    invitation: UUID
    round: UUID


@fact
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


@fact
class SetAsideSettled(Event):
    """A person looked at answers that came under a used key, and said what becomes of them."""

    set_aside: UUID
    programme: UUID | None


@fact
class CollectionOpened(Event):
    """A questionnaire was put before people without an account."""

    collection: UUID
    programme: UUID
    version: UUID
    organisation: UUID
    opens_on: date
    closes_on: date


@fact
class CollectionRenewed(Event):
    """A collection goes on with another version of its questionnaire."""

    collection: UUID
    version: UUID


@fact
class CollectionClosed(Event):
    """A collection ended; nothing more comes in."""

    collection: UUID
    programme: UUID


@fact
class ResponseReceived(Event):
    """A set of answers came into a collection. Which one is not said: the journal keeps the instant, and an anonymous answer has none."""

    collection: UUID
    programme: UUID


@fact
class TicketsMade(Event):
    """Links of one's own into a closed collection were made; their secrets were shown once."""

    collection: UUID
    programme: UUID
    count: int


@fact
class DeviceLetIn(Event):
    """A phone or tablet was let in to some collections until a day."""

    device: UUID
    programme: UUID
    collections: tuple[UUID, ...]
    until: date


@fact
class DeviceEnded(Event):
    """A phone or tablet no longer fetches forms nor brings answers."""

    device: UUID
    programme: UUID


@fact
class ResponsesTaken(Event):
    """The answers of collections left as a file; what for is one of a few words."""

    collections: tuple[UUID, ...]
    programme: UUID
    kind: str
    purpose: str
    count: int


@fact
class ScaleTakenUp(Event):
    """A questionnaire uses a published instrument from now on, by its code."""

    questionnaire: UUID
    programme: UUID
    scale: str
