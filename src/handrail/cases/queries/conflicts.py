"""Who must not see a case, whatever role they hold. Every way to a case goes through `out_of_conflict`."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from handrail.cases.models import Case, Conflict
from handrail.people.models import Person, Role
from handrail.people.queries import current_grants

SIDE = (Role.CASEWORKER, Role.PLACEMENT_COORDINATOR, Role.COMPANY_CONSULTANT, Role.MENTOR)  # who may come upon a case by their role


def out_of_conflict(person: Person, case: str = "pk") -> Q:
    """The condition that a person is not kept away from a case; `case` leads to it from the row that is asked for."""
    return ~Q(**{f"{case}__in": Conflict.objects.filter(person=person, lifted_at=None).values("case_id")})


def conflicts_with(person: Person) -> set[int]:
    """The ids of the cases from which a person is kept away."""
    return set(Conflict.objects.filter(person=person, lifted_at=None).values_list("case_id", flat=True))


def kept_away_from(cases: Iterable[int]) -> list[tuple[int, int]]:
    """Who must not see which of these cases: ids of case and person."""
    return list(Conflict.objects.filter(case__in=cases, lifted_at=None).values_list("case_id", "person_id"))


def is_kept_away(person: Person, case: Case) -> bool:
    """Whether a person must not see a case; asked once for each case in hand."""
    return person.pk in _known(case)


def has_conflicts(case: Case) -> bool:
    """Whether anybody is kept away from a case; asked once for each case in hand, as the above."""
    return bool(_known(case))


def _known(case: Case) -> set[int]:
    known: set[int] | None = getattr(case, "_kept_away", None)
    if known is None:
        known = kept_away(case)
        case._kept_away = known  # type: ignore[attr-defined]
    return known


def kept_away(case: Case) -> set[int]:
    """The ids of those who must not see a case now."""
    return set(Conflict.objects.filter(case=case, lifted_at=None).values_list("person_id", flat=True))


def conflicts_of(case: Case) -> QuerySet[Conflict]:
    """Who must not see a case, the latest first."""
    return Conflict.objects.filter(case=case, lifted_at=None).select_related("person__identity", "noted_by__identity")


def persons_to_keep_away(case: Case) -> QuerySet[Person]:
    """Whom their role in the programme might lead to a case, and who is not kept away from it yet, by name."""
    grants = current_grants().filter(Q(programme=None) | Q(programme=case.programme.uid), role__in=SIDE)
    rows = Person.objects.filter(pk__in=grants.values("person_id"), erased_at=None).exclude(pk__in=kept_away(case)).exclude(pk=case.person_id)
    return rows.select_related("identity").order_by("identity__search_name", "pk")


def coordinators_left(case: Case, *, without: Person) -> bool:
    """Whether some placement coordinator still sees a case once this person does not: somebody must be able to take it back."""
    grants = current_grants().filter(
        Q(programme=None) | Q(programme=case.programme.uid), Q(organisation=None) | Q(organisation=case.organisation_id), role=Role.PLACEMENT_COORDINATOR
    )
    return grants.exclude(person__in=kept_away(case) | {without.pk}).filter(person__erased_at=None).exists()
