"""Readers mark passages, one at a time; two may read the same text without seeing each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import rules
from handrail.research.events import CoderDone, DoubleCodingBegan, DoubleCodingEnded, MarkNoted, MarkRemoved, PassageMarked
from handrail.research.models import Code, Coding, CodingPart, CodingTask, SourceText
from handrail.research.queries import coding as queries
from handrail.research.queries.sources import researchers_of


@transaction.atomic
def mark_passage(*, text: SourceText, code: Code, start: int, end: int, memo: str = "", by: Person) -> Coding:
    """Mark characters of an agreed text under a code. The same mark again is the one that stands."""
    if text.agreed_at is None or text.kind != SourceText.Kind.REDACTED or text.source.withdrawn_at is not None:
        raise RuleBroken(_("A text is marked when a second reader has agreed to it."))
    _must_be_open(text)
    if code.codebook.study_id != text.source.study_id or code.retired_at is not None:
        raise RuleBroken(_("Choose a code of this study's codebook."), field="code")
    if not code.is_codable:
        raise RuleBroken(_("This code holds others together. Choose one of those under it."), field="code")
    if not queries.may_mark_now(text, by):
        raise RuleBroken(_("Two readers mark this text without seeing each other. Others wait until both are done."))
    start, end = rules.trimmed(text.body, start, end)
    if not start < end:
        raise RuleBroken(_("Choose some words first."), field="start")
    try:
        with transaction.atomic():
            made, is_new = Coding.objects.get_or_create(
                text=text, code=code, coder=by, start=start, end=end, removed_at=None, defaults={"memo": memo.strip(), "coded_at": clock.now()}
            )
    except IntegrityError:  # the same mark from a second window, at the same instant
        return Coding.objects.get(text=text, code=code, coder=by, start=start, end=end, removed_at=None)
    if is_new:
        announce(PassageMarked(text.uid, code.uid, made.uid), by=by)
    return made


@transaction.atomic
def remove_mark(*, coding: Coding, by: Person) -> Coding:
    """Take a mark back; it stays on record with its time."""
    _own(coding, by)
    if coding.removed_at is None:
        coding.removed_at = clock.now()
        coding.save(update_fields=["removed_at"])
        announce(MarkRemoved(coding.uid), by=by)
    return coding


@transaction.atomic
def note_mark(*, coding: Coding, memo: str, by: Person) -> Coding:
    """Write beside a mark why one made it."""
    _own(coding, by)
    coding.memo = memo.strip()
    coding.save(update_fields=["memo"])
    announce(MarkNoted(coding.uid), by=by)
    return coding


@transaction.atomic
def give_to_two(*, text: SourceText, coders: Sequence[Person], by: Person) -> CodingTask:
    """Let two readers mark the same text without seeing each other's marks."""
    _must_be_open(text)
    if text.agreed_at is None:
        raise RuleBroken(_("A text is marked when a second reader has agreed to it."))
    known = {one.pk for one in researchers_of(text.source.study)}
    if len({one.pk for one in coders}) != 2 or any(one.pk not in known for one in coders):
        raise RuleBroken(_("Choose two people who do research in this programme."), field="second")
    if Coding.objects.filter(text=text, removed_at=None).exclude(coder__in=coders, coder__isnull=False).exists() or text.tasks.filter(closed_at=None).exists():
        raise RuleBroken(_("Somebody else has marked this text, or two read it already. Choose a text that nobody has marked."))
    made = CodingTask.objects.create(text=text, asked_by=by, asked_at=clock.now())
    CodingPart.objects.bulk_create(CodingPart(task=made, coder=one) for one in coders)
    announce(DoubleCodingBegan(made.uid, text.uid), by=by)
    return made


@transaction.atomic
def finish_part(*, task: CodingTask, by: Person) -> CodingTask:
    """Say that one is done. When both are, how far they agreed is kept as it stood, and they see each other's marks."""
    task = CodingTask.objects.select_for_update(no_key=True).get(pk=task.pk)
    part = task.parts.filter(coder=by, done_at=None).first()
    if task.closed_at is not None or part is None:
        raise RuleBroken(_("You are done with this text already."))
    part.done_at = clock.now()
    part.save(update_fields=["done_at"])
    announce(CoderDone(task.uid), by=by)
    if not task.parts.filter(done_at=None).exists():
        task.found = {"readers": queries.coders_marks(task)}
        task.closed_at = clock.now()
        task.save(update_fields=["found", "closed_at"])
        announce(DoubleCodingEnded(task.uid, is_done=True), by=by)
    return task


@transaction.atomic
def call_off(*, task: CodingTask, by: Person) -> CodingTask:
    """End a double coding that leads nowhere; the marks stay."""
    task = CodingTask.objects.select_for_update(no_key=True).get(pk=task.pk)
    if task.closed_at is not None:
        raise RuleBroken(_("This is over already."))
    task.closed_at = clock.now()
    task.save(update_fields=["closed_at"])
    announce(DoubleCodingEnded(task.uid, is_done=False), by=by)
    return task


def _own(coding: Coding, by: Person) -> None:
    _must_be_open(coding.text)
    if coding.coder_id != by.pk:
        raise RuleBroken(_("Everybody takes back and explains their own marks."))
    if not queries.may_mark_now(coding.text, by):
        raise RuleBroken(_("You are done with this text until the other reader is, too."))


def _must_be_open(text: SourceText) -> None:
    if text.source.study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
