"""Giving and ending roles."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.actions.accounts import end_all_sessions
from handrail.people.actions.persons import add_person
from handrail.people.events import RoleEnded, RoleGranted
from handrail.people.models import Account, Employment, Grant, Organisation, Person, Role, Unit
from handrail.people.rules.names import plain_email


@atomic
def grant_role(
    *,
    person: Person,
    role: str,
    programme: UUID | None = None,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Person | None,
) -> Grant:
    """Give a person a role in a programme (None: in all), for an organisation or a unit, from and to a day.

    Raises RuleBroken for an unknown role, a process leader without a municipality, a unit of another organisation, an end
    before the start, or a role that the person already holds there.
    """
    if role not in Role.values:
        raise RuleBroken(_("There is no such role."), field="role")
    if role == Role.PROCESS_LEADER and organisation is None:
        raise RuleBroken(_("Say for which municipality the person leads the process."), field="organisation")
    if unit is not None:
        if organisation is not None and unit.organisation_id != organisation.pk:
            raise RuleBroken(_("The unit belongs to another organisation."), field="unit")
        organisation = organisation or unit.organisation
    first = starts_on or clock.today()
    if ends_on is not None and ends_on < first:
        raise RuleBroken(_("The role would end before it starts. Choose a later last day."), field="ends_on")
    same = Grant.objects.filter(person=person, role=role, programme=programme, organisation=organisation, unit=unit)
    if same.filter(Q(ends_on=None) | Q(ends_on__gte=first)).exists():
        raise RuleBroken(_("The person already has this role here."), field="role")
    grant = Grant.objects.create(
        person=person, role=role, programme=programme, organisation=organisation, unit=unit, starts_on=first, ends_on=ends_on,
        given_by=by,
    )  # fmt: skip
    _forget(person)
    announce(
        RoleGranted(
            grant.uid, person.uid, role, programme, organisation.uid if organisation else None, unit.uid if unit else None
        ),
        by=by,
    )
    return grant


@atomic
def end_grant(*, grant: Grant, by: Person | None) -> Grant:
    """End a role at once; the person's devices are signed out, so that nothing open outlives the role.

    The row stays: who held which role, given by whom, is part of what an audit asks.
    """
    yesterday = clock.today() - timedelta(days=1)
    if grant.ends_on is not None and grant.ends_on <= yesterday:
        raise RuleBroken(_("This role has already ended."))
    grant.ends_on = yesterday
    grant.save(update_fields=["ends_on"])
    person = grant.person
    _forget(person)
    if account := Account.objects.filter(person=person).first():
        end_all_sessions(account=account, by=by)
    announce(
        RoleEnded(
            grant.uid, person.uid, grant.role, grant.programme, grant.organisation.uid if grant.organisation else None
        ),
        by=by,
    )
    return grant


@atomic
def name_role_holder(
    *,
    email: str,
    given_name: str,
    family_name: str,
    role: str,
    programme: UUID | None,
    organisation: Organisation | None,
    ends_on: date | None = None,
    by: Person | None,
) -> Grant:
    """Give a role to whoever has this e-mail address, adding the person when nobody in the organisation has it yet.

    Raises RuleBroken when the address stands for several people, or nobody has it and no name was given.
    """
    address = plain_email(email)
    account = Account.objects.filter(email=address, person__erased_at=None).select_related("person__identity").first()
    if account is not None:
        person = account.person
    else:
        known = Person.objects.filter(identity__email=address, erased_at=None).select_related("identity")
        staff = Employment.objects.filter(organisation=organisation, ended_on=None).values("person_id")
        holders = Grant.objects.filter(programme=programme).values("person_id")
        found = list(known.filter(Q(pk__in=staff) | Q(pk__in=holders))[:2])
        if len(found) > 1:
            raise RuleBroken(
                _("Several people have this address in the staff list. Correct the list, then try again."), field="email"
            )
        if found:
            person = found[0]
        else:
            person = add_person(given_name=given_name, family_name=family_name, email=address, by=by)
    return grant_role(person=person, role=role, programme=programme, organisation=organisation, ends_on=ends_on, by=by)


def _forget(person: Person) -> None:
    """The roles read earlier in this request no longer hold."""
    if hasattr(person, "_authority"):
        del person._authority
