"""A study: what is asked, by whom, of whom, in which rounds, and how many are wanted of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.instruments.models import Collection, Questionnaire
from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Study(models.Model):
    """One study of a programme, carried out by several organisations and held together by one."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    title = TranslatedText()
    question = TranslatedText()  # what it wants to know
    coordinator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)  # the languages in which people are asked
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return str(self.title)


class StudyPartner(models.Model):
    """An organisation that asks in a study, and where."""

    class Context(models.TextChoices):
        ENTRANCE = "entrance", _("First entrance or hot spot")
        LOCAL = "local", _("Local community")

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)  # ISO 3166-1
    area = models.CharField(max_length=100, blank=True)
    context = models.CharField(max_length=8, choices=Context.choices, default=Context.LOCAL)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "organisation"], name="study_partner_once")]


class RespondentGroup(models.Model):
    """People of one kind who are asked, with the words that they read or hear before."""

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=10)  # R, W, S: in the signs of interviews
    title = TranslatedText()
    consent = TranslatedText()
    consent_number = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "code"], name="respondent_group_once")]

    def __str__(self) -> str:
        return str(self.title)


class StudyRound(models.Model):
    """One time in which everybody is asked."""

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    title = TranslatedText()
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "number"], name="study_round_once")]

    def __str__(self) -> str:
        return str(self.title)


class StudySurvey(models.Model):
    """Which questionnaire a group answers in a study."""

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="surveys")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="surveys")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "questionnaire", "group"], name="study_survey_once")]


class Gathering(models.Model):
    """Where one partner collects one group's answers in one round."""

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="gatherings")
    partner = models.ForeignKey(StudyPartner, models.CASCADE, related_name="gatherings")
    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="gatherings")
    round = models.ForeignKey(StudyRound, models.CASCADE, related_name="gatherings")
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["round__number", "partner__order", "group__order", "id"]


class Quota(models.Model):
    """How many of a group a partner wants to hear, by survey or by interview."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("Survey answers")
        INTERVIEW = "interview", _("Interviews")

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="quotas")
    partner = models.ForeignKey(StudyPartner, models.CASCADE, related_name="+")
    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    target = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "group", "kind"], name="quota_once")]


class Guide(models.Model):
    """An interview guide of a study, written together."""

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="guides")
    title = TranslatedText()

    def __str__(self) -> str:
        return str(self.title)


class GuideVersion(models.Model):
    """A guide as it stood: topics with their questions, in every language. Never changed; an edit is the next one."""

    uid = Uid()
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    topics = models.JSONField()  # [{"title": {language: text}, "questions": [{language: text}]}]
    note = models.CharField(max_length=300, blank=True)  # why it was changed
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once")]
