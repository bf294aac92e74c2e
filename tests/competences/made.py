"""A small framework with two role profiles, and people who are rated: for the tests of this app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from handrail.competences import actions
from handrail.competences.formats import DraftArea, DraftCompetence, FrameworkDraft
from handrail.competences.models import Competence, Framework, RoleProfile
from handrail.instruments.models import Question, Questionnaire, QuestionnaireVersion, Round
from handrail.kit import clock
from handrail.people.models import Person

LEVELS = {
    0: {"sv": "Inte mött än", "en": "Not met yet"}, 1: {"sv": "Ny", "en": "New"}, 2: {"sv": "Med stöd", "en": "With support"},
    3: {"sv": "Självständig", "en": "Independent"}, 4: {"sv": "Lär andra", "en": "Teaches others"},
}  # fmt: skip
NAMES = {
    "B1": {"sv": "Samtala om sömn och oro", "en": "Talk about sleep and worry"},
    "B2": {"sv": "Hänvisa vidare", "en": "Refer onwards"},
    "C1": {"sv": "Samtal genom tolk", "en": "Conversation through an interpreter"},
}


def draft() -> FrameworkDraft:
    """Two areas, three competences."""
    return FrameworkDraft(
        areas=(
            DraftArea("B", {"sv": "Psykisk hälsa", "en": "Mental health"}), DraftArea("C", {"sv": "Samtal", "en": "Conversation"}),
        ),
        competences=tuple(
            DraftCompetence(code, code[0], name, levels={3: {"sv": f"Klarar {code} själv", "en": f"Manages {code} alone"}})
            for code, name in NAMES.items()
        ),
        levels=LEVELS, code="LFI", names={"sv": "Kompetensramverk", "en": "Competence framework"},
    )  # fmt: skip


def make_framework(cast: Any) -> Framework:
    """The framework, with the default profile STAFF (target 3) and TEACH (target 2) for teachers."""
    framework = actions.save_framework(programme=cast.programme, draft=draft(), by=None)
    staff = actions.add_profile(framework=framework, code="STAFF", name={"sv": "Alla", "en": "Everybody"}, is_default=True, by=None)
    teach = actions.add_profile(
        framework=framework, code="TEACH", name={"sv": "Pedagoger", "en": "Teachers"}, job_titles=["Lärare"], by=None
    )
    for competence in framework.competences.all():
        actions.set_target(profile=staff, competence=competence, level=3, weight=1, by=None)
        actions.set_target(profile=teach, competence=competence, level=2, weight=2, by=None)
    return framework


def competence(framework: Framework, code: str) -> Competence:
    return framework.competences.get(code=code)


def profile(framework: Framework, code: str) -> RoleProfile:
    return framework.profiles.get(code=code)


def make_round(
    cast: Any, *, title: str = "Våren 2018", respondent: str = "self", phase: str = "before", opens_on: date = date(2018, 3, 1),
    closes_on: date = date(2018, 3, 31),
) -> Round:  # fmt: skip
    """A round without invitations: closed on the day that the tests stand on unless told otherwise."""
    questionnaire, _new = Questionnaire.objects.get_or_create(programme=cast.programme, code="K1", defaults={"title": {"sv": "Kartläggning"}})
    version, _new = QuestionnaireVersion.objects.get_or_create(
        questionnaire=questionnaire, number=1, defaults={"definition": {}, "sha256": "0" * 64, "published_at": clock.now()}
    )
    Question.objects.get_or_create(version=version, name="b1", defaults={"kind": "select_one", "position": 0})
    return Round.objects.create(
        version=version, programme=cast.programme, title={"sv": title, "en": title}, respondent=respondent, phase=phase, opens_on=opens_on,
        closes_on=closes_on,
    )  # fmt: skip


def rate(
    people: Iterable[Person], framework: Framework, levels: Mapping[str, int], *, round: Round | None, kind: str = "self", **more: Any
) -> None:
    """The same levels for everybody."""
    for person in people:
        for code, level in levels.items():
            actions.rate_person(
                person=person, competence=competence(framework, code), kind=kind, level=level, by=None, round=round, **more
            )
