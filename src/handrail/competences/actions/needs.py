"""Which need a competence answers."""

from __future__ import annotations

from django.db import transaction

from handrail.competences.events import NeedLinked
from handrail.competences.models import Competence, CompetenceNeed
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research.models import Finding


@transaction.atomic
def link_need(*, competence: Competence, finding: Finding, why: str = "", by: Person | None) -> CompetenceNeed:
    """Say that people should be able to do something because of a need that a study found."""
    if finding.kind != Finding.Kind.NEED and finding.kind != Finding.Kind.BARRIER:
        raise RuleBroken(_("A competence answers a need or a barrier."), field="finding")
    if competence.retired_at is not None:
        raise RuleBroken(_("This competence is no longer used."), field="competence")
    if CompetenceNeed.objects.filter(competence=competence, finding=finding, ended_at=None).exists():
        raise RuleBroken(_("They are linked already."), field="competence")
    made = CompetenceNeed.objects.create(competence=competence, finding=finding, why=why.strip(), linked_by=by, linked_at=clock.now())
    announce(NeedLinked(competence.uid, finding.uid, linked=True), by=by)
    return made


@transaction.atomic
def unlink_need(*, need: CompetenceNeed, by: Person | None) -> None:
    """The competence no longer answers the need; that it did stays."""
    if CompetenceNeed.objects.filter(pk=need.pk, ended_at=None).update(ended_at=clock.now()):
        announce(NeedLinked(need.competence.uid, need.finding.uid, linked=False), by=by)
