"""What comes of practices: barriers they lower, organisations that take them up, and how an organisation's own work changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.library.models.practices import Practice, PracticeText
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Barrier(models.Model):
    """Something that usually stands in the way of inclusion."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    title = TranslatedText()
    text = TranslatedText()
    field = models.CharField(max_length=20)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.title)


class BarrierReport(models.Model):
    """Where a barrier was reported: by an organisation in a country on a day, and what it stands in where that is known."""

    uid = Uid()
    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=2)
    words = models.TextField(blank=True)  # how it was put; names nobody
    language = models.CharField(max_length=10, blank=True)
    source_kind = models.CharField(max_length=20, blank=True)  # such as "finding" or "passage" of a study
    source = models.UUIDField(null=True)
    reported_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-reported_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["barrier", "source_kind", "source"], condition=models.Q(source__isnull=False), name="barrier_source_once"),
        ]


class BarrierRemedy(models.Model):
    """A practice that lowers a barrier, and how."""

    uid = Uid()
    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="remedies")
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="remedies")
    how = TranslatedText()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["barrier", "practice"], name="remedy_once")]


class Adoption(models.Model):
    """An organisation does the same: the steps of the words it began with, and what came of it."""

    class State(models.TextChoices):
        RUNNING = "running", _("Under way")
        REPORTED = "reported", _("Result told")
        STOPPED = "stopped", _("Stopped")

    class Advice(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Yes, with changes")
        NO = "no", _("No")

    uid = Uid()
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    text = models.ForeignKey(PracticeText, models.PROTECT, related_name="+")  # whose steps are followed
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    happened = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    figures = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField(null=True)  # how many it reached
    advice = models.CharField(max_length=6, choices=Advice.choices, blank=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "organisation"], condition=models.Q(state="running"), name="one_adoption_at_a_time"),
            models.CheckConstraint(condition=~models.Q(state="reported") | (models.Q(reported_at__isnull=False) & ~models.Q(advice="")), name="reported_when_said"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"])]


class AdoptionTick(models.Model):
    """A step that is done: which, by whom, on which day."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="ticks")
    place = models.PositiveSmallIntegerField()  # of the step, from nought
    done_on = models.DateField()
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["adoption", "place"], name="step_ticked_once")]


class ChecklistAnswer(models.Model):
    """What an organisation says of its own work on a day, criterion by criterion from 1 to 5."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    checklist = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    answered_on = models.DateField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["answered_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "organisation", "checklist", "answered_on"], name="checklist_once_a_day")]
