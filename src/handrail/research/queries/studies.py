"""Studies, starting from who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from handrail.instruments.models import Book, QuestionnaireVersion
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Gathering, RespondentGroup, Study, StudyPartner, StudyRound


def studies_visible_to(person: Person) -> QuerySet[Study]:
    """The studies of programmes that one coordinates or does research in."""
    return Study.objects.filter(by_role(person, "programme__uid", Role.COORDINATOR, Role.RESEARCHER)).select_related("programme", "coordinator")


def studies_of(person: Person, programme: Programme) -> QuerySet[Study]:
    """A programme's studies that a person sees, with how many partners each has."""
    return studies_visible_to(person).filter(programme=programme).annotate(partner_count=Count("partners")).order_by("-starts_on", "-pk")


def steered_studies(person: Person) -> QuerySet[Study]:
    """The studies that a person holds together: the project owner, and researchers of the organisation that coordinates."""
    held = Q(pk__in=[])
    for one in authority_of(person).held:
        if one.role == Role.RESEARCHER and one.organisation_id is not None:
            here = Q(coordinator=one.organisation_id)
            held |= here if one.programme is None else here & Q(programme__uid=one.programme)
    return Study.objects.filter(by_role(person, "programme__uid", Role.COORDINATOR) | held).select_related("programme", "coordinator")


def groups_steered(person: Person) -> QuerySet[RespondentGroup]:
    """The groups of studies that a person holds together."""
    return RespondentGroup.objects.filter(study__in=steered_studies(person)).select_related("study__programme")


def organisations_researched(person: Person, programme: Programme) -> frozenset[int] | None:
    """The organisations for which a person does research in a programme; None for all of them (a researcher of the whole consortium)."""
    authority = authority_of(person)
    if any(one.role == Role.RESEARCHER and one.organisation_id is None and one.programme in (None, programme.uid) for one in authority.held):
        return None
    return authority.organisation_ids(Role.RESEARCHER, programme.uid)


def by_role(person: Person, programme: str, *roles: str) -> Q:
    """The condition of belonging to a programme in which a person holds one of these roles; `programme` leads to its uid."""
    held = [one for one in authority_of(person).held if one.role in roles]
    if any(one.programme is None for one in held):
        return Q()
    return Q(**{f"{programme}__in": {one.programme for one in held}})


def gatherings_of(study: Study) -> QuerySet[Gathering]:
    """Where a study's answers are collected, by round, partner and group."""
    return study.gatherings.select_related("partner__organisation", "group", "round", "collection__version__questionnaire", "study")


@dataclass(frozen=True)
class Asked:
    """One questionnaire of a study: its newest version, and the groups that answer it."""

    version: QuestionnaireVersion
    groups: list[RespondentGroup]
    behind: int  # places that still ask an earlier version
    results: str  # where its results stand, once some were counted


@dataclass(frozen=True)
class RoundTable:
    """One round: for each partner the places of each group, as the table shows them."""

    round: StudyRound
    rows: list[tuple[StudyPartner, list[list[Gathering]]]]


def rounds_table(gatherings: Sequence[Gathering], groups: Sequence[RespondentGroup]) -> list[RoundTable]:
    """A study's places by round, partner and group; the newest round first."""
    found: dict[int, tuple[StudyRound, dict[int, tuple[StudyPartner, dict[int, list[Gathering]]]]]] = {}
    for one in gatherings:
        _round, partners = found.setdefault(one.round_id, (one.round, {}))
        _partner, cells = partners.setdefault(one.partner_id, (one.partner, {}))
        cells.setdefault(one.group_id, []).append(one)
    tables = [RoundTable(round, [(partner, [cells.get(group.pk, []) for group in groups]) for partner, cells in partners.values()]) for round, partners in found.values()]
    return sorted(tables, key=lambda table: -table.round.number)


def asked_in(study: Study, gatherings: Sequence[Gathering]) -> list[Asked]:
    """What a study asks: each questionnaire once, in its newest version, with who answers it."""
    groups: dict[int, list[RespondentGroup]] = {}
    for one in study.surveys.select_related("group").order_by("group__order", "pk"):
        groups.setdefault(one.questionnaire_id, []).append(one.group)
    newest = QuestionnaireVersion.objects.filter(questionnaire__in=groups).select_related("questionnaire").defer("definition").order_by("questionnaire_id", "-number")
    books = dict(Book.objects.filter(questionnaire__in=groups).values_list("questionnaire", "uid"))
    found: dict[int, Asked] = {}
    for version in newest:
        if version.questionnaire_id not in found:
            behind = sum(
                one.collection.version.questionnaire_id == version.questionnaire_id and one.collection.version_id != version.pk and one.collection.closed_at is None for one in gatherings
            )
            found[version.questionnaire_id] = Asked(version, groups[version.questionnaire_id], behind, str(books.get(version.questionnaire_id, "")))
    return list(found.values())
