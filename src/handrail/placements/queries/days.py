"""The days of a placement with everybody's word on each, what contradicts, and what came twice: for whoever settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from handrail.cases.queries import names_of_cases, own_cases
from handrail.kit.models import SetAside
from handrail.people.models import Person
from handrail.placements.models import Day, Placement
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class Line:
    """What somebody said of a day."""

    uid: UUID
    who: Any
    name: str  # of the colleague who wrote it; empty where it came by link
    minutes: int
    is_sick: bool
    at: datetime
    is_current: bool
    is_disputed: bool
    is_earlier: bool  # the same side said something else later

    @property
    def hours(self) -> int:
        """The whole hours of the time."""
        return self.minutes // 60

    @property
    def rest(self) -> int:
        """The minutes beyond whole hours."""
        return self.minutes % 60


@dataclass(frozen=True)
class DayLines:
    """A day with everything that was said of it, the word that holds first."""

    day: date
    lines: list[Line]
    is_disputed: bool


@dataclass(frozen=True)
class Aside:
    """Something about a day that came under a used key with other content."""

    uid: UUID
    day: date
    minutes: int
    is_company: bool
    at: datetime

    @property
    def hours(self) -> int:
        """The whole hours of the time."""
        return self.minutes // 60

    @property
    def rest(self) -> int:
        """The minutes beyond whole hours."""
        return self.minutes % 60


def day_scopes(placement: Placement) -> list[str]:
    """Under which scopes days of a placement come by link: from the person's phone, and from the company."""
    return [f"own-day:{placement.uid}", f"company-day:{placement.uid}"]


def days_of(placement: Placement) -> list[DayLines]:
    """The days of a placement, the latest first, each with everybody's word. Sickness is read where the company or the caseworker wrote it."""
    found: dict[date, list[Day]] = {}
    for line in Day.objects.filter(placement=placement).select_related("by__identity").order_by("-day", "-is_current", "-id"):
        found.setdefault(line.day, []).append(line)
    return [DayLines(day, [_line(one, lines) for one in lines], any(one.is_disputed for one in lines)) for day, lines in found.items()]


def _line(one: Day, lines: list[Day]) -> Line:
    return Line(
        one.uid, one.get_said_by_display(), str(one.by.called) if one.by else "", one.minutes, one.absence == Day.Absence.SICK, one.at, one.is_current, one.is_disputed,
        any(other.said_by == one.said_by and other.pk > one.pk for other in lines),
    )  # fmt: skip


def line_of(placement: Placement, uid: str) -> Day | None:
    """One line about a day of a placement."""
    return next((line for line in Day.objects.filter(placement=placement) if str(line.uid) == uid), None)


def asides_of(placement: Placement) -> list[Aside]:
    """What came twice with different content and nobody has looked at."""
    rows = SetAside.objects.filter(scope__in=day_scopes(placement), settled_at=None).order_by("at", "id")
    return [_aside(row) for row in rows]


def aside_of(placement: Placement, uid: str) -> SetAside | None:
    """One of those."""
    return next((row for row in SetAside.objects.filter(scope__in=day_scopes(placement), settled_at=None) if str(row.uid) == uid), None)


def _aside(row: SetAside) -> Aside:
    said = row.payload
    return Aside(row.uid, date.fromisoformat(said["day"]), int(said["minutes"]), row.scope.startswith("company-day:"), row.at)


def disputed_days(person: Person) -> Any:
    """Days of one's own people of which two sides say different things."""
    return Day.objects.filter(is_disputed=True, placement__case__in=own_cases(person))


def days_to_settle(person: Person, programme: Programme) -> list[tuple[Placement, str, int]]:
    """The placements of one's own people with days to settle: what they are called, and how many days; at most twenty."""
    asides: dict[UUID, int] = {}
    for scope in SetAside.objects.filter(programme=programme.uid, settled_at=None).filter(
        Q(scope__startswith="own-day:") | Q(scope__startswith="company-day:")
    ).values_list("scope", flat=True):  # fmt: skip
        uid = UUID(scope.partition(":")[2])
        asides[uid] = asides.get(uid, 0) + 1
    disputed = Count("days__day", filter=Q(days__is_disputed=True), distinct=True)
    rows = list(
        Placement.objects.filter(case__in=own_cases(person).filter(programme=programme)).annotate(disputed=disputed)
        .filter(Q(disputed__gt=0) | Q(uid__in=list(asides))).select_related("case__person", "position__company").order_by("starts_on", "id")[:20]
    )  # fmt: skip
    names = names_of_cases(person, [one.case for one in rows])
    return [(one, names[one.case.person_id].text, one.disputed + asides.get(one.uid, 0)) for one in rows]
