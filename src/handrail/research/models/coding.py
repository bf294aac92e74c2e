"""What was said, as text that is safe to share, and what readers marked in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.instruments.models import Response
from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Person
from handrail.research.models.studies import GuideVersion, RespondentGroup, Study, StudyPartner, StudyRound


class Source(models.Model):
    """Somebody's words: an interview, an open answer or a document, under a sign and never a name."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("Interview")
        ANSWER = "answer", _("Open answer")
        DOCUMENT = "document", _("Document")

    class Consent(models.TextChoices):
        SIGNED = "signed", _("Signed")
        SPOKEN = "spoken", _("Spoken, and noted")
        INTERPRETED = "interpreted", _("Spoken through an interpreter, and noted")
        FORM = "form", _("Given in the form")

    uid = Uid()
    study = models.ForeignKey(Study, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    sign = models.CharField(max_length=40)  # PT-R-03
    partner = models.ForeignKey(StudyPartner, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(RespondentGroup, models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey(StudyRound, models.PROTECT, null=True, related_name="+")
    guide = models.ForeignKey(GuideVersion, models.PROTECT, null=True, related_name="+")
    response = models.ForeignKey(Response, models.PROTECT, null=True, related_name="+")  # of an open answer
    question = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10)
    held_on = models.DateField(null=True)
    consent = models.CharField(max_length=11, choices=Consent.choices, blank=True)
    consent_number = models.PositiveSmallIntegerField(null=True)
    brought_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # the person took their words back
    reader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # a second reader from elsewhere, named by who holds the study together
    guid = models.UUIDField(null=True)  # what the tool calls it that it came from
    memo = models.TextField(blank=True)
    attributes = models.JSONField(default=dict, blank=True)  # name -> value, of an imported project

    class Meta:
        ordering: ClassVar = ["sign", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "sign"], name="source_once"),
            models.UniqueConstraint(fields=["study", "response", "question"], name="open_answer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["study", "group", "partner"])]

    def __str__(self) -> str:
        return self.sign


class SourceText(models.Model):
    """One text of a source. Readers mark only the one that a second reader has found free of what names anybody; it never changes then."""

    class Kind(models.TextChoices):
        RAW = "raw", _("As it was said")
        REDACTED = "redacted", _("Without what names anybody")
        TRANSLATION = "translation", _("Translation")

    uid = Uid()
    source = models.ForeignKey(Source, models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    language = models.CharField(max_length=10)
    body = models.TextField()
    turns = models.JSONField(default=list)  # [{"who": "I", "start": 0, "end": 80}] positions in characters, end exclusive
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # the second reader
    agreed_at = models.DateTimeField(null=True)
    marked = models.JSONField(default=dict, blank=True)  # word -> what stands in its place; gone when the second reader has agreed
    asked_at = models.DateTimeField(null=True)  # put before the second reader
    sent_back_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # what the second reader still found

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind"], condition=~models.Q(kind="translation"), name="source_text_once"),
            models.UniqueConstraint(fields=["source", "language"], condition=models.Q(kind="translation"), name="translation_once"),
        ]


class Codebook(models.Model):
    """The words in which a study's readers mark what they find."""

    uid = Uid()
    study = models.OneToOneField(Study, models.CASCADE, related_name="codebook")
    number = models.PositiveIntegerField(default=1)  # rises with every change


class Code(models.Model):
    """One word of a codebook, in several languages, perhaps under another."""

    uid = Uid()
    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="codes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = TranslatedText()
    description = TranslatedText()  # when to use it, and when not
    memo = models.TextField(blank=True)
    colour = models.CharField(max_length=7, blank=True)
    is_codable = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    guid = models.UUIDField(null=True)  # what the tool calls it that it came from

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return str(self.name)


class Coding(models.Model):
    """One reader's mark: these characters of a text, under this code. What is taken back stays, with its time."""

    uid = Uid()
    text = models.ForeignKey(SourceText, models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()  # exclusive
    coder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    coder_name = models.CharField(max_length=100, blank=True)  # of an imported project, whose readers are nobody here
    memo = models.TextField(blank=True)
    coded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    guid = models.UUIDField(null=True)  # what the tool calls it that it came from

    class Meta:
        ordering: ClassVar = ["start", "id"]
        indexes: ClassVar = [models.Index(fields=["code", "removed_at"]), models.Index(fields=["text", "removed_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "code", "coder", "start", "end"], condition=models.Q(removed_at=None, coder__isnull=False), name="marked_once"),
        ]


class CodingTask(models.Model):
    """A text that two readers mark without seeing each other's marks, until both say that they are done; `found` is how far they agreed then."""

    uid = Uid()
    text = models.ForeignKey(SourceText, models.CASCADE, related_name="tasks")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    found = models.JSONField(null=True)  # each reader's marks by code, and paragraphs, as they stood then

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text"], condition=models.Q(closed_at=None), name="coded_twice_once")]


class CodingPart(models.Model):
    """One of the two."""

    task = models.ForeignKey(CodingTask, models.CASCADE, related_name="parts")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "coder"], name="coder_once")]
