"""Findings: written, grounded on answers and quotes, put into order, shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from handrail.instruments.queries import form_of, latest_version
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import rules
from handrail.research.events import FindingGrounded, FindingShown, FindingsRanked, FindingWritten
from handrail.research.models import Coding, Finding, FindingCount, FindingQuote, SourceText, Study, StudySurvey
from handrail.research.queries.findings import count_now, counts_to_renew


@transaction.atomic
def write_finding(
    *, study: Study, kind: str, title: Mapping[str, str], text: Mapping[str, str], finding: Finding | None = None, by: Person | None
) -> Finding:
    """Write what was found in a sentence that everybody understands, or word it anew."""
    if not any(title.values()):
        raise RuleBroken(_("Say in a sentence what was found."), field="title")
    if finding is None:
        finding = Finding(study=study, made_by=by, made_at=clock.now())
    finding.kind, finding.title, finding.text = Finding.Kind(kind), dict(title), dict(text)
    finding.save()
    announce(FindingWritten(finding.uid, study.uid, finding.kind), by=by)
    return finding


@transaction.atomic
def count_for(*, finding: Finding, survey: StudySurvey, question: str, values: Sequence[str], by: Person | None) -> FindingCount:
    """Let a finding stand on an answer: how many of each group said so is counted whenever somebody looks. No values takes it away again."""
    if survey.study_id != finding.study_id:
        raise RuleBroken(_("That is of another study."), field="question")
    item = next((one for one in form_of(latest_version(survey.questionnaire)).questions() if one.name == question), None)
    if item is None or not item.choices:
        raise RuleBroken(_("Only questions with answers to choose from can be counted."), field="question")
    known = {choice.name for choice in item.choices}
    if not values or not set(values) <= known:
        raise RuleBroken(_("Choose the answers that speak for it."), field="values")
    made, _new = FindingCount.objects.update_or_create(
        finding=finding, survey=survey, question=question, defaults={"values": [one for one in values if one in known], "order": finding.counts.count(), "kept": []}
    )
    count_anew(count=made)
    announce(FindingGrounded(finding.uid, "count"), by=by)
    return made


@transaction.atomic
def count_anew(*, count: FindingCount) -> bool:
    """Count again who said it; answers whether the figures moved. They stay where they are while only a few more have answered somewhere, so that two looks tell nothing about one person."""
    now = count_now(count)
    if count.counted_at is not None and (now == count.kept or not rules.may_count_anew(count.kept, now)):
        return False
    count.kept, count.counted_at = now, clock.now()
    count.save(update_fields=["kept", "counted_at"])
    return True


def count_all_anew() -> int:
    """Count again for every finding that still stands; answers how many figures moved. Called once a day."""
    return sum(count_anew(count=one) for one in counts_to_renew())


@transaction.atomic
def drop_count(*, count: FindingCount, by: Person | None) -> None:
    """An answer no longer speaks for a finding."""
    finding = count.finding
    count.delete()
    announce(FindingGrounded(finding.uid, "count gone"), by=by)


@transaction.atomic
def quote_for(*, finding: Finding, codings: Sequence[Coding], by: Person | None) -> int:
    """Let a finding stand on exactly these marked passages, the first two shown first; answers how many."""
    for one in codings:
        if one.text.source.study_id != finding.study_id or one.text.kind == SourceText.Kind.RAW or one.text.agreed_at is None:
            raise RuleBroken(_("A passage can be quoted when a second reader has found it free of names."), field="codings")
    finding.quotes.all().delete()
    FindingQuote.objects.bulk_create(FindingQuote(finding=finding, coding=one, place=place) for place, one in enumerate(codings, 1))
    announce(FindingGrounded(finding.uid, "quotes"), by=by)
    return len(codings)


@transaction.atomic
def rank_findings(*, study: Study, order: Sequence[Finding], by: Person | None) -> int:
    """Put a study's findings into order, the most pressing first; those not named stand behind, unranked."""
    Finding.objects.filter(study=study).update(rank=None)
    for place, one in enumerate(order, 1):
        Finding.objects.filter(study=study, pk=one.pk).update(rank=place)
    announce(FindingsRanked(study.uid, len(order)), by=by)
    return len(order)


@transaction.atomic
def show_finding(*, finding: Finding, by: Person | None) -> Finding:
    """Let everybody who works here read a finding. It must stand on something."""
    if not finding.quotes.exists() and not finding.counts.exists():
        raise RuleBroken(_("It stands on nothing yet. Add an answer that is counted or a quote first."))
    finding.shown_at, finding.withdrawn_at = clock.now(), None
    finding.save(update_fields=["shown_at", "withdrawn_at"])
    announce(FindingShown(finding.uid, shown=True), by=by)
    return finding


@transaction.atomic
def withdraw_finding(*, finding: Finding, by: Person | None) -> Finding:
    """Take a finding back from those outside the study. What was built on it stays, and says so."""
    finding.withdrawn_at = clock.now()
    finding.save(update_fields=["withdrawn_at"])
    announce(FindingShown(finding.uid, shown=False), by=by)
    return finding
