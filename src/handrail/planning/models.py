"""Plans: which sessions to hold and who attends, with a reason for every seat and refusal; and each municipality's own plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.competences.models import Competence
from handrail.curriculum.models import Module
from handrail.delivery.models import Session
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person, Unit
from handrail.programmes.models import Programme


class Plan(models.Model):
    """One proposal: its question (settings, seed, digest of the data), its answer, and whether people took it up."""

    class State(models.TextChoices):
        COMPUTING = "computing", _("Being computed")
        PROPOSED = "proposed", _("Proposal")
        ADOPTED = "adopted", _("Adopted")
        REPLACED = "replaced", _("Replaced")
        FAILED = "failed", _("Could not be computed")

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")  # from the possible sessions
        REPLAN = "replan", _("Re-plan")  # an answer to cancellations: what is planned stands, and people move
        WHAT_IF = "what_if", _("What if")  # the same question with other limits; never adopted

    class Variant(models.TextChoices):
        FEWEST = "fewest", _("Fewest people moved")
        NEW_SESSIONS = "new_sessions", _("New sessions with the money left")
        MOST = "most", _("Most closed")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAN)
    variant = models.CharField(max_length=12, choices=Variant.choices, blank=True)
    first_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="others")  # the first answer to the same cancellations
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPUTING)
    settings = models.JSONField(default=dict)  # budget, absence share, hours limit, period: as asked
    seed = models.PositiveIntegerField(default=0)
    moves = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=40, blank=True)
    data_digest = models.CharField(max_length=64, blank=True)
    value = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    facts = models.JSONField(default=dict)  # share closed, people reached, hours, cost, per unit and area
    violations = models.JSONField(default=list)
    cpu_seconds = models.FloatField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="plan_once")]


class PlanSession(models.Model):
    """What a plan says of one candidate session: held or not, with how many, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sessions")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    is_held = models.BooleanField()
    people = models.PositiveIntegerField(default=0)
    gain = models.FloatField(default=0)
    why = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "session"], name="plan_session_once")]


class PlanSeat(models.Model):
    """A seat that a plan proposes, with its reason in codes and numbers."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="seats")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    gain = models.FloatField()
    why = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "session", "person"], name="plan_seat_once")]
        indexes: ClassVar = [models.Index(fields=["plan", "person"])]


class PlanMove(models.Model):
    """What a re-plan changes for one person: a seat that was lost with its session, one to be left, one to be offered."""

    class Kind(models.TextChoices):
        LOST = "lost", _("Lost")
        LEAVES = "leaves", _("Left")
        JOINS = "joins", _("Offered")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="moves_of_people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "person", "session"], name="plan_move_once")]


class PlanRefusal(models.Model):
    """A module on a person's shortlist that the plan does not give, with the first fact that stands in the way."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="refusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=20)
    why = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "person"]), models.Index(fields=["plan", "session"])]


class Pin(models.Model):
    """A person's decision that every plan must respect: this session is held, this person attends, this one does not."""

    class Kind(models.TextChoices):
        ATTEND = "attend", _("Must have a seat")
        FORBID = "forbid", _("Must not have a seat")
        HOLD = "hold", _("Must be held")
        DROP = "drop", _("Must not be held")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=models.Q(lifted_at=None) & ~models.Q(person=None), name="person_pinned_once"
            ),
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(lifted_at=None, person=None), name="session_pinned_once"
            ),
        ]


class Availability(models.Model):
    """A time when a person cannot attend (leave, night shifts); whole half days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField()


class UnitLimit(models.Model):
    """How many of a unit may be away at once, when the unit has set its own number."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    away_at_most = models.PositiveIntegerField()
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()


class OrganisationalPlan(models.Model):
    """How a municipality keeps its competence beyond the project: owner, date, review. A new version replaces the old, which stays."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    aim = models.TextField()
    decided_on = models.DateField()
    review_on = models.DateField()
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "organisation", "version"], name="organisational_plan_once"),
            models.UniqueConstraint(
                fields=["programme", "organisation"], condition=models.Q(is_current=True), name="one_current_organisational_plan"
            ),
        ]


class OrganisationalMeasure(models.Model):
    """One line of an organisational plan: which competence, what is done, by when, who answers for it."""

    plan = models.ForeignKey(OrganisationalPlan, models.CASCADE, related_name="measures")
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=400)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
