"""Who holds which role, and what the one who asks may give or end."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from handrail.people.models import Grant, Identity, Organisation, Person, Role
from handrail.people.queries import (
    account_states,
    authority_of,
    current_employments,
    current_grants,
    names_visible_to,
)
from handrail.people.rules.names import search_name
from handrail.people.rules.roles import roles_to_give
from handrail.programmes.models import Partner, Programme
from handrail.programmes.queries.programmes import partners_of


@dataclass(frozen=True)
class RoleRow:
    """One role that somebody holds, with what may be done about it."""

    grant: Grant
    name: str
    initials: str
    account: str  # "open", "closed", "invited" or "" for none yet
    may_end: bool
    is_self: bool


def organisations_steered_by(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The programme's organisations for which this person may give some role."""
    return Organisation.objects.filter(pk__in=organisation_ids_steered_by(person, programme))


def organisation_ids_steered_by(person: Person, programme: Programme) -> list[int]:
    """Their ids."""
    held = authority_of(person).held
    return [one.organisation_id for one in partners_of(programme) if roles_to_give(held, programme=programme.uid, organisation_id=one.organisation_id)]


def grants_steered_by(person: Person) -> QuerySet[Grant]:
    """Roles held today that this person may end: those that they could give, but not their own."""
    authority = authority_of(person)
    rows = current_grants().filter(Q(programme__in=authority.programmes()) | Q(programme__isnull=False)).exclude(person=person)
    ids = [
        pk
        for pk, role, programme, organisation_id in rows.values_list("pk", "role", "programme", "organisation_id")
        if role in roles_to_give(authority.held, programme=programme, organisation_id=organisation_id)
    ]
    return Grant.objects.filter(pk__in=ids)


def roles_table(viewer: Person, programme: Programme) -> list[RoleRow]:
    """Who holds which role in a programme, as far as this person may steer it, in a fixed number of queries.

    Roles are public among those who work together: the names of holders may stand here, and a protected identity may not.
    """
    held = authority_of(viewer).held
    rows = current_grants().filter(programme=programme.uid).select_related("organisation", "unit", "person")
    in_scope = set(organisations_steered_by(viewer, programme).values_list("pk", flat=True))
    everywhere = bool(roles_to_give(held, programme=programme.uid, organisation_id=None))
    shown = [row for row in rows if everywhere or row.organisation_id in in_scope]
    ids = {row.person_id for row in shown}
    names = names_visible_to(viewer, ids, also=ids)
    accounts = account_states(ids)
    order = list(Role.values)
    shown.sort(key=lambda row: (order.index(row.role), str(row.organisation or ""), names[row.person_id].text))
    return [
        RoleRow(
            grant=row, name=names[row.person_id].text, initials=names[row.person_id].initials,
            account=accounts.get(row.person_id, ""), is_self=row.person_id == viewer.pk,
            may_end=row.person_id != viewer.pk
            and row.role in roles_to_give(held, programme=programme.uid, organisation_id=row.organisation_id),
        )
        for row in shown
    ]  # fmt: skip


def partners_without_process_leader(programme: Programme) -> list[Partner]:
    """Municipalities of a programme for which nobody is named as process leader today."""
    led = current_grants().filter(role=Role.PROCESS_LEADER, programme=programme.uid).values("organisation_id")
    rows = Partner.objects.filter(programme=programme, part__in=[Partner.Part.OWNER, Partner.Part.PARTICIPANT])
    return list(rows.exclude(organisation_id__in=led).select_related("organisation"))


def staff_to_name(viewer: Person, organisation: Organisation, words: str, *, at_most: int = 20) -> list[tuple[Person, str, str]]:
    """Staff of one's own municipality by name, to choose a role holder from: (person, name, job title and unit)."""
    if not words.strip() or organisation.pk not in authority_of(viewer).organisation_ids(Role.PROCESS_LEADER):
        return []
    found = Identity.objects.filter(search_name__contains=search_name(words), is_protected=False, person__erased_at=None)
    work = (
        current_employments()
        .filter(organisation=organisation, person_id__in=found.values("person_id"))
        .select_related("person__identity", "unit")
        .order_by("person__identity__search_name")[:at_most]
    )
    names = names_visible_to(viewer, [one.person_id for one in work])
    return [
        (one.person, names[one.person_id].text, ", ".join(str(part) for part in (one.job_title, one.unit) if part))
        for one in work
        if not names[one.person_id].is_hidden
    ]


def partners_steered_by(person: Person) -> QuerySet[Partner]:
    """Partners of the programmes that this person coordinates."""
    coordinated = [one.programme for one in authority_of(person).held if one.role == Role.COORDINATOR]
    rows = Partner.objects.select_related("programme", "organisation")
    return rows if None in coordinated else rows.filter(programme__uid__in=[uid for uid in coordinated if uid])


@dataclass(frozen=True)
class RoleOffer:
    """Which roles somebody may give, for which organisations, and whether also for the programme as a whole."""

    roles: frozenset[str]
    organisations: list[Organisation]
    is_everywhere: bool


def role_offer(person: Person, programme: Programme) -> RoleOffer:
    """What the form for giving a role offers this person."""
    held = authority_of(person).held
    organisations = list(organisations_steered_by(person, programme))
    everywhere = roles_to_give(held, programme=programme.uid, organisation_id=None)
    found = everywhere.union(*(roles_to_give(held, programme=programme.uid, organisation_id=one.pk) for one in organisations))
    return RoleOffer(found, organisations, bool(everywhere))


def programme_of_grant(grant: Grant) -> Programme | None:
    """The programme in which a role is held; None for a role in all of them."""
    return Programme.objects.filter(uid=grant.programme).first() if grant.programme else None


def holder_name(viewer: Person, grant: Grant) -> str:
    """The name of a role's holder, for whoever may end it."""
    return names_visible_to(viewer, [grant.person_id], also=[grant.person_id])[grant.person_id].text
