"""A programme: who owns it, who takes part, what pays for it, what it aims at, and its public page."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import TranslatedText, _
from handrail.people.models import Employment, Organisation, Person


class Programme(models.Model):
    """One funded programme with its period, money and languages."""

    uid = Uid()
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=10)  # begins participation numbers
    name = TranslatedText()
    summary = TranslatedText()
    background = TranslatedText()
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    currency = models.CharField(max_length=3, default="SEK")
    funder = TranslatedText()
    funder_statement = TranslatedText()
    funder_emblem = models.CharField(max_length=40, blank=True)  # the name of an emblem shipped with the product
    is_demonstration = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.name)


class Partner(models.Model):
    """An organisation that takes part in a programme."""

    class Part(models.TextChoices):
        OWNER = "owner", _("Project owner")
        PARTICIPANT = "participant", _("Participating municipality")
        PARTNER = "partner", _("Partner")

    uid = Uid()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices)
    order = models.PositiveIntegerField(default=0)
    contact_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "organisation"], name="partner_once")]


class FundingLine(models.Model):
    """Money in a programme's budget: the whole, and the share that participation must bring."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="funding_lines")
    name = TranslatedText()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    participation_share = models.DecimalField(max_digits=6, decimal_places=5, default=0)  # 0.25 = 25 %
    source = models.CharField(max_length=300)


class DevelopmentArea(models.Model):
    """One of the areas in which a programme develops competence."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="areas")
    code = models.CharField(max_length=20)
    name = TranslatedText()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="area_once")]

    def __str__(self) -> str:
        return str(self.name)


class TargetGroup(models.Model):
    """A group of people that the programme's application names."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="target_groups")
    name = TranslatedText()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class Participation(models.Model):
    """A person who takes part in a programme for an organisation, under a number that survives the name."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=20)
    contact = models.CharField(max_length=10, choices=Employment.Contact.choices, default=Employment.Contact.UNKNOWN)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "person"], name="takes_part_once"),
            models.UniqueConstraint(fields=["programme", "number"], name="participation_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "organisation"]),
            models.Index(fields=["programme", "organisation", "contact"], condition=models.Q(left_on=None), name="who_takes_part_now"),  # counted from the index alone
        ]


class ContactMessage(models.Model):
    """What a visitor wrote to a programme through the public page; the recipient's address is never shown."""

    uid = Uid()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=150, blank=True)
    sender_email = models.EmailField()
    text = models.TextField()
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
