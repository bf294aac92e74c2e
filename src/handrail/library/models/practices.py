"""A good practice: what it is sorted by, its state with every change, its words by version and language, and what was said of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handrail.kit.ids import Uid
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.research.models import Code, Source


class Practice(models.Model):
    """One good practice, of a programme or of the installation."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        OUTDATED = "outdated", _("Out of date")
        ARCHIVED = "archived", _("Withdrawn")

    class Context(models.TextChoices):
        LOCAL = "local", _("Other local areas")
        ENTRANCE = "entrance", _("First entrance")
        HOT_SPOT = "hot_spot", _("Hot spot")

    class Services(models.TextChoices):
        BOTH = "both", _("Children's and adults' services")
        CHILDREN = "children", _("Children's services")
        ADULTS = "adults", _("Adults' services")

    class Cost(models.TextChoices):
        LOW = "low", _("Low: within what is there")
        MIDDLE = "middle", _("Middle: a part of somebody's time")
        HIGH = "high", _("High: staff or premises of its own")

    class Evidence(models.TextChoices):
        DESCRIBED = "described", _("Described")
        MONITORED = "monitored", _("Results are followed")
        EVALUATED = "evaluated", _("Evaluated, without comparison")
        COMPARED = "compared", _("Evaluated with a comparison group")

    uid = Uid()
    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")  # None: the installation's own
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    brought_by = models.CharField(max_length=150)  # the organisation as it is called on the card
    country = models.CharField(max_length=2)  # ISO 3166-1
    area = models.CharField(max_length=120, blank=True)
    context = models.CharField(max_length=8, choices=Context.choices, default=Context.LOCAL)
    services = models.CharField(max_length=8, choices=Services.choices, default=Services.BOTH)
    cost = models.CharField(max_length=6, choices=Cost.choices, default=Cost.MIDDLE)
    evidence = models.CharField(max_length=9, choices=Evidence.choices, default=Evidence.DESCRIBED)
    language = models.CharField(max_length=10)  # the original's
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    is_regular = models.BooleanField(default=False)  # has become part of a regular service
    licence = models.CharField(max_length=20, default="CC-BY-4.0")
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_agreed_at = models.DateTimeField(null=True)
    source_count = models.PositiveIntegerField(default=0)  # coded passages and answers that it was drafted from
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    shown_number = models.PositiveIntegerField(null=True)  # the version that everybody reads; None until it is published
    published_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)  # when somebody looks whether it still holds
    by_link = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on=None) | models.Q(starts_on=None) | models.Q(ends_on__gte=models.F("starts_on")), name="practice_ends_after_start"),
            models.CheckConstraint(condition=~models.Q(state="published") | models.Q(shown_number__isnull=False), name="published_has_version"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "state"]), models.Index(fields=["state", "-published_at"]), models.Index(fields=["state", "review_on"])]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.shown_number is not None and self.state != self.State.ARCHIVED


class PracticeTag(models.Model):
    """A field of work that a practice belongs to, or readers for whom it is meant."""

    class Kind(models.TextChoices):
        FIELD = "field"
        AUDIENCE = "audience"

    class Audience(models.TextChoices):
        COMMISSIONER = "commissioner", _("Commissioners")
        PROVIDER = "provider", _("Providers")
        PRACTITIONER = "practitioner", _("Practitioners")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "kind", "code"], name="practice_tag_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "code"])]


class PracticeStep(models.Model):
    """One change of a practice's state; lines are added and never changed."""

    uid = Uid()
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="history")
    state = models.CharField(max_length=9, choices=Practice.State.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class PracticeVersion(models.Model):
    """One version of the original words. A version that changes the meaning makes earlier translations out of date."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    changes_meaning = models.BooleanField(default=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "number"], name="practice_version_once")]


class PracticeText(models.Model):
    """The words of one version in one language, and the steps to do the same."""

    version = models.ForeignKey(PracticeVersion, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    parts = models.JSONField(default=dict)  # the template's field -> words
    steps = models.JSONField(default=list)  # in order: {"what", "who", "time", "cost"}
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "language"], name="practice_text_once")]

    @property
    def title(self) -> str:
        """What the practice is called in this language."""
        return str(self.parts.get("title", ""))

    @property
    def direction(self) -> str:
        """From which side it is read."""
        return "rtl" if self.language in {"ar", "fa", "ps", "ur"} else "ltr"


class PracticeStem(models.Model):
    """A word's stem by which a published practice is found; made anew whenever the words everybody reads change."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="stems")
    language = models.CharField(max_length=10)
    stem = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["stem", "language", "practice"], name="practice_stem_once")]


class Review(models.Model):
    """What one person says of one version, criterion by criterion. It waits until `done_at`, and never changes afterwards."""

    class Recommends(models.TextChoices):
        YES = "yes", _("Yes, publish it")
        PARTLY = "partly", _("After changes")
        NO = "no", _("No")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    uid = Uid()
    version = models.ForeignKey(PracticeVersion, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answers = models.JSONField(default=dict)  # criterion -> {"answer": yes, partly, no; "evidence": words}
    recommends = models.CharField(max_length=6, choices=Recommends.choices, blank=True)
    comment = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "reviewer"], name="one_review_each"),
            models.CheckConstraint(condition=models.Q(done_at=None) | ~models.Q(recommends=""), name="review_says_whether"),
        ]
        indexes: ClassVar = [models.Index(fields=["reviewer", "done_at"])]


class Whole(models.Model):
    """The toolbox as one file for use without a line, built after each change; one row."""

    content = models.BinaryField()
    digest = models.CharField(max_length=64)  # of what stands in it: the same is not built twice
    practices = models.PositiveIntegerField()
    made_at = models.DateTimeField()


class PracticeSource(models.Model):
    """Whose words a practice was drafted from: a source of a study and the code it was found under. Who takes their words back is counted no longer."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "source"], name="practice_source_once")]
