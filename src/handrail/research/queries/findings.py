"""Findings with what they stand on: counts by group and country, and quotes, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from handrail.instruments.formats import SELECT_MULTIPLE
from handrail.instruments.queries import DrawnAnswers as Drawn
from handrail.instruments.queries import drawn_answers, form_of, latest_version
from handrail.kit.disclosure import INSIDE
from handrail.kit.text import _, country_name, in_language, plain_language
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.research.models import (
    Coding,
    Finding,
    FindingCount,
    FindingQuote,
    RespondentGroup,
    Source,
    Study,
    StudyPartner,
    StudySurvey,
)
from handrail.research.queries.coding import counted_codings, said
from handrail.research.queries.matrix import with_translations
from handrail.research.queries.studies import by_role


def findings_visible_to(person: Person) -> QuerySet[Finding]:
    """What was found: everything for those who hold together or research a study; what is shown for everybody with a role here."""
    within = by_role(person, "study__programme__uid", Role.COORDINATOR, Role.RESEARCHER)
    shown = Q(shown_at__isnull=False, withdrawn_at=None) if authority_of(person).held else Q(pk__in=[])
    return Finding.objects.filter(within | shown).select_related("study__programme")


def findings_of(study: Study, person: Person) -> QuerySet[Finding]:
    """A study's findings, the most pressing first."""
    return findings_visible_to(person).filter(study=study).annotate(quote_count=Count("quotes", distinct=True), count_count=Count("counts", distinct=True)).order_by(F("rank").asc(nulls_last=True), "pk")


def counts_visible_to(person: Person) -> QuerySet[FindingCount]:
    """The answers that findings stand on, for those who may change them."""
    return FindingCount.objects.filter(by_role(person, "finding__study__programme__uid", Role.COORDINATOR, Role.RESEARCHER)).select_related("finding__study__programme")


@dataclass(frozen=True)
class Share:
    """How many of one group, or in one country, said something; `said` None: hidden."""

    label: str
    said: int | None
    answered: int

    @property
    def share(self) -> float | None:
        """Its part of those who answered."""
        return self.said / self.answered if self.said is not None and self.answered else None


@dataclass(frozen=True)
class Counted:
    """One answer that a finding stands on, in words, with who said it."""

    count: FindingCount
    question: str
    values: list[str]
    groups: list[Share]
    countries: list[Share]
    is_last: bool = True  # of those that come from one count

    @property
    def is_hidden_somewhere(self) -> bool:
        """Whether a number is kept back."""
        return any(one.said is None for one in (*self.groups, *self.countries))


@dataclass(frozen=True)
class Voice:
    """A quote: the words, their language, and who said it as far as that names nobody."""

    text: str
    language: str
    who: str
    country: str
    translation: str = ""
    translation_language: str = ""


def counted_for(finding: Finding) -> list[Counted]:
    """Every answer that a finding stands on, with the same figures as on the page of results, so that nothing more can be worked out from both.

    Where several answers could be given, each is told for itself: how many gave at least one of them would tell more than the results do.
    """
    groups: dict[int, list[RespondentGroup]] = {}
    for survey in StudySurvey.objects.filter(study=finding.study_id).select_related("group").order_by("group__order", "pk"):
        groups.setdefault(survey.questionnaire_id, []).append(survey.group)
    countries = list(dict.fromkeys(StudyPartner.objects.filter(study=finding.study_id).values_list("country", flat=True)))
    found = []
    counts = list(finding.counts.select_related("survey__questionnaire"))
    asked_in = {count.survey.questionnaire_id: count.survey.questionnaire for count in counts}
    drawn = {key: drawn_answers(one) for key, one in asked_in.items()}
    forms = {key: form_of(latest_version(one)) for key, one in asked_in.items()}
    for count in counts:
        questionnaire = count.survey.questionnaire
        item = next((one for one in forms[questionnaire.pk].questions() if one.name == count.question), None)
        labels = {choice.name: in_language(choice.labels) for choice in item.choices} if item else {}
        several = [[one] for one in count.values] if item is not None and item.kind == SELECT_MULTIPLE else [count.values]
        by_group = drawn[questionnaire.pk](count.question, "group")
        together = drawn[questionnaire.pk](count.question, "*").get("*")
        by_country = drawn[questionnaire.pk](count.question, "country")
        asked = groups.get(questionnaire.pk, [])
        for place, values in enumerate(several, 1):
            told = [(str(one), by_group.get(f"g{one.pk}")) for one in asked] if by_group else [(str(asked[0]) if len(asked) == 1 else str(_("All together")), together)]
            where = [(country_name(one), by_country.get(one)) for one in countries]
            found.append(
                Counted(
                    count, in_language(item.labels) if item else count.question, [labels.get(one, one) for one in values],
                    _shares(told, values), sorted(_shares(where, values), key=lambda one: one.label), place == len(several),
                )
            )  # fmt: skip
    return found


def _shares(parts: Iterable[tuple[str, Drawn | None]], values: Sequence[str]) -> list[Share]:
    """Who said one of these, in each part that is drawn; nobody where one of the numbers is hidden."""
    found = []
    for label, part in parts:
        if part is None or part.n is None:
            continue
        counts = [part.values.get(one, 0) for one in values]
        known = [one for one in counts if one is not None]
        found.append(Share(label, sum(known) if len(known) == len(counts) else None, part.n))
    return found


def voices_of(finding: Finding, *, at_most: int | None = None) -> list[Voice]:
    """The passages that a finding stands on, the first ones first. A country is named only where at least five of the group were heard there."""
    quotes = list(
        FindingQuote.objects.filter(finding=finding, coding__removed_at=None, coding__text__source__withdrawn_at=None)
        .select_related("coding__text__source__group", "coding__text__source__partner")[: at_most or 200]
    )  # fmt: skip
    return voices([one.coding for one in quotes], finding.study_id)


def voices(codings: Collection[Coding], study_id: int) -> list[Voice]:
    """Marked passages as voices, with the same words in the reader's language where somebody translated them."""
    heard = Source.objects.filter(study=study_id, withdrawn_at=None).order_by().values_list("group", "partner__country").annotate(n=Count("pk"))
    many = {(group, country) for group, country, n in heard if n >= INSIDE.counts}
    chosen = said(Coding.objects.filter(pk__in=[one.pk for one in codings])).select_related("text__source__group", "text__source__partner").defer("text__body")
    rows = {one.coding.pk: one for one in with_translations(list(chosen), plain_language())}
    found = []
    for coding in codings:
        one = rows[coding.pk]
        where = one.country if (coding.text.source.group_id, one.country) in many else ""
        found.append(Voice(one.text.strip(), one.language, str(one.group or ""), where, one.translation.strip(), one.translation_language))
    return found


def questions_to_count(study: Study) -> list[dict[str, Any]]:
    """The questions of a study's questionnaires that have answers to choose from."""
    found = []
    for survey in StudySurvey.objects.filter(study=study).select_related("questionnaire", "group"):
        for item in form_of(latest_version(survey.questionnaire)).questions():
            if item.choices:
                found.append(
                    {
                        "survey": survey, "name": item.name, "label": in_language(item.labels),
                        "choices": [(choice.name, in_language(choice.labels)) for choice in item.choices],
                    }
                )  # fmt: skip
    return found


def answers_by_country(asked: Mapping[str, Any]) -> dict[str, list[Share]]:
    """One survey question in every country: how many gave each answer, as the page of results shows it."""
    drawn = drawn_answers(asked["survey"].questionnaire)(asked["name"], "country")
    return {code: [Share(label, part.values.get(name, 0), part.n or 0) for name, label in asked["choices"]] for code, part in drawn.items() if part.n is not None}


def passages_to_quote(study: Study, *, code: str = "") -> QuerySet[Coding]:
    """Marked passages of a study's agreed texts, perhaps of one code."""
    rows = counted_codings(study)
    if code:
        rows = rows.filter(code__uid=code)
    return rows.select_related("code", "text__source__group", "text__source__partner").order_by("code__order", "text__source__sign", "start")
