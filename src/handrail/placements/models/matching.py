"""What people say for a matching, its rounds with what was proposed and why, who said no, who looked, and who decided.

No field is about nationality, religion, gender, age, family, legal status or health; a test reads the names.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.cases.models import Case
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.mentoring.models import Mentor
from handrail.people.models import Organisation, Person
from handrail.placements.models.placements import Company, Contact, Placement, Position
from handrail.programmes.models import Programme


class Seeking(models.Model):
    """What a person said, together with the caseworker, for finding a place: beside the hours, the way and the languages of the case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    area = models.CharField(max_length=60)  # the town that somebody sets out from, never an address
    least_hours = models.PositiveIntegerField(default=0)  # a week; at most are those of the case
    half_days = models.JSONField(default=list)  # Monday morning is 0, Friday afternoon 9
    not_fitting = models.JSONField(default=list)  # codes of data/demands.toml; never why
    wishes = models.JSONField(default=list)  # codes of fields of work, or uids of positions; the dearest first
    skills = models.JSONField(default=dict)  # of data/work.toml: level, 1 to 3
    growth = models.JSONField(default=dict)  # levels somebody wants to grow
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class Way(models.Model):
    """How many minutes it takes from one town to another, both ways alike, as somebody who works there looked it up."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    one = models.CharField(max_length=60)
    other = models.CharField(max_length=60)
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["one", "other"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "one", "other"], name="way_once")]


class MentorReach(models.Model):
    """Where a mentor sets out from, and how far it may be."""

    mentor = models.OneToOneField(Mentor, models.PROTECT, related_name="+")
    area = models.CharField(max_length=60)
    most_minutes = models.PositiveIntegerField(default=60)


class Round(models.Model):
    """One matching for one organisation: who was in it, what it found both ways, which way is used and why."""

    class State(models.TextChoices):
        COMPUTING = "computing", _("Being worked out")
        PROPOSED = "proposed", _("Proposals are there")
        FAILED = "failed", _("Did not work out")

    class Kind(models.TextChoices):
        BEST_TOTAL = "best_total", _("Best total")
        STABLE = "stable", _("Stable")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # whose people
    number = models.PositiveIntegerField()
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="after")  # whose proposals it keeps where that costs little
    again_because = models.CharField(max_length=300, blank=True)
    draw = models.CharField(max_length=36)  # the name by which lots are drawn
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPUTING)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    task = models.UUIDField(null=True)
    way = models.CharField(max_length=10, choices=Kind.choices, blank=True)  # that is used; none: not chosen yet, and nobody is shown anything
    weights = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)  # counts and points of both ways, never anybody's id
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "organisation"], condition=models.Q(state="computing"), name="one_round_at_a_time"),
            models.UniqueConstraint(fields=["programme", "organisation", "number"], name="round_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class WayChoice(models.Model):
    """Somebody chose which way of matching is used for a round, and why; the latest holds."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="choices")
    way = models.CharField(max_length=10, choices=Round.Kind.choices)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]


class Shortlist(models.Model):
    """What one way of matching found for one person: a place and a mentor, or why none. Sentences are kept as data: key and facts."""

    uid = Uid()
    round = models.ForeignKey(Round, models.CASCADE, related_name="shortlists")
    way = models.CharField(max_length=10, choices=Round.Kind.choices)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="+")
    mentor_why = models.JSONField(default=list)
    nothing = models.JSONField(default=list)  # why no place is proposed
    blocked = models.JSONField(default=list)  # places that cannot be: uid, sentence

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "way", "case"], name="shortlist_once")]
        indexes: ClassVar = [models.Index(fields=["case", "round"])]


class Listed(models.Model):
    """A place on a shortlist as it was shown: points in five parts, what they were worked out from, and the sentences. Never changed."""

    uid = Uid()
    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="places")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    is_proposed = models.BooleanField()
    wish = models.PositiveSmallIntegerField()
    need = models.PositiveSmallIntegerField()
    growth = models.PositiveSmallIntegerField()
    travel = models.PositiveSmallIntegerField()
    waiting = models.PositiveSmallIntegerField()
    loss = models.IntegerField(null=True)  # points that all together would lose with it; None in a stable matching
    worked = models.JSONField(default=dict)  # what the points were worked out from
    for_person = models.JSONField(default=list)
    for_company = models.JSONField(default=list)  # all that a company may be shown
    change = models.JSONField(default=list)  # what would have to change for it to be proposed
    why = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["shortlist", "rank"], name="listed_once")]
        indexes: ClassVar = [models.Index(fields=["position", "is_proposed"])]

    @property
    def points(self) -> int:
        """All five parts together."""
        return self.wish + self.need + self.growth + self.travel + self.waiting


class Refusal(models.Model):
    """A no: of a person or a company to one place, to the whole company, or to a mentor. It holds until it is taken back."""

    class Side(models.TextChoices):
        PERSON = "person", _("The person")
        COMPANY = "company", _("The company")

    class Reason(models.TextChoices):
        TASKS = "tasks", _("The tasks do not fit")
        TIMES = "times", _("The hours or days do not fit")
        FAR = "far", _("It is too far")
        ELSEWHERE = "elsewhere", _("Something else is more wanted")
        FILLED = "filled", _("The place is filled")
        NO_TIME = "no_time", _("Nobody has time to guide just now")
        OTHER = "other", _("Another reason")

    uid = Uid()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="+")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=7, choices=Side.choices)
    reason = models.CharField(max_length=9, choices=Reason.choices, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")  # who said it at the company
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(position__isnull=False, company=None, mentor=None) | models.Q(position=None, company__isnull=False, mentor=None) | models.Q(position=None, company=None, mentor__isnull=False),
                name="refusal_of_one_thing",
            ),
            models.UniqueConstraint(fields=["case", "position", "side"], condition=models.Q(taken_back_at=None, position__isnull=False), name="one_no_to_a_place"),
            models.UniqueConstraint(fields=["case", "company", "side"], condition=models.Q(taken_back_at=None, company__isnull=False), name="one_no_to_a_company"),
            models.UniqueConstraint(fields=["case", "mentor", "side"], condition=models.Q(taken_back_at=None, mentor__isnull=False), name="one_no_to_a_mentor"),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["case", "taken_back_at"])]


class Look(models.Model):
    """Somebody opened proposals: a person's shortlist, or what is proposed for a place; once for each day."""

    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="looks")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["case", "on"]), models.Index(fields=["position", "on"])]


class Choice(models.Model):
    """Who decided on a proposed place, and why: the placement that came of it."""

    listed = models.ForeignKey(Listed, models.PROTECT, related_name="+")
    placement = models.OneToOneField(Placement, models.CASCADE, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
