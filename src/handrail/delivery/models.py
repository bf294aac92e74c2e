"""Sessions, who has a seat, who was there for how many minutes, and what a group made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.curriculum.models import Module
from handrail.kit.ids import Uid, secret
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Place(models.Model):
    """A room where sessions are held."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200, blank=True)
    seats = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A module held at a time and place, or a candidate that a plan may choose to hold."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Possible")
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Audience(models.TextChoices):
        STAFF = "staff", _("staff")
        NEWCOMERS = "newcomers", _("newcomers")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.STAFF)  # one or the other, for good: minutes of newcomers are nobody's working time
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    title = TranslatedText()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CANDIDATE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    break_minutes = models.PositiveIntegerField(default=0)
    grace_minutes = models.PositiveSmallIntegerField(default=10)  # whoever checks in within these is not late
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")  # where it is held
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    online_address = models.URLField(blank=True)
    language = models.CharField(max_length=10, default="sv")
    minimum = models.PositiveIntegerField(default=1)
    maximum = models.PositiveIntegerField()
    needs_approval = models.BooleanField(default=False)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    trainer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    check_in_secret = models.CharField(max_length=40, default=secret, editable=False)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    called_in_at = models.DateTimeField(null=True, blank=True)  # when its trainers were told that the list is missing
    list_version = models.PositiveIntegerField(default=0)  # grows with every saved attendance list; two savers at once are noticed

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=models.Q(maximum__gte=models.F("minimum")), name="session_room_for_minimum"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "state", "starts_at"]), models.Index(fields=["trainer", "starts_at"])]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def for_newcomers(self) -> bool:
        """Whether newcomers have the seats, and not staff."""
        return self.audience == self.Audience.NEWCOMERS

    @property
    def planned_minutes(self) -> int:
        """Minutes from start to end without the breaks, as they pass, also in the night when clocks change."""
        return int(self.ends_at.timestamp() - self.starts_at.timestamp()) // 60 - self.break_minutes


class CoTrainer(models.Model):
    """A second trainer of a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="co_trainers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "person"], name="co_trainer_once")]


class Seat(models.Model):
    """A person's place in a session, from the invitation on; each change of state is kept in SeatStep."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the manager")
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Coming")
        WAITING = "waiting", _("On the waiting list")
        DECLINED = "declined", _("Cannot come")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Taken back")

    HOLDING = (State.INVITED, State.ACCEPTED)  # these take up a seat

    uid = Uid()
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    why = models.JSONField(default=dict)  # codes and numbers that explain the seat, as the plan gave them
    queued_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)  # how many calendar files were sent; programs keep the newest
    told_step = models.BigIntegerField(default=0)  # the last SeatStep that the person was told of, so that a mail leaves once
    reminded_at = models.DateTimeField(null=True, blank=True)
    to_tell_since = models.DateTimeField(null=True, blank=True)  # a newcomer whom no mail reaches: since when somebody is to tell them

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "person"], name="one_seat_per_session")]
        indexes: ClassVar = [
            models.Index(fields=["person", "state"]), models.Index(fields=["session", "state"]),
            models.Index(fields=["person"], condition=models.Q(to_tell_since__isnull=False), name="seats_to_tell_of"),  # asked on every page, and few
            models.Index(fields=["organisation", "state"], condition=models.Q(state__in=["asked", "waiting"]), name="seats_that_wait"),  # asked on every page, and few
        ]


class SeatStep(models.Model):
    """One change of a seat: to which state, by whom, when, why."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=Seat.State.choices)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class WorkGroup(models.Model):
    """A group in a session of group work, with what it made."""

    uid = Uid()
    session = models.ForeignKey(Session, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=100)
    members = models.ManyToManyField(Seat, related_name="groups", blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "name"], name="group_once")]


class GroupProduct(models.Model):
    """What a group made in a session; a later version stands beside the earlier one."""

    uid = Uid()
    group = models.ForeignKey(WorkGroup, models.CASCADE, related_name="products")
    title = models.CharField(max_length=200)
    text = models.TextField()
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]


class Attendance(models.Model):
    """The whole minutes a person was present. A correction is a new line that replaces the old one, which stays."""

    class Method(models.TextChoices):
        LIST = "list", _("Trainer's list")
        QR = "qr", _("QR code")
        PAPER = "paper", _("Signed sheet")
        FILE = "file", _("File")

    uid = Uid()
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    late_minutes = models.PositiveIntegerField(default=0)
    left_early_minutes = models.PositiveIntegerField(default=0)
    method = models.CharField(max_length=10, choices=Method.choices)
    arrived_at = models.DateTimeField(null=True, blank=True)
    device_at = models.DateTimeField(null=True, blank=True)  # what the clock of the phone said when it was marked there; never counted with
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=models.Q(replaces=None), name="first_attendance_once"
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None) | ~models.Q(reason=""), name="correction_has_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "session"])]


class LateCheckIn(models.Model):
    """Somebody checked in without a line, and it came after the list was saved without them: a person decides whether it counts."""

    uid = Uid()
    session = models.ForeignKey(Session, models.PROTECT, related_name="late_check_ins")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()  # when the code was shown: what it proves
    device_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    counts = models.BooleanField(null=True)  # None: nobody has decided yet
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "person"], name="late_check_in_once")]
