"""Answers of people without an account: where they are collected, who may give them, and each set that came, whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.instruments.models.questionnaires import QuestionnaireVersion
from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Organisation, Person, Unit
from handrail.programmes.models import Programme


class Collection(models.Model):
    """A questionnaire put before people without an account, by one organisation, for a time; each is told first what becomes of it."""

    class Way(models.TextChoices):
        OPEN = "open", _("Whoever has the address")
        CLOSED = "closed", _("Only with a link of one's own")
        STAFFED = "staffed", _("Only together with an interviewer, or on paper")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who asks
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")  # whose desk it stands at
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    title = TranslatedText()  # as people read it at the top of the form
    code = models.CharField(max_length=40, unique=True)  # in the address and on the poster; 128 bits, for whoever is handed it
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.OPEN)
    is_anonymous = models.BooleanField(default=True)  # keeps a day, never an instant, a link or a name: nobody can join them again
    keeps_together = models.BooleanField(default=False)  # whoever agrees gets a word to bring next time
    consent = TranslatedText()  # what is read before the first question
    consent_number = models.PositiveSmallIntegerField(default=1)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-opens_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["programme", "organisation"])]

    def __str__(self) -> str:
        return str(self.title)


class Ticket(models.Model):
    """A link of one's own into a closed collection: whether it was used, never when, so that no answer can be laid beside it."""

    uid = Uid()
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="tickets")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)  # the organisation's own sign for whom it was made, if it wants one
    is_used = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["collection", "is_used"])]


class Device(models.Model):
    """A phone or tablet with the field's own collecting app, let in to some collections until a day; its secret is a link's."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    collections = models.ManyToManyField(Collection, related_name="devices")
    label = models.CharField(max_length=60)  # the organisation's own sign for it
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who answers for it
    let_in_at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.label


class Response(models.Model):
    """One set of answers, whole. What corrects it stands beside it; the latest counts."""

    class Channel(models.TextChoices):
        WEB = "web", _("On the web")
        INTERVIEWER = "interviewer", _("With an interviewer")
        PAPER = "paper", _("On paper")
        DEVICE = "device", _("From a collecting app")

    uid = Uid()
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="responses")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    answers = models.JSONField()  # question name -> value; a repeat's name -> a list of such
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=11, choices=Channel.choices, default=Channel.WEB)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)  # None where the collection is anonymous
    instance = models.CharField(max_length=80, null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    follower = models.CharField(max_length=64, blank=True)  # a keyed hash of the word that joins one person's answers over time
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+")  # never where the collection is anonymous
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # the interviewer, or who typed the paper
    consent_number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["collection", "instance"], name="instance_once")]
        indexes: ClassVar = [
            models.Index(fields=["collection", "replaced_by", "id"]),
            models.Index(fields=["collection", "follower"], condition=~models.Q(follower=""), name="answers_over_time"),
        ]


class ResponseFile(models.Model):
    """A picture, sound or file that belongs to an answer, made plain: no place, no maker in it."""

    uid = Uid()
    response = models.ForeignKey(Response, models.CASCADE, related_name="files")
    question = models.CharField(max_length=100)
    name = models.CharField(max_length=200)  # as the answer names it
    kind = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["response", "name"], name="response_file_once")]
