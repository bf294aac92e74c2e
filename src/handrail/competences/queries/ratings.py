"""Levels of persons: for the person, for the manager while it is agreed, and as plain numbers for the planner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from handrail.competences.models import Competence, Framework, LevelSharing, ProfileTarget, Rating, RoleProfile, SharingRequest
from handrail.competences.queries.frameworks import (
    competences_of,
    framework_of,
    level_name,
    profile_ids_of,
    profile_of,
    targets_of,
)
from handrail.competences.rules import gap_of
from handrail.instruments.models import Round
from handrail.people.models import Person
from handrail.people.queries import managed_person_ids, managers_of
from handrail.programmes.models import Participation, Programme

GapRow = tuple[int, int, "int | None", int, Decimal, int]  # person, competence, level now, target, weight, gap


def gaps_of(framework: Framework, person_ids: Iterable[int] | None = None) -> list[GapRow]:
    """(person_id, competence_id, level_now or None, target, weight, gap) for all or some of a programme's participants.

    One row for every competence that the person's role profile asks. The level now is the latest own rating, the manager's where
    there is no own; where nobody has rated the gap is 0: a need is never invented. Levels and gaps are whole numbers from 0 to 4.
    """
    taking_part = Participation.objects.filter(programme_id=framework.programme_id, left_on=None)
    wanted = None if person_ids is None else set(person_ids)
    if wanted is not None and len(wanted) < 500:
        taking_part = taking_part.filter(person_id__in=wanted)
    people = set(taking_part.values_list("person_id", flat=True))
    if wanted is not None:
        people &= wanted
    asked: dict[int, list[tuple[int, int, Decimal]]] = {}
    targets = ProfileTarget.objects.filter(profile__framework=framework, competence__retired_at=None)
    for profile_id, competence_id, level, weight in targets.values_list("profile_id", "competence_id", "level", "weight"):
        asked.setdefault(profile_id, []).append((competence_id, level, weight))
    levels = _levels_now(framework, people if person_ids is not None else None)
    rows: list[GapRow] = []
    for person, profile in sorted(profile_ids_of(people, framework).items()):
        for competence, target_level, weight in asked.get(profile, ()):
            now = levels.get((person, competence))
            rows.append((person, competence, now, target_level, weight, gap_of(now, target_level)))
    return rows


def _levels_now(framework: Framework, people: set[int] | None) -> dict[tuple[int, int], int]:
    rows = Rating.objects.filter(competence__framework=framework, is_latest=True, kind__in=("self", "manager"))
    if people is not None and len(people) < 500:
        rows = rows.filter(person_id__in=people)
    found: dict[str, dict[tuple[int, int], int]] = {"manager": {}, "self": {}}
    for person, competence, kind, level in rows.order_by("rated_at", "pk").values_list("person_id", "competence_id", "kind", "level"):
        found[kind][person, competence] = level
    return {**found["manager"], **found["self"]}


# --- one person -------------------------------------------------------------------------------------------------------------


@dataclass
class LevelRow:
    """One competence of a person: what the role asks, and every kind of rating side by side, before and after."""

    competence: Competence
    target: int | None
    weight: Decimal | None
    before: Rating | None = None  # own
    after: Rating | None = None
    manager_before: Rating | None = None
    manager_after: Rating | None = None
    observed: Rating | None = None
    sessions: list[Any] = field(default_factory=list)  # filled by the slot "levels.sessions"

    @property
    def now(self) -> Rating | None:
        """The own rating that counts today, else the manager's."""
        return self.after or self.before or self.manager_after or self.manager_before

    @property
    def gap(self) -> int:
        """Levels missing to the target."""
        return gap_of(self.now.level if self.now else None, self.target or 0)

    @property
    def change(self) -> int | None:
        """How far the own level moved, where it was told twice."""
        return self.after.level - self.before.level if self.after and self.before else None


def levels_of(person: Person, framework: Framework | None = None, programme: Programme | None = None, *, only_rated: bool = False) -> list[LevelRow]:
    """A person's levels competence by competence: own before and after, the manager's, observed, and the target of the role.

    `only_rated`: nothing for somebody whom nobody has rated yet.
    """
    framework = framework or framework_of(programme or _programme_of(person))
    if framework is None:
        return []
    latest = Rating.objects.filter(person=person, competence__framework=framework, is_latest=True).select_related("round")
    ratings = list(latest.order_by("rated_at", "pk"))
    if only_rated and not ratings:
        return []
    profile = profile_of([person.pk], framework).get(person.pk)
    targets = {key[1]: row for key, row in targets_of(framework, profile).items()} if profile is not None else {}
    rows = {
        one.pk: LevelRow(one, targets[one.pk].level if one.pk in targets else None, targets[one.pk].weight if one.pk in targets else None)
        for one in competences_of(framework)
    }
    for rating in ratings:
        if rating.competence_id in rows:
            _put(rows[rating.competence_id], rating)
    return [row for row in rows.values() if row.target is not None or row.now or row.observed]


def _put(row: LevelRow, rating: Rating) -> None:
    if rating.kind == Rating.Kind.OBSERVED:
        row.observed = rating
        return
    is_after = rating.round is not None and rating.round.phase != Round.Phase.BEFORE
    name = ("manager_" if rating.kind == Rating.Kind.MANAGER else "") + ("after" if is_after else "before")
    setattr(row, name, rating)


def _programme_of(person: Person) -> Programme | None:
    taken = Participation.objects.filter(person=person).select_related("programme").order_by("pk").last()
    return taken.programme if taken else None


def ratings_history(person: Person, competence: Competence) -> QuerySet[Rating]:
    """Every rating a person was given in a competence, earlier ones too, the newest first."""
    return Rating.objects.filter(person=person, competence=competence).select_related("round").order_by("-rated_at", "-pk")


def profile_name(person: Person, framework: Framework) -> RoleProfile | None:
    """The role profile that a person is measured against."""
    return profile_of([person.pk], framework).get(person.pk)


def word_for(framework: Framework, rating: Rating | None) -> str:
    """A rating's level in the framework's words."""
    return level_name(framework, rating.level) if rating else ""


# --- sharing ----------------------------------------------------------------------------------------------------------------


def sharings_of(person: Person) -> QuerySet[LevelSharing]:
    """The agreements of a person that hold now."""
    return LevelSharing.objects.filter(person=person, ended_at=None).select_related("manager__identity")


def sharings_visible_to(manager: Person) -> QuerySet[LevelSharing]:
    """Agreements by which this manager sees levels today: agreed, not ended, and still the person's line manager."""
    return LevelSharing.objects.filter(
        manager=manager, ended_at=None, person_id__in=managed_person_ids(manager), person__erased_at=None
    ).select_related("person")


def ever_shared_with(manager: Person) -> QuerySet[LevelSharing]:
    """Everybody whose levels this manager sees or has seen: what one knows is not forgotten when sharing ends."""
    return LevelSharing.objects.filter(manager=manager)


def requests_asked(person: Person) -> QuerySet[SharingRequest]:
    """Questions about a person's levels without an answer, whoever asked."""
    return SharingRequest.objects.filter(person=person, answered_at=None)


def requests_of(person: Person) -> QuerySet[SharingRequest]:
    """Line managers' questions that wait for this person's answer."""
    return SharingRequest.objects.filter(
        person=person, answered_at=None, manager__in=managers_of(person)
    ).select_related("manager__identity")


def requests_by(manager: Person) -> QuerySet[SharingRequest]:
    """What a line manager asked that has not been answered."""
    return SharingRequest.objects.filter(manager=manager, answered_at=None)


def reports_of(manager: Person, programme: Programme) -> tuple[list[Person], list[Person]]:
    """A line manager's reports who take part in a programme, and those of them who share their levels with the manager."""
    taking_part = Participation.objects.filter(programme=programme, left_on=None, person_id__in=managed_person_ids(manager))
    reports = list(Person.objects.filter(pk__in=taking_part.values("person_id"), erased_at=None).order_by("pk"))
    sharing = set(sharings_visible_to(manager).values_list("person_id", flat=True))
    return reports, [one for one in reports if one.pk in sharing]


def levels_side_by_side(framework: Framework, person_ids: Iterable[int]) -> dict[tuple[int, int], tuple[int | None, int]]:
    """(own level now, target) by (person, competence) for people who share their levels."""
    return {(person, competence): (now, target) for person, competence, now, target, _weight, _gap in gaps_of(framework, person_ids)}


def persons_shared_with(manager: Person) -> QuerySet[Person]:
    """Persons whose levels this line manager may open now."""
    return Person.objects.filter(pk__in=sharings_visible_to(manager).values("person_id")).select_related("identity")


def persons_managed_by(manager: Person) -> QuerySet[Person]:
    """Persons whom this line manager may ask to share."""
    return Person.objects.filter(pk__in=managed_person_ids(manager), erased_at=None)


def line_managers_of(person: Person) -> QuerySet[Person]:
    """The managers with whom a person may share levels: the line managers of today, and those with whom sharing still holds."""
    return Person.objects.filter(Q(pk__in=managers_of(person)) | Q(pk__in=sharings_of(person).values("manager_id"))).select_related("identity")


def programme_shared(manager: Person, person: Person) -> Programme | None:
    """A programme in which a line manager's report takes part."""
    taken = Participation.objects.filter(person=person, person_id__in=managed_person_ids(manager)).select_related("programme")
    first = taken.order_by("pk").first()
    return first.programme if first else None
