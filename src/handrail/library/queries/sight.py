"""Who stands where towards the library: whose programmes, whose organisations."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, current_employments, current_grants
from handrail.programmes.models import Partner, Programme

READS = (Role.COORDINATOR, Role.RESEARCHER, Role.PROCESS_LEADER, Role.TRAINER)


def programmes_read(person: Person) -> Q | None:
    """The condition on `programme` for those whose library a person reads from the inside; None where it is nobody's."""
    return _programmes(person, *READS)


def programmes_kept(person: Person) -> Q | None:
    """The condition on `programme` for those whose library a person keeps: the project owner, and for the installation's own an administrator."""
    found = _programmes(person, Role.COORDINATOR)
    if authority_of(person).is_administrator:
        own = Q(programme=None)
        found = own if found is None else found | own
    return found


def _programmes(person: Person, *roles: str) -> Q | None:
    held = [one for one in authority_of(person).held if one.role in roles]
    if any(one.programme is None for one in held):
        return Q()
    return Q(programme__uid__in={one.programme for one in held}) if held else None


def keeps(person: Person, programme: Programme | None) -> bool:
    """Whether a person keeps a library: says who reviews, and publishes."""
    if programme is None:
        return authority_of(person).is_administrator
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def reads(person: Person, programme: Programme) -> bool:
    """Whether a person reads a programme's library from the inside."""
    return bool(authority_of(person).roles(programme.uid) & set(READS))


def reads_any(person: Person) -> bool:
    """Whether a person reads any library from the inside."""
    return bool(authority_of(person).roles() & set(READS))


def writes_for(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The organisations for which a person writes practices and notes barriers: a researcher the own ones, the project owner all partners."""
    partners = Partner.objects.filter(programme=programme).values("organisation_id")
    authority = authority_of(person)
    everywhere = keeps(person, programme) or any(
        one.role == Role.RESEARCHER and one.organisation_id is None and one.programme in (None, programme.uid) for one in authority.held
    )
    if everywhere:
        return Organisation.objects.filter(pk__in=partners)
    return Organisation.objects.filter(pk__in=authority.organisation_ids(Role.RESEARCHER, programme.uid))


def acts_for(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The organisations that a person may let take up a practice: those of the own role, and of a trainer the employer's."""
    if keeps(person, programme):
        return writes_for(person, programme)
    authority, found = authority_of(person), Q(pk__in=[])
    for role in (Role.PROCESS_LEADER, Role.RESEARCHER, Role.TRAINER):
        found |= Q(pk__in=authority.organisation_ids(role, programme.uid))
    if authority.has(Role.TRAINER, programme=programme.uid):
        found |= Q(pk__in=current_employments().filter(person=person).values("organisation_id"))
    if authority.has(Role.RESEARCHER, programme=programme.uid):
        found |= Q(pk__in=writes_for(person, programme))
    return Organisation.objects.filter(found)


def reviewers_of(programme: Programme | None) -> QuerySet[Person]:
    """Who can be asked to review: a programme's researchers and its project owners; for the installation's own all researchers."""
    grants = current_grants().filter(role__in=[Role.RESEARCHER, Role.COORDINATOR])
    if programme is not None:
        grants = grants.filter(Q(programme=None) | Q(programme=programme.uid))
    return Person.objects.filter(pk__in=grants.values("person_id"), erased_at=None).select_related("identity").order_by("identity__given_name", "pk")
