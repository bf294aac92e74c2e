"""What people need to be able to do, what their role asks, what they can, and the distance between."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.instruments.models import Question, Round
from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Organisation, Person, Unit
from handrail.programmes.models import DevelopmentArea, Programme
from handrail.research.models import Finding

LEVELS = range(5)  # 0 = none yet … 4 = leads others; the words for each level stand in LevelText


class Framework(models.Model):
    """A competence framework of a programme: areas, competences, level texts."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    name = TranslatedText()
    level_names = models.JSONField(default=dict)  # {"0": {"sv": …, "en": …}, …}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="framework_once")]

    def __str__(self) -> str:
        return str(self.name)


class Area(models.Model):
    """A part of a framework; it belongs to one of the programme's development areas."""

    uid = Uid()
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="areas")
    development_area = models.ForeignKey(DevelopmentArea, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40)
    name = TranslatedText()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["framework", "code"], name="framework_area_once")]

    def __str__(self) -> str:
        return str(self.name)


class Competence(models.Model):
    """Something that people in a role need to be able to do."""

    uid = Uid()
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competences")
    area = models.ForeignKey(Area, models.CASCADE, related_name="competences")
    code = models.CharField(max_length=40)
    name = TranslatedText()
    description = TranslatedText()
    order = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["area__order", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["framework", "code"], name="competence_once")]

    def __str__(self) -> str:
        return str(self.name)


class LevelText(models.Model):
    """What a person at a level of a competence does."""

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="level_texts")
    level = models.PositiveSmallIntegerField()
    text = TranslatedText()

    class Meta:
        ordering: ClassVar = ["level"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["competence", "level"], name="level_text_once")]


class CompetenceNeed(models.Model):
    """A need that somebody voiced, as the reason why people should be able to do something. What is taken back stays, with its time."""

    uid = Uid()
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="needs")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    linked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["linked_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["competence", "finding"], condition=models.Q(ended_at=None), name="need_once")]


class RoleProfile(models.Model):
    """What a role asks: a target level and a weight for each of its competences."""

    uid = Uid()
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="profiles")
    code = models.CharField(max_length=40)
    name = TranslatedText()
    job_titles = models.JSONField(default=list)  # titles of staff lists that get this profile by themselves
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["framework", "code"], name="profile_once")]

    def __str__(self) -> str:
        return str(self.name)


class ProfileTarget(models.Model):
    """One competence of a role profile: the level it asks and how much it weighs."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="targets")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="targets")
    level = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=4, decimal_places=2, default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "competence"], name="target_once")]


class ProfileAssignment(models.Model):
    """Which role profile a person has; the latest counts, earlier ones stay."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    profile = models.ForeignKey(RoleProfile, models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_current=True), name="one_current_profile")
        ]


class Binding(models.Model):
    """A question bound to a competence: its answer becomes a rating (choice name or number -> level)."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="bindings")
    levels = models.JSONField(default=dict)


class Rating(models.Model):
    """A level somebody gave somebody in a competence, with its source. Self, manager and observed stand side by side."""

    class Kind(models.TextChoices):
        SELF = "self", _("Own rating")
        MANAGER = "manager", _("Manager's rating")
        OBSERVED = "observed", _("Observed")

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField()
    rated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    rated_at = models.DateTimeField()
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")
    submission = models.UUIDField(null=True, blank=True)  # the answer it came from
    question = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_latest = models.BooleanField(default=True)  # of this person, competence, kind and phase

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "competence"], condition=~models.Q(submission=None), name="one_rating_per_answer"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "competence", "kind"]),
            models.Index(fields=["competence", "is_latest"]),
        ]


class LevelSharing(models.Model):
    """An agreement that a manager may see a person's levels; without it nobody but the person does."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    manager = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "manager"], condition=models.Q(ended_at=None), name="shared_once")
        ]


class SharingRequest(models.Model):
    """A manager's question whether a person wants to share levels; only the person answers it."""

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    manager = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "manager"], condition=models.Q(answered_at=None), name="asked_once")
        ]


class MapRelease(models.Model):
    """The drawn state of the map of one measurement, the only one that anybody who sees groups is shown."""

    uid = Uid()
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="releases")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="+")  # None: ratings made outside a round
    answers = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    is_stale = models.BooleanField(default=False)  # something was rated or aimed at since
    closed_kinds = models.JSONField(default=list)  # kinds of rating that nothing more came in for when it was drawn

    class Meta:
        ordering: ClassVar = ["-id"]


class MapLeaf(models.Model):
    """Sums of one unit, role profile and kind of rating: never shown as such. They change only with five or more people's answers."""

    release = models.ForeignKey(MapRelease, models.CASCADE, related_name="leaves")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Rating.Kind.choices)
    drawn_until = models.DateTimeField()  # answers up to here are in the sums
    sums = models.JSONField()  # competence id -> [people, sum of levels, target level, people at level 0, 1, 2, 3, 4]
    people = models.JSONField(default=list)  # who is counted, by id: whoever is erased is found here, wherever they work by then
    gone = models.PositiveIntegerField(default=0)  # how many of those counted were erased since


class MapColumn(models.Model):
    """One column of the map as it may be shown: hidden cells hold their reason and no number."""

    release = models.ForeignKey(MapRelease, models.CASCADE, related_name="columns")
    kind = models.CharField(max_length=10, choices=Rating.Kind.choices)
    profile = models.ForeignKey(RoleProfile, models.CASCADE, null=True, related_name="+")  # None: everybody
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # None: all together
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    is_unit = models.BooleanField(default=False)  # a unit's column, also that of the people without a unit
    people = models.PositiveIntegerField()
    cells = models.JSONField()  # competence id -> [people, sum of levels, sum of targets] or "few" or "neighbour"

    class Meta:
        indexes: ClassVar = [models.Index(fields=["release", "kind", "is_unit", "organisation"])]
