"""Findings with what they stand on: counts by group and country, and quotes, as far as they may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from handrail.instruments.models import Response
from handrail.instruments.queries import form_of, latest_version
from handrail.kit.disclosure import INSIDE, hidden_parts
from handrail.kit.text import country_name, in_language, plain_language
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.research.models import (
    Coding,
    Finding,
    FindingCount,
    FindingQuote,
    Gathering,
    RespondentGroup,
    Source,
    Study,
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
    """Every answer that a finding stands on, as it was counted last. A number is hidden under five, on either side, and with it what would give it away."""
    found = []
    groups = {one.pk: str(one) for one in RespondentGroup.objects.filter(study=finding.study_id)}
    for count in finding.counts.select_related("survey__questionnaire", "survey__group"):
        item = next((one for one in form_of(latest_version(count.survey.questionnaire)).questions() if one.name == count.question), None)
        labels = {choice.name: in_language(choice.labels) for choice in item.choices} if item else {}
        found.append(
            Counted(
                count, in_language(item.labels) if item else count.question, [labels.get(one, one) for one in count.values],
                _shares([(groups.get(group, ""), yes, no) for group, _country, yes, no in count.kept]),
                _shares([(country_name(country), yes, no) for _group, country, yes, no in count.kept]),
            )
        )  # fmt: skip
    return found


def count_now(count: FindingCount) -> list[list[Any]]:
    """Of everybody who answered the question, by group and country: how many said it, and how many something else. In every group that answers this questionnaire."""
    gatherings = Gathering.objects.filter(study=count.finding.study_id, collection__version__questionnaire=count.survey.questionnaire_id)
    where = {one.collection_id: (one.group_id, one.partner.country) for one in gatherings.select_related("partner")}
    rows = Response.objects.filter(collection__in=where, replaced_by=None, **{f"answers__{count.question}__isnull": False})
    wanted = set(count.values)
    yes: Counter[tuple[int, str]] = Counter()
    no: Counter[tuple[int, str]] = Counter()
    # Whole answers, since SQLite gives a text that looks like a number or a truth back as one when it is asked for alone.
    for collection, answers in rows.order_by().values_list("collection_id", "answers").iterator(chunk_size=2000):
        given = answers[count.question]
        (yes if wanted & set(given if isinstance(given, list) else [given]) else no)[where[collection]] += 1
    return [[group, country, yes[group, country], no[group, country]] for group, country in sorted(yes.keys() | no.keys())]


def counts_to_renew() -> QuerySet[FindingCount]:
    """What findings that still stand count, in studies that still run."""
    return FindingCount.objects.filter(finding__withdrawn_at=None, finding__study__closed_at=None).select_related("finding__study", "survey")


def _shares(rows: Iterable[tuple[str, int, int]]) -> list[Share]:
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    for label, said_so, otherwise in rows:
        yes[label] += said_so
        no[label] += otherwise
    labels = sorted(yes.keys() | no.keys())
    hidden = set(hidden_parts({one: yes[one] for one in labels})) | set(hidden_parts({one: no[one] for one in labels}))
    hidden |= {one for one in labels if yes[one] + no[one] < INSIDE.counts}
    return [Share(one, None if one in hidden else yes[one], yes[one] + no[one]) for one in labels]


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


def passages_to_quote(study: Study, *, code: str = "") -> QuerySet[Coding]:
    """Marked passages of a study's agreed texts, perhaps of one code."""
    rows = counted_codings(study)
    if code:
        rows = rows.filter(code__uid=code)
    return rows.select_related("code", "text__source__group", "text__source__partner").order_by("code__order", "text__source__sign", "start")
