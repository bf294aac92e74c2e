"""Companies with their contacts and positions, placements with signatures and follow-ups, and where people work afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.cases.models import Case
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Company(models.Model):
    """A company that takes people in, with its size, which says how many it may have at once."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    registration = models.CharField(max_length=30, blank=True)  # the number in the public register, CVR in Denmark
    country = models.CharField(max_length=2, default="DK")
    region = models.CharField(max_length=60)
    municipality = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=60, blank=True)  # where one goes to work; ways are counted from town to town
    ordinary_staff = models.PositiveIntegerField()  # people employed on ordinary terms
    field = models.CharField(max_length=100, blank=True)  # what it does
    follows = models.PositiveIntegerField(null=True)  # how many people its own staff can guide at once, where it said so
    consultant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "registration"], condition=~models.Q(registration=""), name="company_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "name"])]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody at a company whom one may ring; signs in by link and sees the company's own placements alone."""

    uid = Uid()
    company = models.ForeignKey(Company, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    does = models.CharField(max_length=100, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]


class Position(models.Model):
    """What somebody could do at a company: tasks, hours, language, what the work asks of body and mind, who is at their side."""

    uid = Uid()
    company = models.ForeignKey(Company, models.CASCADE, related_name="positions")
    title = models.CharField(max_length=150)
    tasks = models.JSONField(default=list)  # sentences, one each
    hours = models.PositiveIntegerField()  # a week
    language = models.CharField(max_length=10, blank=True)  # needed at work
    language_level = models.CharField(max_length=6, blank=True)
    demands = models.JSONField(default=list)  # codes of data/demands.toml
    supervisor = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    places = models.PositiveIntegerField(default=1)
    fields = models.JSONField(default=list)  # of work: codes of data/work.toml
    half_days = models.JSONField(default=list)  # when somebody can come, Monday morning is 0; none said: all ten
    half_days_needed = models.PositiveSmallIntegerField(default=1)
    needs = models.JSONField(default=dict)  # levels of skills that the place asks for
    develops = models.JSONField(default=dict)  # levels of skills that can grow there
    closed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["company__name", "title", "id"]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """One person at one position for an agreed time. The company sees the tasks, never why somebody needs support."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped early")
        CALLED_OFF = "called_off", _("Called off before the start")

    class Reason(models.TextChoices):
        WORK = "work", _("Got a job")
        EDUCATION = "education", _("Began an education")
        NOT_NOW = "not_now", _("Not able to go on now")  # never why: a reason in plain text is no place for health
        MOVED = "moved", _("Moved away")
        TASKS = "tasks", _("The tasks did not fit")
        COMPANY = "company", _("The company could not go on")
        OWN_WISH = "own_wish", _("Did not want to go on")
        OTHER = "other", _("Another reason")

    uid = Uid()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="placements")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day agreed, extensions included
    hours = models.PositiveIntegerField()  # a week, as agreed
    tasks = models.JSONField(default=list)
    adaptations = models.CharField(max_length=300, blank=True)  # what was agreed with the company: "quiet room", never why
    over_limit_reason = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state__in=["prepared", "running"]), name="one_open_placement"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="placement_ends_after_start"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "starts_on"]), models.Index(fields=["case", "state"])]


class Signature(models.Model):
    """Somebody agreed to a placement: which part they have in it, on paper or here, and who noted it."""

    class Part(models.TextChoices):
        PARTICIPANT = "participant", _("The participant")
        EMPLOYER = "employer", _("The employer")
        EMPLOYEES = "employees", _("The employees' representative")
        MUNICIPALITY = "municipality", _("The municipality")

    uid = Uid()
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="signatures")
    part = models.CharField(max_length=12, choices=Part.choices)
    signed_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["placement", "part"], name="placement_signed_once")]


class Preparation(models.Model):
    """One item of what a company does before somebody starts: done, or waived with a reason. Noted by staff, or ticked by the company's contact."""

    uid = Uid()
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="preparations")
    item = models.CharField(max_length=30)  # of data/preparation.toml
    waived = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")  # who ticked it at the company, by link
    settled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "item"], name="prepared_once"),
            models.CheckConstraint(condition=models.Q(settled_by=None) ^ models.Q(contact=None), name="prepared_by_somebody"),
        ]


class Extension(models.Model):
    """A placement goes on: until when, and why."""

    uid = Uid()
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="extensions")
    before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class FollowUp(models.Model):
    """A talk in an agreed week of a placement: how it goes, as both sides say."""

    uid = Uid()
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="follow_ups")
    week = models.PositiveIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    participant_says = models.CharField(max_length=300, blank=True)
    company_says = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["placement", "week"], name="follow_up_once")]
        indexes: ClassVar = [models.Index(fields=["done_on", "due_on"])]


class Day(models.Model):
    """Minutes at the company on one day; a later line corrects an earlier one, which stays."""

    class Said(models.TextChoices):
        PARTICIPANT = "participant", _("the participant")
        COMPANY = "company", _("the company")
        STAFF = "staff", _("the caseworker")

    class Absence(models.TextChoices):
        SICK = "sick", _("Sick")
        AWAY = "away", _("Not there")

    uid = Uid()
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="days")
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    absence = models.CharField(max_length=4, choices=Absence.choices, blank=True)  # where somebody was not there; why is never asked
    said_by = models.CharField(max_length=12, choices=Said.choices)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    is_disputed = models.BooleanField(default=False)  # says something else than the current line, and the caseworker has not settled it

    class Meta:
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["placement", "day"], condition=models.Q(is_current=True), name="one_current_day")]
        indexes: ClassVar = [models.Index(fields=["placement"], condition=models.Q(is_disputed=True), name="days_in_dispute")]


class OwnPage(models.Model):
    """A person's link to their own days: the language of its page, by whom it was made, and the code that opens the plan behind it."""

    uid = Uid()
    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)  # of data/week.toml
    code = models.CharField(max_length=64)  # four digits, keyed and hashed: said to the person, never on the card
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones in a row
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Opinion(models.Model):
    """What one side answers by link about a follow-up: a step for each fixed question, and own words that the caseworker alone reads."""

    class Side(models.TextChoices):
        PARTICIPANT = "participant", _("The participant")
        COMPANY = "company", _("The company")

    uid = Uid()
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="opinions")
    side = models.CharField(max_length=12, choices=Side.choices)
    answers = models.JSONField(default=dict)  # question: 1 to 4
    words = models.CharField(max_length=300, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")  # who answered at the company
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["follow_up", "side"], condition=models.Q(is_current=True), name="one_current_opinion")]


class WorkStatus(models.Model):
    """What somebody does at one of the clocks' days: the programme's end, six months later, the own exit, six months after that."""

    class Clock(models.TextChoices):
        PROJECT = "project", _("at the programme's end")
        PROJECT_SIX = "project_six", _("six months after the programme's end")
        EXIT = "exit", _("within four weeks of leaving")
        EXIT_SIX = "exit_six", _("six months after leaving")

    class Does(models.TextChoices):
        EMPLOYED = "employed", _("In work")
        EDUCATION = "education", _("In education")
        NEITHER = "neither", _("Neither")
        UNKNOWN = "unknown", _("Could not be reached")

    class Evidence(models.TextChoices):
        NONE = "none", _("None: the person says so")
        CONTRACT = "contract", _("Contract seen")
        PAYSLIP = "payslip", _("Pay slip seen")
        EMPLOYER = "employer", _("The employer confirmed it in writing")
        REGISTER = "register", _("A public register")

    uid = Uid()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    clock = models.CharField(max_length=12, choices=Clock.choices)
    on = models.DateField()  # the day that is asked about
    does = models.CharField(max_length=10, choices=Does.choices)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.NONE)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "clock"], condition=models.Q(is_current=True), name="one_current_status"),
            models.CheckConstraint(condition=models.Q(does="employed") | models.Q(evidence="none"), name="evidence_is_of_work"),
        ]


class FunnelTarget(models.Model):
    """How many people a programme promised for a step of its funnel, and where that is written."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "step"], name="target_once_per_step")]


class Workbook(models.Model):
    """A workbook of people with their histories that waits to be brought in. Its content is dropped as soon as that is done, or refused."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        SAVED = "saved", _("Brought in")
        REFUSED = "refused", _("Some rows need mending")
        STOPPED = "stopped", _("Stopped")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # whose caseworkers accompany its people
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(null=True)
    is_csv = models.BooleanField(default=False)  # the file's own name may name somebody
    problems = models.JSONField(default=list)  # row, column and what to do, in the language of whoever asked
    people = models.PositiveIntegerField(default=0)
    placements = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    task = models.UUIDField(null=True)
