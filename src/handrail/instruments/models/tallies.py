"""Responses counted: what still has to be added, what was added, the answers in columns, and what of it is drawn for people to see."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.instruments.models.collections import Collection
from handrail.instruments.models.questionnaires import Questionnaire, QuestionnaireVersion
from handrail.kit.ids import Uid
from handrail.people.models import Person


class TallyDelta(models.Model):
    """A response that came, or went, and is not yet added: written with it, gone once it is added. No words, no time, nobody's name."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    response = models.BigIntegerField()  # its number; it may be gone by now
    sign = models.SmallIntegerField(default=1)
    language = models.CharField(max_length=10)
    period = models.CharField(max_length=7, blank=True)  # 2018-04, where months are told apart (answers at the desk)
    counted = models.JSONField()  # question -> what was chosen, the number, or that something was written

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["collection", "id"])]


class Tally(models.Model):
    """How many of a collection answered what: true counts, never shown as such."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="tallies")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    period = models.CharField(max_length=7, blank=True)
    people = models.PositiveIntegerField(default=0)
    sums = models.JSONField(default=dict)  # question -> n times, p people, v value -> count, s sum, q sum of squares

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["collection", "version", "language", "period"], name="tally_once")]


class Columns(models.Model):
    """A collection's answers question by question, so that crossing two of them reads two columns and not every response."""

    collection = models.OneToOneField(Collection, models.CASCADE, related_name="columns")
    rows = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)  # rows that were replaced or taken back
    books = models.JSONField(default=dict)  # question -> {"kind": one | many | number, "values": [what code 1, 2, … or bit 0, 1, … means]}


class ColumnBlock(models.Model):
    """Some thousands of rows of one column, as whole numbers of one width."""

    columns = models.ForeignKey(Columns, models.CASCADE, related_name="blocks")
    question = models.CharField(max_length=110)
    number = models.PositiveIntegerField()
    codes = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["columns", "question", "number"], name="block_once")]


class Drawn(models.Model):
    """How far a collection may be seen. It moves only when at least five more people answered, so that two looks never single anybody out."""

    collection = models.OneToOneField(Collection, models.CASCADE, related_name="drawn")
    people = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)  # of the columns
    atoms = models.JSONField(default=list)  # [{"language", "people", "sums"}]
    waiting = models.JSONField(null=True)  # {"people", "rows", "atoms"}: the next, shown once five more have answered after it
    is_final = models.BooleanField(default=False)


class Book(models.Model):
    """All that is shown of a questionnaire's answers: one fixed set of tables, hidden together, drawn from what is drawn of its collections."""

    uid = Uid()
    questionnaire = models.OneToOneField(Questionnaire, models.CASCADE, related_name="book")
    splits = models.JSONField(default=list)  # [{"name", "title", "is_round", "parts": [{"code", "title", "collections": [id]}]}]
    health = models.JSONField(default=list)  # names of questions about health: groups under ten are hidden
    figures = models.JSONField(default=dict)  # what is shown, with what is hidden left out
    moves = models.PositiveIntegerField(default=0)  # how often what may be seen has moved
    drawn_moves = models.PositiveIntegerField(default=0)  # how many of these are in the figures
    number = models.PositiveIntegerField(default=0)  # rises each time it is drawn
    drawn_at = models.DateTimeField(null=True)


class ScaleUse(models.Model):
    """A published instrument that a questionnaire uses: where its words come from, and who says that the licence is kept."""

    uid = Uid()
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="scales")
    scale = models.CharField(max_length=40)
    source = models.CharField(max_length=300, blank=True)
    used_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["questionnaire", "scale"], name="scale_once")]
