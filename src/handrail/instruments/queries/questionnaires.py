"""Questionnaires and their versions, starting from who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from handrail.instruments.models import Questionnaire, QuestionnaireVersion
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def versions_visible_to(person: Person) -> QuerySet[QuestionnaireVersion]:
    """The questionnaires of programmes that one coordinates or leads."""
    authority = authority_of(person)
    steered = {one.programme for one in authority.held if one.role in (Role.COORDINATOR, Role.PROCESS_LEADER)}
    rows = QuestionnaireVersion.objects.select_related("questionnaire__programme")
    if None in steered:
        return rows
    return rows.filter(questionnaire__programme__uid__in=[uid for uid in steered if uid])


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
