"""Modules and what people can do after them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.competences.models import Competence
from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Role
from handrail.programmes.models import Programme


class Module(models.Model):
    """A unit of training: a lecture, group work or something online."""

    class Form(models.TextChoices):
        LECTURE = "lecture", _("Lecture")
        GROUP_WORK = "group_work", _("Group work")
        ONLINE = "online", _("Online")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    title = TranslatedText()
    description = TranslatedText()
    form = models.CharField(max_length=12, choices=Form.choices)
    minutes = models.PositiveIntegerField()
    requires = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    prepares_for = models.CharField(max_length=20, choices=Role.choices, blank=True)  # process leaders' own course
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="module_once")]

    def __str__(self) -> str:
        return str(self.title)


class LearningOutcome(models.Model):
    """What a participant can do after a module: which competence, up to which level, and how many levels at most."""

    uid = Uid()
    module = models.ForeignKey(Module, models.CASCADE, related_name="outcomes")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    statement = TranslatedText()
    to_level = models.PositiveSmallIntegerField()
    adds = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["module", "code"], name="outcome_once")]
