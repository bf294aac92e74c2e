"""Organisations and units, persons with or without an account, who works where, and who may do what where."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from handrail.kit.ids import Uid
from handrail.kit.text import _


class Organisation(models.Model):
    """A municipality, association, company or authority."""

    uid = Uid()
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    website = models.URLField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name


class Unit(models.Model):
    """A department (förvaltning) or a workplace (enhet) of an organisation; `parent` is the department."""

    uid = Uid()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parent", "name"], condition=~models.Q(parent=None), name="unit_once"),
            models.UniqueConstraint(fields=["organisation", "name"], condition=models.Q(parent=None), name="department_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody: a bare row that is never deleted. What names them lives in Identity."""

    uid = Uid()
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    @property
    def called(self) -> str:
        """The name, or that there is none any more."""
        return str(getattr(self, "identity", "") or _("Erased person"))


class Identity(models.Model):
    """What names a person; erased on its own. A protected identity is shown to named roles only."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="identity")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True, db_index=True)
    language = models.CharField(max_length=10, default="sv")
    is_protected = models.BooleanField(default=False)
    search_name = models.CharField(max_length=220, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """The first letters of given and family name."""
        return (self.given_name[:1] + self.family_name[:1]).upper()


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; only actions and commands call it."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """The way in for a person: an e-mail address, a password, a second factor."""

    uid = Uid()
    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    session_round = models.PositiveIntegerField(default=0)  # raised to sign out every device at once
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"account {self.pk}"  # never the address: this reaches logs

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session is checked against on each request: it changes with the password and with `session_round`."""
        return salted_hmac(f"handrail.session.{self.session_round}", self.password, secret=secret, algorithm="sha256").hexdigest()


class Employment(models.Model):
    """Where a person works, as the organisation's staff list says. At most one is current per organisation."""

    class Contact(models.TextChoices):
        DIRECT = "direct", _("Direct contact with newcomers")
        INDIRECT = "indirect", _("Indirect contact with newcomers")
        UNKNOWN = "unknown", _("Not stated")

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="employments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="employments")
    manager = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="manages")
    employee_number = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=150, blank=True)
    aid_code = models.CharField(max_length=20, blank=True)
    rate = models.DecimalField(max_digits=5, decimal_places=2, default=100)  # per cent of full time
    contact = models.CharField(max_length=10, choices=Contact.choices, default=Contact.UNKNOWN)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=models.Q(ended_on=None), name="employed_once_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["organisation", "employee_number"],
                condition=models.Q(ended_on=None) & ~models.Q(employee_number=""),
                name="employee_number_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ended_on"]), models.Index(fields=["manager", "ended_on"])]


class Role(models.TextChoices):
    """What a person may be in a programme, an organisation or a unit."""

    COORDINATOR = "coordinator", _("Project owner")
    PROCESS_LEADER = "process_leader", _("Process leader")
    LINE_MANAGER = "line_manager", _("Line manager")
    TRAINER = "trainer", _("Trainer")
    AUDITOR = "auditor", _("Funder's auditor")
    PLACEMENT_COORDINATOR = "place_coordinator", _("Placement coordinator")
    CASEWORKER = "caseworker", _("Caseworker")
    COMPANY_CONSULTANT = "company_consultant", _("Company consultant")
    MENTOR = "mentor", _("Mentor")
    RESEARCHER = "researcher", _("Researcher")
    ADMINISTRATOR = "administrator", _("Administrator")


class Grant(models.Model):
    """A role that a person holds, where, and from when to when. `programme` is the programme's uid; None means all."""

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    programme = models.UUIDField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "role"]), models.Index(fields=["role", "organisation"])]


class Consent(models.Model):
    """What a person agreed may be told to whom, what for and until when. It takes effect, and ends, on the next request.

    Where a law and not the person's word is the basis, that law stands in `basis`.
    """

    class Recipient(models.TextChoices):
        COMPANY = "company", _("A company")
        ORGANISATION = "organisation", _("Another organisation")

    class Interpreter(models.TextChoices):
        NONE = "none", _("No interpreter was needed")
        PRESENT = "present", _("An interpreter was present")
        PHONE = "phone", _("An interpreter on the phone")
        COLLEAGUE = "colleague", _("A colleague who speaks the language")

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    recipient_kind = models.CharField(max_length=12, choices=Recipient.choices)
    recipient = models.UUIDField()  # the uid of the company or organisation
    fields = models.JSONField(default=list)  # codes of what may be told
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    wording = models.CharField(max_length=60)  # the text that was read out, by name and version
    language = models.CharField(max_length=10)
    interpreter = models.CharField(max_length=10, choices=Interpreter.choices, default=Interpreter.NONE)
    given_at = models.DateTimeField()
    until = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["recipient", "person"])]


class Recovery(models.Model):
    """Letting somebody in again whose passkeys and app are lost: one administrator opens it, another agrees in time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        OPEN = "open", _("Waits for a second administrator")
        CONFIRMED = "confirmed", _("A link is on its way")
        FINISHED = "finished", _("Let in again")
        STOPPED = "stopped", _("Stopped")
        EXPIRED = "expired", _("Ran out")

    class Checked(models.TextChoices):
        MET = "met", _("We met, and I saw an identity document or know the person well")
        CALLED = "called", _("I called a number that we had before")
        MANAGER = "manager", _("The line manager confirmed it when I called")

    uid = Uid()
    account = models.ForeignKey(Account, models.PROTECT, related_name="recoveries")
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    checked = models.CharField(max_length=10, choices=Checked.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None once confirmed: the operator
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(state__in=["asked", "open"]), name="one_recovery_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("opened_by")), name="recovery_by_two"
            ),
        ]


class Erasure(models.Model):
    """Forgetting a person: one asks, another agrees. It holds no name and no free text, so that it can stay."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for somebody to agree")
        DONE = "done", _("Erased")
        STOPPED = "stopped", _("Stopped")

    class Reason(models.TextChoices):
        WISH = "wish", _("The person has asked to be erased")
        TIME = "time", _("The time for which it may be kept is over")
        MISTAKE = "mistake", _("The person should never have been here")

    uid = Uid()
    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures")
    sign = models.CharField(max_length=20)  # the participation number, else the beginning of the person's uid
    programmes = models.JSONField(default=list)  # uids of those the person takes part or has a role in: their owners may agree
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(state="asked"), name="one_erasure_at_a_time"),
            models.CheckConstraint(condition=~models.Q(state="done") | ~models.Q(ended_by=models.F("asked_by")), name="erasure_by_two"),
        ]


class StaffMapping(models.Model):
    """Which of a staff list's columns are ours, remembered by the list's headers."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="staff_mappings")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()  # ours -> the header in the file
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "signature"], name="mapping_once")]


class StaffImport(models.Model):
    """One staff list that was brought in: its file until it is applied, what was found, what became of it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Choose columns")
        APPLIED = "applied", _("Saved")
        DISCARDED = "discarded", _("Thrown away")

    uid = Uid()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="staff_imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # deleted once applied or thrown away
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # row, column, cause, remedy: never a value of the row
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class StaffChange(models.Model):
    """Who joined, moved or left with one staff list: the names of the changed fields, not their values."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("New")
        CHANGED = "changed", _("Changed")
        LEFT = "left", _("Left")

    staff_import = models.ForeignKey(StaffImport, models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    fields = models.JSONField(default=list)


