"""Who may sign which months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handrail.evidence import rules
from handrail.evidence.models import Certificate
from handrail.people.models import Person, Role
from handrail.people.queries import current_employments, current_grants, led_by
from handrail.programmes.models import Programme


def valid_certificates(programme: Programme | None = None) -> QuerySet[Certificate]:
    """Months as they stand: those that no later version replaced."""
    rows = Certificate.objects.exclude(state=Certificate.State.REPLACED)
    return rows.filter(programme=programme) if programme else rows


def own_months(person: Person, programme: Programme | None = None) -> QuerySet[Certificate]:
    """A person's own months."""
    return valid_certificates(programme).filter(person=person)


def may_be_countersigned_by(person: Person) -> Q:
    """Months whose countersigning is this person's: of one's reports, and in one's municipality of those without a manager."""
    here = current_employments().filter(person=OuterRef("person"), organisation=OuterRef("organisation"))
    named = here.filter(manager__isnull=False).exclude(manager=F("person"))
    led = led_by(person, organisation="organisation_id", programme="programme__uid")
    by_line = Q(Exists(here.filter(manager=person)))
    return ~Q(person=person) & (by_line | (led & ~Q(Exists(named))))


def months_to_countersign(person: Person, programme: Programme | None = None) -> QuerySet[Certificate]:
    """Confirmed months that wait for this person's signature."""
    rows = valid_certificates(programme).filter(state=Certificate.State.CONFIRMED)
    return rows.filter(may_be_countersigned_by(person))


def countersigners_of(certificates: Iterable[Certificate]) -> dict[int, frozenset[int]]:
    """Who may countersign each of these months, as person ids by the month's id; in two queries."""
    kept = list(certificates)
    managers: dict[tuple[int, int], set[int]] = defaultdict(set)
    employed = current_employments().filter(person_id__in={one.person_id for one in kept}).exclude(manager=None)
    for person_id, organisation_id, manager_id in employed.values_list("person_id", "organisation_id", "manager_id"):
        if manager_id is not None:
            managers[person_id, organisation_id].add(manager_id)
    leaders: dict[int, list[tuple[int, object]]] = defaultdict(list)
    granted = current_grants().filter(role=Role.PROCESS_LEADER, organisation_id__in={one.organisation_id for one in kept})
    for person_id, organisation, programme in granted.values_list("person_id", "organisation_id", "programme"):
        if organisation is not None:
            leaders[organisation].append((person_id, programme))
    uids = dict(Programme.objects.filter(pk__in={one.programme_id for one in kept}).values_list("pk", "uid"))
    return {
        one.pk: rules.who_countersigns(
            one.person_id, managers=managers[one.person_id, one.organisation_id],
            process_leaders=[who for who, where in leaders[one.organisation_id] if where in (None, uids[one.programme_id])],
        )
        for one in kept
    }  # fmt: skip
