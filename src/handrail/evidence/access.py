"""Who may do what with hours, claims and samples."""

from __future__ import annotations

from datetime import date

from handrail.evidence.models import Certificate, Claim, MonthObjection
from handrail.evidence.queries import led_organisations, months_to_countersign, participations_visible_to
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, managed_person_ids, manages_somebody
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import any_takes_part

SEES_LEDGER = frozenset({Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR})


def may_see_ledger(person: Person, programme: Programme) -> bool:
    """The ledger's totals: project owner, process leaders, auditor, and managers of somebody who takes part."""
    return sees_whole_ledger(person, programme) or manages_participants(person, programme)


def sees_whole_ledger(person: Person, programme: Programme) -> bool:
    """Whether a role in the programme opens its ledger."""
    return bool(authority_of(person).roles(programme.uid) & SEES_LEDGER)


def manages_participants(person: Person, programme: Programme) -> bool:
    """Whether somebody who takes part has this person as line manager."""
    return manages_somebody(person) and any_takes_part(programme, managed_person_ids(person))


def may_see_people(person: Person, programme: Programme) -> bool:
    """The ledger person by person: process leader (own municipality), auditor (numbers), manager (own reports); not the owner."""
    authority = authority_of(person)
    return (
        bool(led_organisations(person, programme)) or authority.has(Role.AUDITOR, programme=programme.uid)
        or manages_participants(person, programme)
    )  # fmt: skip


def may_see_every_organisation(person: Person, programme: Programme) -> bool:
    """Totals of each municipality: the project owner and the auditor."""
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in (Role.COORDINATOR, Role.AUDITOR))


def is_coordinator(person: Person, programme: Programme) -> bool:
    """The project owner's coordinator hands in months and adds rules."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def is_auditor(person: Person, programme: Programme) -> bool:
    """The funder's auditor sees and does not change."""
    return authority_of(person).has(Role.AUDITOR, programme=programme.uid)


def leads_here(person: Person, programme: Programme) -> bool:
    """A process leader of one of the programme's municipalities."""
    return bool(led_organisations(person, programme))


def takes_part(person: Person, programme: Programme) -> bool:
    """Somebody with months of their own."""
    return any_takes_part(programme, [person.pk])


def may_countersign_in(person: Person, programme: Programme) -> bool:
    """Whoever manages somebody who takes part, or leads a municipality, has a list of months to countersign."""
    return manages_participants(person, programme) or leads_here(person, programme)


def may_countersign(person: Person, certificate: Certificate) -> bool:
    """Whether this confirmed month waits for this person's signature."""
    return months_to_countersign(person).filter(pk=certificate.pk).exists()


def may_take_sheets(person: Person, programme: Programme) -> bool:
    """Monthly sheets and summary: project owner and auditor (numbers), process leader (own municipality, names)."""
    return sees_whole_ledger(person, programme)


def may_see_evidence(person: Person, programme: Programme) -> bool:
    """What was handed in: project owner, process leaders, auditor."""
    return sees_whole_ledger(person, programme)


def may_see_change(person: Person, programme: Programme) -> bool:
    """Confidence and levels before and after: project owner and process leaders; never the auditor."""
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in (Role.COORDINATOR, Role.PROCESS_LEADER))


def may_draw_in(person: Person, claim: Claim) -> bool:
    """The auditor draws samples of months that were handed in."""
    return is_auditor(person, claim.programme)


def may_settle(person: Person, objection: MonthObjection) -> bool:
    """Whoever can put it right, while it is not settled; the one who wrote it cannot."""
    return objection.made_by_id != person.pk


def may_open_person(person: Person, participation: Participation) -> bool:
    """One participant's months."""
    return participations_visible_to(person).filter(pk=participation.pk).exists()


def may_remind(person: Person, programme: Programme, month: date) -> bool:
    """A process leader reminds the own municipality's people."""
    return leads_here(person, programme)
