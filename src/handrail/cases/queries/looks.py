"""Who looked at a person's page, and whether anything waited for them there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet, Sum

from handrail.cases.models import Case, Look
from handrail.cases.queries.cases import emergency_of, is_own_case
from handrail.kit import clock, slots
from handrail.people.models import Person

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Looked:
    """How many people looked lately, and how many of their looks were without a task."""

    people: int
    without_task: int


def looks_of(case: Case) -> QuerySet[Look]:
    """Who looked at a person's page, by day, the latest first."""
    return Look.objects.filter(case=case).select_related("person__identity")


def looked_lately(case: Case) -> Looked:
    """The same of the last thirty days, in two numbers."""
    found = Look.objects.filter(case=case, day__gt=clock.today() - LATELY).aggregate(people=Count("person", distinct=True), without=Sum("without_task"))
    return Looked(found["people"], found["without"] or 0)


def has_task(person: Person, case: Case) -> bool:
    """Whether something waits for a person in a case: it is theirs, nobody has it yet, the glass is broken, or an app says that its clock has
    come to them (slot `case.task`)."""
    if case.caseworker_id is None or is_own_case(person, case):
        return True
    return emergency_of(person, case) is not None or any(slots.filled("case.task", person, case))
