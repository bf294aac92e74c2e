"""Studies, starting from who asks."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Gathering, RespondentGroup, Study, StudySurvey


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


def surveys_of(study: Study) -> QuerySet[StudySurvey]:
    """What each group of a study answers."""
    return study.surveys.select_related("group", "questionnaire").order_by("group__order", "pk")
