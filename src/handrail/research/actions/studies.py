"""The frame of a study: partners, groups, rounds, what each group answers, and how many are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from handrail.instruments.models import Questionnaire
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.research.events import StudyChanged, StudyOpened
from handrail.research.models import Codebook, Quota, RespondentGroup, Study, StudyPartner, StudyRound, StudySurvey

Texts = Mapping[str, str]


@transaction.atomic
def open_study(
    *, programme: Programme, title: Texts, question: Texts, coordinator: Organisation, languages: Sequence[str] = ("en",), starts_on: date,
    ends_on: date, by: Person | None,
) -> Study:  # fmt: skip
    """Begin a study of a programme, with an empty codebook and one organisation that holds it together."""
    if not any(title.values()):
        raise RuleBroken(_("Give the study a name."), field="title")
    if ends_on < starts_on:
        raise RuleBroken(_("The last day comes before the first. Choose a later last day."), field="ends_on")
    if not languages:
        raise RuleBroken(_("Choose at least one language."), field="languages")
    made = Study.objects.create(
        programme=programme, title=dict(title), question=dict(question), coordinator=coordinator, languages=list(dict.fromkeys(languages)), starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    Codebook.objects.create(study=made)
    announce(StudyOpened(made.uid, programme.uid, coordinator.uid, starts_on, ends_on), by=by)
    return made


@transaction.atomic
def add_study_partner(
    *, study: Study, organisation: Organisation, country: str, area: str = "", context: str = "local", by: Person | None
) -> StudyPartner:
    """Let an organisation ask in a study, in its country and place."""
    _must_be_open(study)
    if study.partners.filter(organisation=organisation).exists():
        raise RuleBroken(_("This organisation takes part already."), field="organisation")
    if len(country) != 2 or not country.isalpha():
        raise RuleBroken(_("Choose a country."), field="country")
    made = StudyPartner.objects.create(
        study=study, organisation=organisation, country=country.upper(), area=area.strip(), context=StudyPartner.Context(context),
        order=study.partners.count(),
    )  # fmt: skip
    _changed(study, "partner", made.uid, by)
    return made


@transaction.atomic
def add_group(*, study: Study, code: str, title: Texts, consent: Texts, by: Person | None) -> RespondentGroup:
    """Name a group of people who are asked, with the words that they read or hear first, in each of their languages."""
    _must_be_open(study)
    code = code.strip().upper()
    if not code or not code.isalnum() or study.groups.filter(code=code).exists():
        raise RuleBroken(_("Choose a letter or two that no other group of this study has."), field="code")
    if not any(title.values()):
        raise RuleBroken(_("Give the group a name."), field="title")
    if not any(text.strip() for text in consent.values()):
        raise RuleBroken(_("Write what people of this group are told before they answer."), field="consent")
    made = RespondentGroup.objects.create(
        study=study, code=code, title=dict(title), consent={language: text for language, text in consent.items() if text.strip()}, order=study.groups.count()
    )
    _changed(study, "group", made.uid, by)
    return made


@transaction.atomic
def write_consent(*, group: RespondentGroup, consent: Texts, by: Person | None) -> RespondentGroup:
    """Change what a group is told. Who has answered agreed to the words that stood then: each answer keeps their number."""
    _must_be_open(group.study)
    words = {language: text.strip() for language, text in consent.items() if text.strip()}
    if not words:
        raise RuleBroken(_("Write what people of this group are told before they answer."), field="consent")
    if words != group.consent:
        group.consent, group.consent_number = words, group.consent_number + 1
        group.save(update_fields=["consent", "consent_number"])
        _changed(group.study, "consent", group.uid, by)
    return group


@transaction.atomic
def open_study_round(*, study: Study, title: Texts, opens_on: date, closes_on: date, by: Person | None) -> StudyRound:
    """Set up a time in which everybody is asked."""
    _must_be_open(study)
    if closes_on < opens_on:
        raise RuleBroken(_("The last day comes before the first. Choose a later last day."), field="closes_on")
    number = (study.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    made = StudyRound.objects.create(study=study, number=number, title=dict(title), opens_on=opens_on, closes_on=closes_on)
    _changed(study, "round", made.uid, by)
    return made


@transaction.atomic
def choose_survey(*, study: Study, group: RespondentGroup, questionnaire: Questionnaire, by: Person | None) -> StudySurvey:
    """Say which questionnaire a group answers."""
    _must_be_open(study)
    if group.study_id != study.pk or questionnaire.programme_id != study.programme_id:
        raise RuleBroken(_("The questionnaire belongs to another programme. Choose one of this programme."), field="questionnaire")
    made, is_new = StudySurvey.objects.get_or_create(study=study, group=group, questionnaire=questionnaire)
    if is_new:
        _changed(study, "survey", made.uid, by)
    return made


@transaction.atomic
def set_quota(*, study: Study, partner: StudyPartner, group: RespondentGroup, kind: str, target: int, by: Person | None) -> Quota:
    """Say how many of a group a partner wants to hear; nought takes the wish away again."""
    _must_be_open(study)
    if partner.study_id != study.pk or group.study_id != study.pk:
        raise RuleBroken(_("That is of another study."), field="partner")
    if not 0 <= target <= 100_000:
        raise RuleBroken(_("Write a number from 0 to 100,000."), field="target")
    made, _new = Quota.objects.update_or_create(study=study, partner=partner, group=group, kind=Quota.Kind(kind), defaults={"target": target})
    _changed(study, "quota", made.uid, by)
    return made


def _must_be_open(study: Study) -> None:
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))


def _changed(study: Study, what: str, subject: UUID, by: Person | None) -> None:
    announce(StudyChanged(study.uid, what, subject), by=by)
