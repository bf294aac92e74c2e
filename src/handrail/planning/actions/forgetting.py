"""What plans forget of somebody who is erased: seats, refusals and moves with their reasons, decisions, and when they could not come."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from handrail.kit.disclosure import INSIDE
from handrail.people.models import Employment, Person
from handrail.planning.models import Availability, Pin, Plan, PlanMove, PlanRefusal, PlanSeat

GROUPS = ("by_unit", "by_profession")


@transaction.atomic
def forget_in_plans(*, person: Person) -> None:
    """A plan's totals stay as they were computed; what it said of the person goes, and figures of groups under five among which they were."""
    plans = {pk for model in (PlanSeat, PlanRefusal, PlanMove) for pk in model.objects.filter(person=person).values_list("plan_id", flat=True)}
    units = set(Employment.objects.filter(person=person).values_list("organisation_id", "unit_id"))
    for plan in Plan.objects.filter(pk__in=plans):
        if _drop_small(plan, {(organisation, unit or 0) for organisation, unit in units}):
            plan.save(update_fields=["facts"])
    forget_seats([person.pk])
    Pin.objects.filter(person=person).delete()
    Availability.objects.filter(person=person).delete()


def forget_seats(person_ids: Iterable[int], plan: Plan | None = None) -> None:
    """Drop what plans (or one) say of these persons."""
    for model in (PlanSeat, PlanRefusal, PlanMove):
        rows = model.objects.filter(person_id__in=list(person_ids))
        (rows if plan is None else rows.filter(plan=plan)).delete()


def _drop_small(plan: Plan, units: set[tuple[int, int]]) -> bool:
    """Take the rows of small groups out: of the person's units, and of professions. They were never shown; nor is anything else changed."""
    changed = False
    for facts in (plan.facts, plan.facts.get("beside", {})):
        for group in GROUPS:
            rows = facts.get(group, [])
            kept = [row for row in rows if row[3] >= INSIDE.counts or (group == "by_unit" and tuple(row[0]) not in units)]
            if len(kept) < len(rows):
                facts[group], changed = kept, True
    return changed
