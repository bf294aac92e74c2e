"""The kit's own tables: journal, clock, links, intake keys, long tasks, mail, signs of life."""

from __future__ import annotations

from django.db import models

from handrail.kit.ids import Uid


class JournalEntry(models.Model):
    """One announced fact: names, ids and the names of changed fields, never their values. Append-only; no foreign keys."""

    uid = Uid()
    name = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "id"]), models.Index(fields=["by", "id"])]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class DemonstrationClock(models.Model):
    """How far the demonstration's clock stands from the machine's; one row."""

    offset = models.DurationField()


class Link(models.Model):
    """A secret that stands for a person, a purpose and an expiry; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    subject = models.UUIDField()
    person = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject"])]


class Received(models.Model):
    """A key made on the device with the digest of what came under it: the same again changes nothing."""

    key = models.CharField(max_length=200, unique=True)
    scope = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    result = models.UUIDField(null=True)
    at = models.DateTimeField()


class SetAside(models.Model):
    """Something that came under a key already used with other content, kept for a person to look at."""

    uid = Uid()
    key = models.CharField(max_length=200, db_index=True)
    scope = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    payload = models.JSONField()
    programme = models.UUIDField(null=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "sha256"], name="set_aside_once")]


class LongTask(models.Model):
    """Work that takes a while: what it does, how far it is, who asked, whether it should stop."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"

    uid = Uid()
    kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    asked_by = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.JSONField(default=dict)
    stop_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"])]


class SentMail(models.Model):
    """One mail asked for by the product: to whom, which template, whether it left. Bodies are kept in local mode only."""

    uid = Uid()
    person = models.UUIDField(null=True, db_index=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    template = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    language = models.CharField(max_length=10, default="sv")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-queued_at"])]


class SignOfLife(models.Model):
    """When a worker was last seen; tasks of a worker gone silent are handed out again."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()


class Schedule(models.Model):
    """When a repeated task last ran, so that several workers run it once."""

    name = models.CharField(max_length=100, unique=True)
    last_run_on = models.DateField(null=True)


class Throttle(models.Model):
    """How often something was tried in a window; in the database, so that limits hold with several processes."""

    key = models.CharField(max_length=64, unique=True)
    window_started_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
