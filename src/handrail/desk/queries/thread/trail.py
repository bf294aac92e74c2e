"""One way through the records, and what its reader may see on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handrail.competences.models import Competence, Framework, Rating
from handrail.competences.queries import Sight as MapSight
from handrail.competences.queries import sharings_visible_to, sight_of
from handrail.curriculum.models import LearningOutcome
from handrail.delivery.models import Attendance, Session
from handrail.evidence.models import Certificate, CertificateLine, Claim, LedgerLine
from handrail.instruments.models import Submission
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Participation, Programme


class Level(IntEnum):
    """Where on the thread one stands, from the figure down to the answer."""

    FIGURE, PLACE, HOURS, MINUTES, SESSION, OUTCOME, COMPETENCE, GAP, ANSWER = range(9)


class NotThereError(Exception):
    """Something that does not exist or may not be followed: for the reader the same."""


@dataclass(frozen=True)
class Sight:
    """What a reader may see in a programme by role; whom one may name is asked record by record."""

    viewer: Person
    programme: Programme

    @cached_property
    def is_owner(self) -> bool:
        """The project owner sees totals and municipalities, never single people."""
        return authority_of(self.viewer).has(Role.COORDINATOR, programme=self.programme.uid)

    @cached_property
    def is_auditor(self) -> bool:
        """The auditor sees numbers, hours and signatures, never ratings."""
        return authority_of(self.viewer).has(Role.AUDITOR, programme=self.programme.uid)

    @cached_property
    def led(self) -> frozenset[int]:
        """The municipalities that the reader leads: there names may stand."""
        return authority_of(self.viewer).organisation_ids(Role.PROCESS_LEADER, self.programme.uid)

    @property
    def sees_totals(self) -> bool:
        """Whether the programme's totals may be opened."""
        return self.is_owner or self.is_auditor or bool(self.led)

    @property
    def sees_places(self) -> bool:
        """Whether each municipality's total may be opened."""
        return self.is_owner or self.is_auditor

    @cached_property
    def map(self) -> MapSight:
        """What of the map the reader sees; an auditor nothing, whatever other role is held."""
        return MapSight() if self.is_auditor else sight_of(self.viewer, self.programme)

    @cached_property
    def shared(self) -> frozenset[int]:
        """The people who share their levels with the reader today."""
        return frozenset(sharings_visible_to(self.viewer).values_list("person_id", flat=True))

    def sees_answers_of(self, person_id: int | None) -> bool:
        """Answers: the person, and the line manager with whom they are shared; an auditor only the own."""
        if person_id is None or person_id == self.viewer.pk:
            return person_id is not None
        return not self.is_auditor and person_id in self.shared


@dataclass
class Trail:
    """The records followed, one a level, and how the reader may walk on."""

    kind: str
    start: Level
    sight: Sight
    via: list[UUID] = field(default_factory=list)
    wants_place: bool = False  # the address names the municipality
    claim: Claim | None = None
    organisation: Organisation | None = None
    participation: Participation | None = None
    places: list[tuple[Organisation, Any]] = field(default_factory=list)  # each municipality with its amount, the largest first
    line: LedgerLine | None = None
    lines_count: int = 0
    next_line: UUID | None = None
    certificate: Certificate | None = None
    covered: list[CertificateLine] = field(default_factory=list)
    attendance: Attendance | None = None
    session: Session | None = None
    outcome: LearningOutcome | None = None
    outcomes: list[LearningOutcome] = field(default_factory=list)
    competence: Competence | None = None
    framework: Framework | None = None
    rating: Rating | None = None
    ratings: list[Rating] = field(default_factory=list)
    submission: Submission | None = None
    person_id: int | None = None  # whose record is followed; only where the reader may open it
    is_closed: bool = False  # a person's record is followed whose name, hours and minutes this reader does not see
    busiest: int | None = None  # then the session that most of the records come from
    picked: list[tuple[Level, UUID]] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        """The programme it runs through."""
        return self.sight.programme

    def pick(self, level: Level, rows: Sequence[Any]) -> Any:
        """The record that the address asks for among these, else the first; None where there is none."""
        chosen = next((one for one in rows if one.uid in self.via), rows[0] if rows else None)
        if (chosen is not None and len(rows) > 1) or (chosen is not None and chosen.uid in self.via):
            self.keep(level, chosen.uid)
        return chosen

    def pick_row(self, level: Level, rows: QuerySet[Any]) -> Any:
        """As `pick`, for many rows: asks the database for the one wanted, else the first."""
        chosen = (rows.filter(uid__in=self.via).first() if self.via else None) or rows.first()
        if chosen is not None:
            self.keep(level, chosen.uid)
        return chosen

    def keep(self, level: Level, uid: UUID) -> None:
        """Remember a choice, so that links to other choices keep those above."""
        self.picked.append((level, uid))

    def refuse_unknown(self) -> None:
        """An address that asks for a record which is not on the way is not there."""
        if set(self.via) - {uid for _level, uid in self.picked}:
            raise NotThereError

    def by_way_of(self, level: Level, uid: UUID) -> str:
        """The query of this thread with another record at a level, those above kept."""
        ways = [("organisation", self.organisation.uid)] if self.wants_place and self.organisation else []
        ways += [("via", kept) for at, kept in self.picked if at < level]
        return "?" + "&".join(f"{name}={value}" for name, value in [*ways, ("via", uid)])
