"""What was found: counts and quotes gathered into a need, a barrier or something that helps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Person
from handrail.research.models.coding import Coding
from handrail.research.models.studies import Study, StudySurvey


class Finding(models.Model):
    """One thing that a study found, in a sentence that everybody understands."""

    class Kind(models.TextChoices):
        NEED = "need", _("Need")
        BARRIER = "barrier", _("Barrier")
        HELP = "help", _("What helps")

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.NEED)
    title = TranslatedText()
    text = TranslatedText()
    rank = models.PositiveSmallIntegerField(null=True)  # 1 is the most pressing; None until the partners ranked it
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)  # since when everybody in the programme reads it
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = [models.F("rank").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return str(self.title)


class FindingQuote(models.Model):
    """A marked passage that a finding stands on; `place` 1 and 2 are those shown first."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="quotes")
    coding = models.ForeignKey(Coding, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding", "coding"], name="quoted_once")]


class FindingCount(models.Model):
    """An answer that a finding stands on: how many of each group said so is counted when somebody looks."""

    uid = Uid()
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="counts")
    survey = models.ForeignKey(StudySurvey, models.PROTECT, related_name="+")
    question = models.CharField(max_length=100)
    values = models.JSONField()  # the answers that speak for it
    kept = models.JSONField(default=list)  # [group, country, said so, answered otherwise], as counted last
    counted_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding", "survey", "question"], name="counted_once")]
