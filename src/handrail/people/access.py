"""Who may do what with people and organisations."""

from __future__ import annotations

from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, managed_person_ids, persons_visible_to

SEES_PERSONS = frozenset({Role.PROCESS_LEADER, Role.LINE_MANAGER, Role.TRAINER, Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})


def needs_second_factor(person: Person) -> bool:
    """Whoever sees other people, or steers who does, signs in with a second factor."""
    return bool(authority_of(person).roles() & SEES_PERSONS) or managed_person_ids(person).exists()


def may_see_person(viewer: Person, person: Person) -> bool:
    """Whether a person's name, attendance and hours may be opened."""
    return persons_visible_to(viewer).filter(pk=person.pk).exists()


def may_import_staff(person: Person, organisation: Organisation) -> bool:
    """The organisation's own process leader brings in its staff list."""
    return authority_of(person).has(Role.PROCESS_LEADER, organisation_id=organisation.pk)
