"""Frameworks, role profiles and who has which, starting from who asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from handrail.competences.models import (
    Area,
    Competence,
    Framework,
    LevelText,
    ProfileAssignment,
    ProfileTarget,
    RoleProfile,
)
from handrail.kit.kept import once
from handrail.kit.text import Translations
from handrail.people.models import Employment, Organisation, Person, Role
from handrail.people.queries import authority_of, current_employments
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import programmes_visible_to


def frameworks_visible_to(person: Person) -> QuerySet[Framework]:
    """The frameworks of the programmes that a person belongs to: what is asked is no secret."""
    return Framework.objects.filter(programme__in=programmes_visible_to(person)).select_related("programme")


def frameworks_edited_by(person: Person) -> QuerySet[Framework]:
    """The frameworks that a project owner may change."""
    steered = [one.programme for one in authority_of(person).held if one.role == Role.COORDINATOR]
    rows = Framework.objects.select_related("programme")
    return rows if None in steered else rows.filter(programme__uid__in=[one for one in steered if one])


def areas_edited_by(person: Person) -> QuerySet[Area]:
    """The areas that a project owner may change."""
    return Area.objects.filter(framework__in=frameworks_edited_by(person)).select_related("framework__programme")


def competences_edited_by(person: Person) -> QuerySet[Competence]:
    """The competences that a project owner may change."""
    return Competence.objects.filter(framework__in=frameworks_edited_by(person)).select_related("framework__programme", "area")


def profiles_edited_by(person: Person) -> QuerySet[RoleProfile]:
    """The role profiles that a project owner may change."""
    return RoleProfile.objects.filter(framework__in=frameworks_edited_by(person)).select_related("framework__programme")


def frameworks_assigned_by(person: Person) -> QuerySet[Framework]:
    """The frameworks whose role profiles a process leader gives to own staff."""
    led = [one.programme for one in authority_of(person).held if one.role == Role.PROCESS_LEADER]
    rows = Framework.objects.select_related("programme")
    return rows if None in led else rows.filter(programme__uid__in=[one for one in led if one])


def framework_of(programme: Programme | None) -> Framework | None:
    """The programme's framework: the one brought in last, where there are several."""
    if programme is None:
        return None
    rows = Framework.objects.filter(programme=programme).select_related("programme").order_by("-pk")
    return once("framework", [programme.pk], rows.first)


def competences_of(framework: Framework) -> QuerySet[Competence]:
    """The competences in use, in the framework's order; the same rows for all parts of one page."""
    return once("competences", [framework.pk], lambda: Competence.objects.filter(framework=framework, retired_at=None).select_related("area"))


def profiles_of(framework: Framework) -> QuerySet[RoleProfile]:
    """A framework's role profiles, by code."""
    return RoleProfile.objects.filter(framework=framework)


def areas_of(framework: Framework) -> QuerySet[Area]:
    """A framework's areas, in order."""
    return Area.objects.filter(framework=framework).select_related("development_area")


@dataclass
class TreeRow:
    """One competence with its level texts."""

    competence: Competence
    levels: list[tuple[int, str, Any]] = field(default_factory=list)  # level, its name, its text
    needs: list[Any] = field(default_factory=list)  # the findings that it answers, where they were asked for


@dataclass
class TreeArea:
    """One area with its competences."""

    area: Area
    rows: list[TreeRow] = field(default_factory=list)


def tree_of(framework: Framework) -> list[TreeArea]:
    """Areas, competences and level texts as one tree, in three queries."""
    texts: dict[int, list[LevelText]] = {}
    for text in LevelText.objects.filter(competence__framework=framework).order_by("level"):
        texts.setdefault(text.competence_id, []).append(text)
    tree = {area.pk: TreeArea(area) for area in areas_of(framework)}
    for competence in competences_of(framework):
        levels = [(text.level, level_name(framework, text.level), text.text) for text in texts.get(competence.pk, [])]
        tree[competence.area_id].rows.append(TreeRow(competence, levels))
    return list(tree.values())


def level_texts_of(competence: Competence) -> dict[int, Translations]:
    """What a person at each level does."""
    return {row.level: Translations(row.text) for row in LevelText.objects.filter(competence=competence)}


def level_name(framework: Framework, level: int) -> str:
    """The framework's word for a level, in the reader's language."""
    return str(Translations(framework.level_names.get(str(level), {})))


def level_names(framework: Framework) -> list[tuple[int, str]]:
    """All levels with their words."""
    return [(level, level_name(framework, level)) for level in range(5)]


# --- role profiles ----------------------------------------------------------------------------------------------------------


def targets_of(framework: Framework, profile: RoleProfile | None = None) -> dict[tuple[int, int], ProfileTarget]:
    """What each role profile (or one of them) asks, by (profile, competence)."""
    rows = ProfileTarget.objects.filter(profile__framework=framework, competence__retired_at=None)
    if profile is not None:
        rows = rows.filter(profile=profile)
    return {(row.profile_id, row.competence_id): row for row in rows}


def default_profile(framework: Framework) -> RoleProfile | None:
    """The role profile of everybody who has none of their own."""
    return RoleProfile.objects.filter(framework=framework, is_default=True).order_by("pk").first()


def profile_of(person_ids: Iterable[int], framework: Framework | None = None) -> dict[int, RoleProfile]:
    """The role profile of each of these persons: their own, else the framework's default; who has neither is left out."""
    wanted = list(person_ids)
    rows = ProfileAssignment.objects.filter(is_current=True).select_related("profile")
    if len(wanted) < 500:  # a longer list is cheaper to sift here than to send to the database
        rows = rows.filter(person_id__in=wanted)
    if framework is not None:
        rows = rows.filter(profile__framework=framework)
    own = {row.person_id: row.profile for row in rows}
    otherwise = default_profile(framework) if framework is not None and not own.keys() >= {*wanted} else None
    found = {one: own.get(one) or otherwise for one in wanted}
    return {one: profile for one, profile in found.items() if profile is not None}


def profile_ids_of(person_ids: Iterable[int], framework: Framework) -> dict[int, int]:
    """The same by id alone, for as many as there are."""
    wanted = list(person_ids)
    rows = ProfileAssignment.objects.filter(is_current=True, profile__framework=framework)
    if len(wanted) < 500:
        rows = rows.filter(person_id__in=wanted)
    own = dict(rows.values_list("person_id", "profile_id"))
    if all(one in own for one in wanted):
        return {one: own[one] for one in wanted}
    otherwise = default_profile(framework)
    found = {one: own.get(one) or (otherwise.pk if otherwise else None) for one in wanted}
    return {one: profile for one, profile in found.items() if profile is not None}


@dataclass(frozen=True)
class TitleRow:
    """A job title with how many people have it, and to which profiles they were given."""

    title: str
    people: int
    undecided: int
    profiles: tuple[str, ...]


@dataclass(frozen=True)
class StaffRow:
    """One employed participant with job title and role profile."""

    person_id: int
    person_uid: Any
    title: str
    unit: str
    profile: RoleProfile | None


def staff_of(framework: Framework, organisations: Iterable[int]) -> list[StaffRow]:
    """The participants of these organisations with job title and own role profile (None: not decided)."""
    enrolled = Participation.objects.filter(
        programme_id=framework.programme_id, organisation_id__in=list(organisations), left_on=None
    ).values("person_id")
    rows = (
        current_employments()
        .filter(organisation_id__in=list(organisations), person_id__in=enrolled)
        .select_related("unit", "person")
        .order_by("unit__name", "job_title", "pk")
    )
    employments = list(rows)
    own = {
        row.person_id: row.profile
        for row in ProfileAssignment.objects.filter(
            is_current=True, profile__framework=framework, person_id__in=[one.person_id for one in employments]
        ).select_related("profile")
    }
    return [
        StaffRow(one.person_id, one.person.uid, one.job_title, str(one.unit or ""), own.get(one.person_id)) for one in employments
    ]


def titles_of(staff: Sequence[StaffRow]) -> list[TitleRow]:
    """Job titles with how many people have them; those that wait for a decision first, the most people first."""
    groups: dict[str, list[StaffRow]] = {}
    for row in staff:
        groups.setdefault(row.title, []).append(row)
    found = [
        TitleRow(
            title, len(rows), sum(row.profile is None for row in rows), tuple(sorted({str(row.profile) for row in rows if row.profile}))
        )
        for title, rows in groups.items()
    ]
    return sorted(found, key=lambda row: (-row.undecided, -row.people, row.title))


def undecided_in(framework: Framework, organisations: Iterable[int]) -> bool:
    """Whether any participant of these organisations has no role profile yet."""
    decided = ProfileAssignment.objects.filter(is_current=True, profile__framework=framework).values("person_id")
    return (
        Participation.objects.filter(
            programme_id=framework.programme_id, organisation_id__in=list(organisations), left_on=None
        )
        .exclude(person_id__in=decided)
        .exists()
    )


def staff_to_assign(framework: Framework, organisation: Organisation | None) -> QuerySet[Employment]:
    """Current employments of participants, in one organisation or all, for giving role profiles."""
    enrolled = Participation.objects.filter(programme_id=framework.programme_id, left_on=None)
    if organisation is not None:
        enrolled = enrolled.filter(organisation=organisation)
    where = Q() if organisation is None else Q(organisation=organisation)
    return current_employments().filter(where, person_id__in=enrolled.values("person_id")).order_by("pk")


def organisations_led(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The municipalities whose process leader a person is in a programme."""
    return Organisation.objects.filter(pk__in=authority_of(person).organisation_ids(Role.PROCESS_LEADER, programme.uid))


def person_led(person: Person, programme: Programme, among: QuerySet[Person], uid: Any) -> Person | None:
    """Somebody who takes part for a municipality that this person leads."""
    taking_part = Participation.objects.filter(programme=programme, organisation__in=organisations_led(person, programme), left_on=None)
    return among.filter(uid=uid, pk__in=taking_part.values("person_id")).first()
