"""Finds modules and learning outcomes, starting from what a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from handrail.competences.models import Competence
from handrail.curriculum.models import LearningOutcome, Module
from handrail.curriculum.rules import Warning, from_level, module_warnings, wording_warnings
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


def modules_visible_to(person: Person) -> QuerySet[Module]:
    """The modules of the programmes that a person has to do with."""
    return Module.objects.filter(programme__in=programmes_visible_to(person)).select_related("programme", "requires")


def outcomes_visible_to(person: Person) -> QuerySet[LearningOutcome]:
    """The learning outcomes of those modules."""
    return LearningOutcome.objects.filter(module__in=modules_visible_to(person)).select_related(
        "module__programme", "competence__area"
    )


def competences_of(programme: Programme) -> QuerySet[Competence]:
    """The competences that an outcome of this programme may lead to."""
    return Competence.objects.filter(framework__programme=programme, retired_at=None).select_related("area")


def other_modules(programme: Programme, module: Module | None = None) -> QuerySet[Module]:
    """The modules that a module may ask for."""
    rows = Module.objects.filter(programme=programme, retired_at=None)
    return rows.exclude(pk=module.pk) if module else rows


def outcomes_of(module_ids: Iterable[int]) -> dict[int, list[LearningOutcome]]:
    """Outcomes by module, with their competences, in one query."""
    found: dict[int, list[LearningOutcome]] = {}
    for outcome in LearningOutcome.objects.filter(module_id__in=list(module_ids)).select_related("competence__area"):
        found.setdefault(outcome.module_id, []).append(outcome)
    return found


@dataclass(frozen=True)
class OutcomeRow:
    """A learning outcome as a screen shows it."""

    outcome: LearningOutcome
    start: int
    warnings: list[Warning]


@dataclass
class ModuleRow:
    """A module in the list, with what it leads to and what to look at."""

    module: Module
    outcomes: list[OutcomeRow]
    warnings: list[Warning]
    competences: list[Competence] = field(default_factory=list)

    @property
    def warning_count(self) -> int:
        """How many things to look at in the module and its outcomes."""
        return len(self.warnings) + sum(len(row.warnings) for row in self.outcomes)


def module_row(module: Module, outcomes: Iterable[LearningOutcome]) -> ModuleRow:
    """A module with its outcomes and their warnings."""
    rows = [
        OutcomeRow(
            one, from_level(one.to_level, one.adds),
            list({w.code: w for text in one.statement.values() for w in wording_warnings(text)}.values()),
        )
        for one in outcomes
    ]  # fmt: skip
    competences = list({row.outcome.competence_id: row.outcome.competence for row in rows}.values())
    return ModuleRow(module, rows, module_warnings(outcomes=len(rows), minutes=module.minutes), competences)


def modules_by_area(rows: Iterable[ModuleRow]) -> list[tuple[Any, list[ModuleRow]]]:
    """Modules under the areas that their outcomes lead to; one module may stand under several. Without an outcome: under None, first."""
    areas: dict[int | None, tuple[Any, list[ModuleRow]]] = {}
    for row in rows:
        found: dict[int | None, Any] = {one.area_id: one.area for one in row.competences} or {None: None}
        for area_id, area in found.items():
            areas.setdefault(area_id, (area, []))[1].append(row)
    return sorted(areas.values(), key=lambda pair: (pair[0] is not None, pair[0].order if pair[0] else 0, pair[0].pk if pair[0] else 0))
