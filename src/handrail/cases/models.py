"""A person on the way into work: what they can and want, what they need with steps, and sealed notes that stand apart.

Legal status has no field here: nothing depends on it. Where somebody must note it, it is a sealed note like health.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.curriculum.models import Module
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Participation, Programme


class Case(models.Model):
    """One person in one programme, looked after by one caseworker. Coming back opens no second case."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    participation = models.OneToOneField(Participation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # whose caseworker it is
    caseworker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20)  # the participation number, beside it so that lists need no join
    external_key = models.CharField(max_length=60, blank=True)  # the key in the workbook that somebody came from
    search_name = models.CharField(max_length=220, blank=True, db_index=True)  # a copy for lists; emptied when the person is erased
    opened_on = models.DateField()
    strengths = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    experience = models.TextField(blank=True)
    hours_wanted = models.PositiveIntegerField(null=True)  # a week
    travel_minutes = models.PositiveIntegerField(null=True)  # at most, one way
    interpreter = models.CharField(max_length=10, blank=True)  # the language in which an interpreter is wanted

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "person"], name="case_once"),
            models.UniqueConstraint(fields=["programme", "external_key"], condition=~models.Q(external_key=""), name="case_once_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "organisation", "number"]),
            models.Index(fields=["caseworker", "number"]),
            models.Index(fields=["programme", "opened_on"]),
            models.Index(fields=["programme", "search_name", "id"]),  # the list's order: the last page costs what the first costs
        ]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """One stay in the programme; who comes back has a second entry in the same case."""

    class Reason(models.TextChoices):
        WORK = "work", _("In work")
        EDUCATION = "education", _("In education")
        MOVED = "moved", _("Moved away")
        NOT_NOW = "not_now", _("Not able to go on now")  # never why: that would be health
        OWN_WISH = "own_wish", _("Does not want to go on")
        CONTACT = "contact", _("Contact was lost")
        OTHER = "other", _("Another reason")

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["started_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_on=None), name="one_open_entry"),
            models.CheckConstraint(condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")), name="entry_ends_after_start"),
        ]


class CaseLanguage(models.Model):
    """A language somebody speaks, and how well."""

    class Level(models.TextChoices):
        A1 = "A1", _("A1, single words")
        A2 = "A2", _("A2, everyday things")
        B1 = "B1", _("B1, gets by at work")
        B2 = "B2", _("B2, talks freely")
        C1 = "C1", _("C1 or more")
        FIRST = "first", _("First language")

    case = models.ForeignKey(Case, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=10)  # BCP 47
    level = models.CharField(max_length=6, choices=Level.choices)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "code"], name="language_once")]


class Need(models.Model):
    """Something a person needs on the way, by field of life, in words that one could read together."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MET = "met", _("Met")
        DROPPED = "dropped", _("No longer needed")

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    domain = models.CharField(max_length=20)  # of data/domains.toml
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class Step(models.Model):
    """A dated step towards a need: legal help, job orientation, language, mediation, a doctor …; the company never sees it."""

    uid = Uid()
    need = models.ForeignKey(Need, models.CASCADE, related_name="steps")
    title = models.CharField(max_length=200)
    helper = models.CharField(max_length=120, blank=True)  # who helps: an association, a lawyer, a teacher
    module = models.ForeignKey(Module, models.PROTECT, null=True, related_name="+")  # the course it is, where it is one
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [models.Index(fields=["done_on", "due_on"])]


class SealedNote(models.Model):
    """A note of special categories, sealed under the person's key: only named roles open it, with a reason, and each opening is on record."""

    class Kind(models.TextChoices):
        HEALTH = "health", _("Health")
        TRAUMA = "trauma", _("What happened before")
        FAMILY = "family", _("Family and safety")
        STATUS = "status", _("Legal status")

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="sealed_notes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sealed = models.BinaryField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]


class NoteOpening(models.Model):
    """Somebody opened a sealed note: who, when, why. Written before the note is shown."""

    uid = Uid()
    note = models.ForeignKey(SealedNote, models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    is_emergency = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-id"]


class EmergencyAccess(models.Model):
    """Breaking the glass: somebody outside the case reads its sealed notes for a short while, and everybody who must know is told."""

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="emergencies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]


class StarTalk(models.Model):
    """One talk about the way towards work, in which both sides said where they see the person; or the person's own word by link."""

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="star_talks")
    held_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    by_link = models.BooleanField(default=False)  # the person's own side alone, from their own page

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "held_on", "by_link"], name="star_once_a_day")]


class StarReading(models.Model):
    """Where one side sees the person on one point of the star, from 1 to 10. Never averaged with the other side."""

    class Side(models.TextChoices):
        CITIZEN = "citizen", _("The person")
        CASEWORKER = "caseworker", _("The caseworker")

    talk = models.ForeignKey(StarTalk, models.CASCADE, related_name="readings")
    side = models.CharField(max_length=10, choices=Side.choices)
    dimension = models.CharField(max_length=20)  # of data/star.toml
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "side", "dimension"], name="star_point_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=10), name="star_from_1_to_10"),
        ]


class Referral(models.Model):
    """One organisation asks another to help a person, who agreed to what may be told. What the other sees is read from the consent each time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        DONE = "done", _("Done")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asks = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    referred_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was declined
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "receiver"], condition=models.Q(state__in=["asked", "accepted"]), name="one_referral_at_a_time")
        ]
        indexes: ClassVar = [models.Index(fields=["receiver", "state"])]


class Conflict(models.Model):
    """Somebody on the programme's side who must not see a case, whatever role they hold (security.md T2). They are not told, and find nothing."""

    class Tie(models.TextChoices):  # never words about the two of them: those would be about somebody's private life
        RELATIVE = "relative", _("Relative")
        PARTNER = "partner", _("Partner or former partner")
        NEIGHBOUR = "neighbour", _("Neighbour or friend")
        DEPENDENT = "dependent", _("One depends on the other, at work or for money")
        WISH = "wish", _("The person does not want it")
        OTHER = "other", _("Another reason")

    uid = Uid()
    case = models.ForeignKey(Case, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    tie = models.CharField(max_length=10, choices=Tie.choices)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person"], condition=models.Q(lifted_at=None), name="conflict_once")]
        indexes: ClassVar = [models.Index(fields=["person", "lifted_at"])]


class Look(models.Model):
    """Somebody opened a person's page on a day: how often, and how often without anything that waited for them there.

    A row a person and a day, so that it stays cheap and can be read; the journal holds the first look of each day.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="looks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    without_task = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day", "-last_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person", "day"], name="look_once_a_day")]
