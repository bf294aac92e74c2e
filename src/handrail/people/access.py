"""Who may do what with people and organisations."""

from __future__ import annotations

from uuid import UUID

from handrail.people.models import Erasure, Organisation, Person, Recovery, Role
from handrail.people.queries import (
    Authority,
    administers_all,
    authority_of,
    current_employments,
    current_grants,
    erasures_visible_to,
    manages_somebody,
    may_agree_to,
    persons_to_erase,
    persons_visible_to,
)
from handrail.people.rules.roles import roles_to_give

SEES_PERSONS = frozenset({Role.PROCESS_LEADER, Role.LINE_MANAGER, Role.TRAINER, Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR,
                         Role.PLACEMENT_COORDINATOR, Role.CASEWORKER, Role.COMPANY_CONSULTANT, Role.MENTOR, Role.RESEARCHER})  # fmt: skip


def needs_second_factor(person: Person) -> bool:
    """Whoever sees other people, or steers who does, signs in with a second factor."""
    return bool(authority_of(person).roles() & SEES_PERSONS) or manages_somebody(person)


def may_have_account(person: Person) -> bool:
    """Everybody who is signed in looks after their own password, second factor and devices."""
    return person.erased_at is None


def may_see_person(viewer: Person, person: Person) -> bool:
    """Whether a person's name, attendance and hours may be opened."""
    return persons_visible_to(viewer).filter(pk=person.pk).exists()


def may_import_staff(person: Person, organisation: Organisation) -> bool:
    """The organisation's own process leader brings in its staff list."""
    return authority_of(person).has(Role.PROCESS_LEADER, organisation_id=organisation.pk)


def may_invite(person: Person, invited: Person) -> bool:
    """A process leader invites the own municipality's staff; whoever steers somebody's role invites them to it."""
    authority = authority_of(person)
    led = authority.organisation_ids(Role.PROCESS_LEADER)
    is_staff = current_employments().filter(person=invited, organisation_id__in=led).exists()
    return person.pk != invited.pk and (is_staff or _steers_some(authority, invited))


def may_close_account(person: Person, other: Person) -> bool:
    """As inviting, but only if no role of the other lies beyond one's own scope; never one's own account."""
    return may_invite(person, other) and all(
        role in roles_to_give(authority_of(person).held, programme=programme, organisation_id=organisation_id)
        for role, programme, organisation_id in _roles(other)
    )


def may_recover(person: Person) -> bool:
    """Administrators of the whole installation let people in again; two of them for each."""
    return administers_all(person)


def may_see_recovery(person: Person, recovery: Recovery) -> bool:
    """As opening them."""
    return administers_all(person)


def may_ask_erasure(person: Person, other: Person) -> bool:
    """A process leader asks to erase who works or has worked in the own municipality, whoever steers somebody's role asks for them, and
    whoever accompanies somebody on their way. Nobody for themselves."""
    return person.pk != other.pk and other.erased_at is None and persons_to_erase(person).filter(pk=other.pk).exists()


def may_see_erasures(person: Person) -> bool:
    """Whoever may ask for erasures or agree to them: process leaders, caseworkers, placement coordinators, project owners, administrators."""
    return bool(authority_of(person).roles() & {Role.PROCESS_LEADER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.CASEWORKER, Role.PLACEMENT_COORDINATOR})


def may_see_erasure(person: Person, erasure: Erasure) -> bool:
    """Whoever asked, and those who may agree to it; never the person."""
    return erasures_visible_to(person).filter(pk=erasure.pk).exists()


def may_agree_to_erasure(person: Person, erasure: Erasure) -> bool:
    """The owner of a programme that the person is in, or an administrator of the whole installation; never who asked, never the person."""
    return erasure.state == Erasure.State.ASKED and may_agree_to(person, erasure)


def _steers_some(authority: Authority, other: Person) -> bool:
    return any(
        role in roles_to_give(authority.held, programme=programme, organisation_id=organisation_id)
        for role, programme, organisation_id in _roles(other)
    )


def _roles(person: Person) -> list[tuple[str, UUID | None, int | None]]:
    return list(current_grants().filter(person=person).values_list("role", "programme", "organisation_id"))
