"""Whom a person may see, as querysets: one's self, one's reports, one's municipality's staff."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.kit import clock
from handrail.kit.kept import once
from handrail.people.models import Employment, Organisation, Person, Role
from handrail.people.queries.authority import authority_of, current_grants


def current_employments() -> QuerySet[Employment]:
    """Employments that hold today."""
    today = clock.today()
    return Employment.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today))


def managed_person_ids(person: Person) -> QuerySet[Employment, int]:
    """The persons who have this one as their line manager today."""
    return current_employments().filter(manager=person).values_list("person_id", flat=True)


def manages_somebody(person: Person) -> bool:
    """Whether anybody has this person as line manager today; asked once a page."""
    return once("manages", [person.pk], lambda: managed_person_ids(person).exists())


def organisations_led(person: Person) -> list[Organisation]:
    """The organisations that this person leads the process of, by name; asked once a page."""
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER)
    return once("led", [person.pk, led], lambda: list(Organisation.objects.filter(pk__in=led))) if led else []


def managers_of(person: Person) -> QuerySet[Person]:
    """A person's line managers today."""
    return Person.objects.filter(pk__in=current_employments().filter(person=person).values("manager_id"))


def persons_visible_to(person: Person) -> QuerySet[Person]:
    """Persons whose name and attendance this one may open: oneself, one's reports, one's own municipality's staff.

    The project owner sees totals, the auditor numbers, the administrator neither (issue, "Who may see what").
    """
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER)
    work = current_employments().filter(Q(manager=person) | Q(organisation_id__in=led), person=OuterRef("pk"))
    return Person.objects.filter(Q(pk=person.pk) | Exists(work), erased_at=None)  # asked row by row: a page of a long list asks for a page


def employments_visible_to(person: Person) -> QuerySet[Employment]:
    """Current employments of the persons this one may see, within the organisations that make them visible."""
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER)
    return current_employments().filter(Q(person=person) | Q(manager=person) | Q(organisation_id__in=led))


def organisations_visible_to(person: Person) -> QuerySet[Organisation]:
    """The organisations for which a person holds a role or works."""
    authority = authority_of(person)
    ids = {one.organisation_id for one in authority.held if one.organisation_id}
    return Organisation.objects.filter(
        Q(pk__in=ids) | Q(pk__in=current_employments().filter(person=person).values("organisation_id"))
    )


def person_named(uid: UUID) -> Person:
    """The person whom an event names, erased or not."""
    return Person.objects.get(uid=uid)


def organisation_count() -> int:
    """How many organisations this installation holds."""
    return Organisation.objects.count()


def persons_steered_by(person: Person) -> QuerySet[Person]:
    """Persons whose way in this one may look after: the own municipality's staff, and holders of roles in one's own scope.

    Which of them may be invited or closed out is for `access` to say.
    """
    authority = authority_of(person)
    led = authority.organisation_ids(Role.PROCESS_LEADER)
    steered = [one.programme for one in authority.held if one.role in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    holders = current_grants().filter(Q(organisation_id__in=led) | Q(programme__in=[uid for uid in steered if uid]))
    if None in steered:
        holders = current_grants()
    staff = current_employments().filter(organisation_id__in=led)
    return Person.objects.filter(Q(pk__in=staff.values("person_id")) | Q(pk__in=holders.values("person_id"))).filter(
        erased_at=None
    ).select_related("identity")
