"""Mentors, whom they stand beside, minutes of contact, own notes; a person's lifeline with its calls, and who was told of each."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models

from handrail.cases.models import Case
from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


class Terms(models.Model):
    """What a programme agreed: within how many minutes a call is answered, when it is night, after how many days a mentor is too quiet."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    answer_minutes = models.PositiveIntegerField(default=30)
    quiet_from = models.TimeField(default=time(22))  # at night the clock of a call stands still
    quiet_until = models.TimeField(default=time(7))
    quiet_days = models.PositiveIntegerField(default=14)


class DraftLanguage(models.Model):
    """A language whose texts no native speaker has read, switched on knowingly: by whom and when."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)  # of data/lifeline.toml
    switched_on_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    switched_on_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="draft_language_once")]


class Mentor(models.Model):
    """Somebody who stands beside people in a programme: how many at most, in which languages, when one can be reached."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # whose mentor it is
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)  # BCP 47
    capacity = models.PositiveIntegerField(default=2)
    hours = models.CharField(max_length=120, blank=True)  # when one can be reached, in words
    phone = models.CharField(max_length=30, blank=True)
    shows_phone = models.BooleanField(default=False)  # agreed that mentees are shown the number
    recruited_on = models.DateField()
    prepared_on = models.DateField(null=True)
    prepared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "person"], name="mentor_once")]

    def __str__(self) -> str:
        return str(self.uid)  # never a name: this reaches logs


class Mentorship(models.Model):
    """One mentor beside one person, from a day until it ends; somebody else may stand behind them."""

    class Reason(models.TextChoices):
        DONE = "done", _("The person manages without")
        MENTOR = "mentor", _("The mentor cannot go on")
        PERSON = "person", _("The person wants another mentor")
        OTHER = "other", _("Another reason")
        STAY = "stay", _("The stay in the programme ended")
        ERASED = "erased", _("Somebody was erased")

    uid = Uid()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="mentorships")
    backup = models.ForeignKey(Mentor, models.CASCADE, null=True, related_name="stands_behind")
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    reach = models.CharField(max_length=80, blank=True)  # how the mentor reaches the person
    next_on = models.DateField(null=True)  # the agreed next contact
    next_where = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_on=None), name="one_mentor_at_a_time"),
            models.CheckConstraint(condition=models.Q(backup=None) | ~models.Q(backup=models.F("mentor")), name="backup_is_somebody_else"),
        ]


class MentorNote(models.Model):
    """What a mentor keeps for themselves about one person: sealed under that person's key, gone when the mentorship ends."""

    mentorship = models.OneToOneField(Mentorship, models.CASCADE, related_name="note")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()


class Lifeline(models.Model):
    """A person's link to the mentor: the language of its page, and by whom it was made. The secret itself is kept nowhere."""

    uid = Uid()
    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)  # of data/lifeline.toml
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Call(models.Model):
    """Somebody asked for their mentor. It holds times alone, no words: what was talked about stays between two people."""

    class End(models.TextChoices):
        REACHED = "reached", _("Reached")
        TAKEN_BACK = "taken_back", _("Taken back")
        CLOSED = "closed", _("Closed")

    uid = Uid()
    lifeline = models.ForeignKey(Lifeline, models.CASCADE, related_name="calls")
    mentorship = models.ForeignKey(Mentorship, models.CASCADE, null=True, related_name="calls")  # None: there was no mentor, the coordinator is told
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # when the next one is told if nobody was reached; None: nobody is left to tell
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["lifeline"], condition=models.Q(ended_at=None), name="one_open_call")]
        indexes: ClassVar = [models.Index(fields=["next_at"], condition=models.Q(ended_at=None), name="calls_that_wait")]


class CallStep(models.Model):
    """Who was told of a call, in which turn; each turn once, whatever happens to a worker in the middle."""

    class Turn(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        BACKUP = "backup", _("Back-up")
        COORDINATOR = "coordinator", _("Coordinator")

    call = models.ForeignKey(Call, models.CASCADE, related_name="steps")
    turn = models.CharField(max_length=12, choices=Turn.choices)
    told_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "turn"], name="told_once_a_turn")]


class Contact(models.Model):
    """Minutes that a mentor spent with a person on a day."""

    class How(models.TextChoices):
        MET = "met", _("Met in person")
        PHONE = "phone", _("Phone")
        MESSAGE = "message", _("Message")

    uid = Uid()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, models.CASCADE, null=True, related_name="contacts")  # the mentor, or the back-up in their place; None: the coordinator
    call = models.OneToOneField(Call, models.CASCADE, null=True, related_name="contact")  # where somebody had asked
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [models.Index(fields=["mentor", "day"]), models.Index(fields=["case", "day"])]
