"""Questionnaires and their versions, starting from who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from handrail.instruments.models import Questionnaire, QuestionnaireVersion
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme

RESEARCHED = (Questionnaire.Kind.STUDY, Questionnaire.Kind.DESK)  # what researchers write together; the rest is the project owner's


def versions_visible_to(person: Person) -> QuerySet[QuestionnaireVersion]:
    """The questionnaires of programmes that one coordinates or leads, and those of studies where one does research."""
    rows = QuestionnaireVersion.objects.select_related("questionnaire__programme")
    return rows.filter(_of_programmes(person, Role.COORDINATOR, Role.PROCESS_LEADER) | Q(questionnaire__kind__in=RESEARCHED) & _of_programmes(person, Role.RESEARCHER))


def versions_written_by(person: Person) -> QuerySet[QuestionnaireVersion]:
    """The questionnaires that one may word anew: all of one's own programme for the project owner, those of studies for its researchers."""
    rows = QuestionnaireVersion.objects.select_related("questionnaire__programme")
    return rows.filter(_of_programmes(person, Role.COORDINATOR) | Q(questionnaire__kind__in=RESEARCHED) & _of_programmes(person, Role.RESEARCHER))


def _of_programmes(person: Person, *roles: str) -> Q:
    held = {one.programme for one in authority_of(person).held if one.role in roles}
    return Q() if None in held else Q(questionnaire__programme__uid__in=held)


def kinds_published_by(person: Person, programme: Programme) -> list[str]:
    """What kinds of questionnaires a person publishes in a programme: everything as its owner, those of studies as a researcher."""
    roles = authority_of(person).roles(programme.uid)
    if Role.COORDINATOR in roles:
        return list(Questionnaire.Kind.values)
    return list(RESEARCHED) if Role.RESEARCHER in roles else []


def versions_of(programme: Programme) -> QuerySet[QuestionnaireVersion]:
    """Every version of a programme's questionnaires, each questionnaire's latest first."""
    return (
        QuestionnaireVersion.objects.filter(questionnaire__programme=programme)
        .select_related("questionnaire")
        .defer("definition")
        .order_by("questionnaire_id", "-number")
    )


def latest_version(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """What a questionnaire asks today."""
    return questionnaire.versions.select_related("questionnaire").order_by("-number")[:1].get()
