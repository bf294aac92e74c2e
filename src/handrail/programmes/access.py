"""Who may do what with programmes, participants, roles and messages."""

from __future__ import annotations

from handrail.people.models import Grant, Organisation, Person, Role
from handrail.people.queries import authority_of, manages_somebody
from handrail.people.rules.roles import roles_to_give
from handrail.programmes.models import Partner, Programme
from handrail.programmes.queries import is_contact_person, organisation_ids_steered_by


def may_change_programme(person: Person, programme: Programme) -> bool:
    """The project owner's coordinator writes the public page and names contact persons."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def may_list_participants(person: Person, programme: Programme) -> bool:
    """Process leaders and line managers see names of their own, the auditor numbers, the project owner counts."""
    seen = {Role.PROCESS_LEADER, Role.LINE_MANAGER, Role.AUDITOR, Role.COORDINATOR}
    return bool(authority_of(person).roles(programme.uid) & seen) or manages_somebody(person)


def may_enrol(person: Person, programme: Programme) -> bool:
    """The process leader enrols the own municipality's staff and marks their contact with newcomers."""
    return authority_of(person).has(Role.PROCESS_LEADER, programme=programme.uid)


def may_steer_roles(person: Person, programme: Programme) -> bool:
    """Whoever may give some role somewhere in the programme."""
    return bool(organisation_ids_steered_by(person, programme))


def may_give_role(person: Person, programme: Programme, role: str, organisation: Organisation | None) -> bool:
    """Never beyond one's own scope."""
    held = authority_of(person).held
    return role in roles_to_give(held, programme=programme.uid, organisation_id=organisation.pk if organisation else None)


def may_end_role(person: Person, grant: Grant) -> bool:
    """A role that one could give, but not one's own: somebody else ends that."""
    held = authority_of(person).held
    return grant.person_id != person.pk and grant.role in roles_to_give(
        held, programme=grant.programme, organisation_id=grant.organisation_id
    )


def may_name_contact(person: Person, partner: Partner) -> bool:
    """The coordinator says who answers visitors."""
    return authority_of(person).has(Role.COORDINATOR, programme=partner.programme.uid)



def may_read_messages(person: Person, programme: Programme) -> bool:
    """Whoever answers visitors of some partner, and the coordinator."""
    return may_change_programme(person, programme) or is_contact_person(person, programme)
