"""Certified hours, the co-financing ledger, and what was handed in to the funder."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.delivery.models import Attendance
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Participation, Programme


class FunderRule(models.Model):
    """How a funder counts hours of participation, from when to when, and where that stands."""

    class Rounding(models.TextChoices):
        MONTH = "month", _("Minutes are added up per person and month; whole hours, rounded down")
        SESSION = "session", _("Each session is rounded down to whole hours")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    rounding = models.CharField(max_length=10, choices=Rounding.choices)
    annual_cap_hours = models.PositiveIntegerField(null=True, blank=True)
    required_share = models.DecimalField(max_digits=6, decimal_places=5)
    lock_day = models.PositiveSmallIntegerField(default=20)  # day of the following month on which a month is handed in
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="funder_rule_once")]


class UnitCost(models.Model):
    """What one hour of participation is worth, by year."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    valid_from = models.DateField()
    valid_to = models.DateField()
    source = models.CharField(max_length=300)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["valid_from"]


class Certificate(models.Model):
    """One person's month: the minutes that were confirmed and countersigned. A changed month gets a new version; the old one stays."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the participant")
        CONFIRMED = "confirmed", _("Waits for the manager")
        CERTIFIED = "certified", _("Certified")
        REPLACED = "replaced", _("Replaced")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    version = models.PositiveIntegerField(default=1)
    minutes = models.PositiveIntegerField()
    hours = models.PositiveIntegerField(default=0)  # by the rule in force; what counts is worked out anew when it is countersigned
    attendance_digest = models.CharField(max_length=64)  # of the lines it covers, so that a later change is noticed
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["month", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "person", "month", "version"], name="certificate_once"),
            models.UniqueConstraint(
                fields=["programme", "person", "month"], condition=~models.Q(state="replaced"), name="one_valid_certificate"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "month", "state"]), models.Index(fields=["person", "state"]),
            models.Index(  # asked on every page: which months of a municipality wait, and how many hours
                fields=["organisation", "state", "programme", "month", "hours"], condition=models.Q(state__in=["open", "confirmed"]), name="months_that_wait"
            ),
        ]


class CertificateLine(models.Model):
    """An attendance line that a certificate covers. One participant-hour is pledged once: a line stands in one programme only."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="lines")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["certificate", "attendance"], name="line_once_per_certificate")]


class Signature(models.Model):
    """Who signed a month as what, when, over which digest."""

    class Part(models.TextChoices):
        PARTICIPANT = "participant", _("Confirmed by the participant")
        MANAGER = "manager", _("Countersigned by the manager")

    uid = Uid()
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="signatures")
    part = models.CharField(max_length=12, choices=Part.choices)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["certificate", "part"], name="signed_once")]


class Claim(models.Model):
    """A month that was handed in to the funder: frozen, with its totals and the digest of its lines."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    month = models.DateField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    hours = models.IntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "month"], name="claimed_once")]


class LedgerLine(models.Model):
    """Hours of one person and month at that year's unit cost. Append-only: a correction is a further line with the difference."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="ledger_lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()
    minutes = models.IntegerField()
    hours = models.IntegerField()
    not_counted = models.IntegerField(default=0)  # whole hours above the annual cap: listed, worth nothing
    unit_cost = models.ForeignKey(UnitCost, models.PROTECT, related_name="+")
    rule = models.ForeignKey(FunderRule, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    is_recount = models.BooleanField(default=False)  # hours cut by the annual cap that fit under it since another month was corrected
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="lines")
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["certificate"], condition=models.Q(is_recount=False), name="one_line_per_certificate")]
        indexes: ClassVar = [models.Index(fields=["programme", "month"]), models.Index(fields=["person", "month"])]


class MonthTally(models.Model):
    """What a month of a programme comes to, kept: worked out from its ledger lines and certificates alone, and from nothing else (queries/tallies)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    month = models.DateField()
    counted = models.IntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    corrected = models.IntegerField()
    over = models.IntegerField()
    anew = models.IntegerField()
    rate = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    unclaimed = models.IntegerField()
    unclaimed_people = models.PositiveIntegerField()
    unsigned = models.IntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "month"], name="month_tally_once")]


class MonthChange(models.Model):
    """A month whose kept tally no longer holds, until it is kept anew. One row for each change: whoever writes waits for nobody."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    month = models.DateField()


class Pledge(models.Model):
    """The half hours of a person that are pledged to a funder: each may be pledged once, in whichever programme."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "starts_at"])]


class AuditSample(models.Model):
    """A sample drawn for a check: only for these may the auditor open names, each opening with a reason and a journal line."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    month = models.DateField()
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=40)
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    participations = models.ManyToManyField(Participation, related_name="+")


class MonthObjection(models.Model):
    """A participant's "something is wrong" about a month, until somebody has settled it. The text is never logged or exported."""

    uid = Uid()
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="objections")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, blank=True, related_name="+")  # the line it is about
    text = models.CharField(max_length=500)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["certificate", "settled_at"])]


class LeftOut(models.Model):
    """Somebody whose answers no longer count in the figures of change, because one of five who left them together was erased."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "person"], name="left_out_once")]


class SampleOpening(models.Model):
    """One time that a name of a drawn sample was opened: by whom, when, why. Append-only."""

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="openings")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["id"]
