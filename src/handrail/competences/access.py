"""Who may see and change what about competences."""

from __future__ import annotations

from handrail.competences.models import Framework
from handrail.competences.queries import frameworks_edited_by, has_reports_in, leads_in, sharings_visible_to, sight_of
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Finding


def may_see_map(person: Person, programme: Programme) -> bool:
    """The owner, process leaders and line managers see groups; participants see only themselves, auditors never see ratings."""
    return leads_in(person, programme) or bool(sight_of(person, programme))


def may_see_reports(person: Person, programme: Programme) -> bool:
    """A line manager sees those of the own reports who share their levels."""
    return has_reports_in(person, programme)


def may_bring_in_framework(person: Person, programme: Programme) -> bool:
    """The project owner brings in frameworks and changes them."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def may_edit_framework(person: Person, framework: Framework) -> bool:
    """The project owner writes areas, competences and role profiles."""
    return frameworks_edited_by(person).filter(pk=framework.pk).exists()


def may_assign_profiles(person: Person, framework: Framework) -> bool:
    """A process leader says which role profile the staff of the own municipality has."""
    return bool(authority_of(person).organisation_ids(Role.PROCESS_LEADER, framework.programme.uid))


def may_see_levels(manager: Person, person: Person) -> bool:
    """A person's levels are seen by the person, and by the line manager while it is agreed."""
    return manager.pk == person.pk or sharings_visible_to(manager).filter(person=person).exists()


def may_have_levels(person: Person) -> bool:
    """Everybody may open the page about oneself."""
    return person.erased_at is None


def may_link_need(person: Person, finding: Finding) -> bool:
    """Whoever writes a framework says which needs its competences answer."""
    return frameworks_edited_by(person).exists()
