"""Studies, starting from who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Study


def studies_visible_to(person: Person) -> QuerySet[Study]:
    """The studies of programmes that one coordinates or does research in."""
    return Study.objects.filter(_by_role(person, Role.COORDINATOR, Role.RESEARCHER)).select_related("programme", "coordinator")


def steered_studies(person: Person) -> QuerySet[Study]:
    """The studies that a person holds together: the project owner, and researchers of the organisation that coordinates."""
    held = Q(pk__in=[])
    for one in authority_of(person).held:
        if one.role == Role.RESEARCHER and one.organisation_id is not None:
            here = Q(coordinator=one.organisation_id)
            held |= here if one.programme is None else here & Q(programme__uid=one.programme)
    return Study.objects.filter(_by_role(person, Role.COORDINATOR) | held).select_related("programme", "coordinator")


def organisations_researched(person: Person, programme: Programme) -> frozenset[int] | None:
    """The organisations for which a person does research in a programme; None for all of them (a researcher of the whole consortium)."""
    authority = authority_of(person)
    if any(one.role == Role.RESEARCHER and one.organisation_id is None and one.programme in (None, programme.uid) for one in authority.held):
        return None
    return authority.organisation_ids(Role.RESEARCHER, programme.uid)


def _by_role(person: Person, *roles: str) -> Q:
    held = [one for one in authority_of(person).held if one.role in roles]
    if any(one.programme is None for one in held):
        return Q()
    return Q(programme__uid__in={one.programme for one in held})
