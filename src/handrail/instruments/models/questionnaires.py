"""Questionnaires, whom they were sent to, and every answer that came, one version after another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Questionnaire(models.Model):
    """A questionnaire of a programme; what is asked stands in its versions."""

    class Kind(models.TextChoices):
        MAPPING = "mapping", _("Competence mapping")
        CONFIDENCE = "confidence", _("Confidence in one's role")
        STUDY = "study", _("Study")
        DESK = "desk", _("Answers at the desk")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)  # the XLSForm's form_id
    title = TranslatedText()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MAPPING)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="questionnaire_once")]

    def __str__(self) -> str:
        return str(self.title)


class QuestionnaireVersion(models.Model):
    """One version of a questionnaire, as read from its XLSForm; never changed once published."""

    uid = Uid()
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()  # formats.to_json(Form)
    sha256 = models.CharField(max_length=64)
    warnings = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["questionnaire", "number"], name="version_once")]


class Question(models.Model):
    """One question of a version, so that others can point at it."""

    uid = Uid()
    version = models.ForeignKey(QuestionnaireVersion, models.CASCADE, related_name="questions")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    label = TranslatedText()
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "name"], name="question_once")]


class Round(models.Model):
    """One time that a questionnaire is sent out: to whom, about whom, until when."""

    class Respondent(models.TextChoices):
        SELF = "self", _("About oneself")
        MANAGER = "manager", _("The manager about each person")

    class Phase(models.TextChoices):
        BEFORE = "before", _("Before")
        AFTER = "after", _("After")
        LATER = "later", _("Six months later")

    uid = Uid()
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    title = TranslatedText()
    respondent = models.CharField(max_length=10, choices=Respondent.choices, default=Respondent.SELF)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.BEFORE)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # the round before

    class Meta:
        ordering: ClassVar = ["-opens_on", "-id"]

    def __str__(self) -> str:
        return str(self.title)


class Invitation(models.Model):
    """Somebody asked to answer in a round, about themselves or, as a manager, about somebody."""

    uid = Uid()
    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    respondent = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")  # where `about` worked when asked
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "respondent", "about"], name="invited_once")]
        indexes: ClassVar = [
            models.Index(fields=["round", "unit", "completed_at"]),
            models.Index(fields=["respondent", "completed_at"]),
        ]


class Submission(models.Model):
    """What came in for an invitation, whole; a later one stands beside the earlier ones, the latest counts."""

    uid = Uid()
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="submissions")
    answers = models.JSONField()  # question name -> value
    is_complete = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["invitation", "-id"])]
