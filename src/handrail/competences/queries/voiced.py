"""Which needs stand behind competences, and which competences answer a need, with the gap as the map shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from handrail.competences.models import Competence, CompetenceNeed, Framework
from handrail.competences.queries.frameworks import TreeArea, frameworks_edited_by, frameworks_visible_to, tree_of
from handrail.competences.queries.needs import DrawnNeed, drawn_needs
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.research.models import Finding
from handrail.research.queries import findings_visible_to

SEES_GAPS = frozenset({Role.COORDINATOR, Role.PROCESS_LEADER, Role.RESEARCHER})


@dataclass(frozen=True)
class Answering:
    """A competence that answers a need: how many lack it, where the reader may know, and whether the reader may undo the link."""

    need: CompetenceNeed
    gap: DrawnNeed | None
    may_end: bool

    @property
    def competence(self) -> Competence:
        """The competence itself."""
        return self.need.competence


def answering(finding: Finding, person: Person) -> list[Answering]:
    """The competences that answer a need, of the frameworks that a person reads."""
    rows = (
        CompetenceNeed.objects.filter(finding=finding, ended_at=None, competence__framework__in=frameworks_visible_to(person))
        .select_related("competence__framework__programme", "competence__area").order_by("competence__framework_id", "competence__area__order", "competence__order")
    )  # fmt: skip
    authority = authority_of(person)
    edited = set(frameworks_edited_by(person).filter(pk__in={one.competence.framework_id for one in rows}).values_list("pk", flat=True))
    gaps: dict[int, dict[int, DrawnNeed]] = {}
    found = []
    for one in rows:
        framework = one.competence.framework
        if framework.pk not in gaps:
            gaps[framework.pk] = drawn_needs(framework) if authority.roles(framework.programme.uid) & SEES_GAPS else {}
        found.append(Answering(one, gaps[framework.pk].get(one.competence.pk), framework.pk in edited))
    return found


def needs_of_competence(competence: Competence, person: Person) -> list[Finding]:
    """The needs that one competence answers, the most pressing first."""
    return needs_behind([competence.pk], person).get(competence.pk, [])


def needs_behind(competences: Collection[int], person: Person) -> dict[int, list[Finding]]:
    """By competence the needs that it answers, as far as a person reads them."""
    found: dict[int, list[Finding]] = {}
    rows = CompetenceNeed.objects.filter(competence__in=competences, ended_at=None, finding__in=findings_visible_to(person)).select_related("finding__study__programme")
    for one in sorted(rows, key=lambda row: (row.finding.rank is None, row.finding.rank or 0, row.pk)):
        found.setdefault(one.competence_id, []).append(one.finding)
    return found


def competences_to_link(person: Person, finding: Finding) -> QuerySet[Competence]:
    """The competences of one's own frameworks that do not answer the need yet."""
    linked = CompetenceNeed.objects.filter(finding=finding, ended_at=None).values("competence")
    rows = Competence.objects.filter(framework__in=frameworks_edited_by(person), retired_at=None).exclude(pk__in=linked)
    return rows.select_related("framework", "area").order_by("framework_id", "area__order", "order")


def needs_edited_by(person: Person) -> QuerySet[CompetenceNeed]:
    """The links that a project owner may undo."""
    return CompetenceNeed.objects.filter(competence__framework__in=frameworks_edited_by(person), ended_at=None).select_related("competence__framework", "finding")


def tree_with_needs(framework: Framework, person: Person) -> list[TreeArea]:
    """Areas and competences as one tree, each competence with the needs that it answers; one query more than the tree."""
    tree = tree_of(framework)
    needs = needs_behind([row.competence.pk for area in tree for row in area.rows], person)
    for area in tree:
        for row in area.rows:
            row.needs = list(needs.get(row.competence.pk, []))
    return tree
