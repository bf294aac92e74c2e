"""Companies' questions with their clock and their lines, guidance that answers can become, and who is on duty."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements.models import Company, Contact, Placement
from handrail.programmes.models import Programme


class Guidance(models.Model):
    """An answer that others can use: read by every company of the programme, so it names nobody."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    text = models.TextField()
    tags = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    is_offered = models.BooleanField(default=True)  # on companies' own pages, too
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]
        indexes: ClassVar = [models.Index(fields=["programme", "withdrawn_at"])]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What a company asked, before or during a placement: it has an owner and a clock from the first moment on."""

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        ANSWERED = "answered", _("Is answered")
        CLOSED = "closed", _("Closed")

    class Way(models.TextChoices):
        LINK = "link", _("on the company's page")
        PHONE = "phone", _("on the phone")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    company = models.ForeignKey(Company, models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")  # who asked, where that is known
    way = models.CharField(max_length=5, choices=Way.choices)
    text = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    terms = models.CharField(max_length=300)  # the source of the agreed time that counted on that day
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)  # as it stands now; every earlier wording is a line
    answered_at = models.DateTimeField(null=True)  # for the first time: that is what the clock counts
    guidance = models.ForeignKey(Guidance, models.PROTECT, null=True, related_name="uses")  # what the answer was taken from
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "state", "due_at"]), models.Index(fields=["owner", "state", "due_at"]), models.Index(fields=["company", "asked_at"]),
            models.Index(fields=["programme", "asked_at"]),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state="open", answered_at=None) | (~models.Q(state="open") & models.Q(answered_at__isnull=False)), name="answered_when_said"),
        ]


class QuestionLine(models.Model):
    """One thing that happened to a question; lines are added and never changed."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked")
        GIVEN = "given", _("Given to")
        ANSWERED = "answered", _("Answer given")
        ESCALATED = "escalated", _("The agreed time had passed")
        CLOSED = "closed", _("Closed")

    uid = Uid()
    question = models.ForeignKey(Question, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class Duty(models.Model):
    """Somebody answers what has no consultant of its own, from a day to a day."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")), name="duty_ends_after_start")]
        indexes: ClassVar = [models.Index(fields=["programme", "starts_on"])]
