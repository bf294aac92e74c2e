"""What visitors read, and whom they can write to. No address leaves these functions."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.people.models import Person, Role
from handrail.people.queries import current_grants
from handrail.programmes.models import DevelopmentArea, Partner, Programme, TargetGroup
from handrail.programmes.queries.programmes import partners_of


@dataclass(frozen=True)
class ContactCard:
    """A municipality and, where that may stand in public, who answers there."""

    partner: Partner
    name: str
    initials: str


def areas_of(programme: Programme) -> list[DevelopmentArea]:
    """The areas in which a programme develops competence, in its own order."""
    return list(DevelopmentArea.objects.filter(programme=programme))


def target_groups_of(programme: Programme) -> list[TargetGroup]:
    """The groups that the programme's application names."""
    return list(TargetGroup.objects.filter(programme=programme))


def partners_answering(programme: Programme) -> list[Partner]:
    """Partners to whom a visitor can write: somebody there answers, or else at the project owner's."""
    partners = partners_of(programme)
    has_fallback = any(one.organisation_id == programme.owner_id and _answers(one.contact_person) for one in partners)
    return [one for one in partners if has_fallback or _answers(one.contact_person)]


def contact_cards(programme: Programme) -> list[ContactCard]:
    """Who answers where. Being named as contact person makes a name public; a protected identity stays out."""
    cards = []
    for partner in partners_answering(programme):
        person = partner.contact_person
        is_open = person is not None and _answers(person) and not person.identity.is_protected
        cards.append(
            ContactCard(partner, str(person.identity), person.identity.initials) if person is not None and is_open else ContactCard(partner, "", "")
        )
    return cards


def contact_names(programme: Programme) -> dict[int, str]:
    """The contact person's name by partner, for those inside the programme."""
    return {card.partner.pk: card.name for card in contact_cards(programme) if card.name}


def holders_for(partner: Partner) -> list[tuple[Person, str]]:
    """Who may be named as a partner's contact person: process leaders there, and the programme's coordinators."""
    grants = current_grants().filter(programme=partner.programme.uid).select_related("person__identity")
    there = grants.filter(role=Role.PROCESS_LEADER, organisation=partner.organisation)
    owners = grants.filter(role=Role.COORDINATOR)
    people = {grant.person_id: grant.person for grant in [*there, *owners]}
    open_people = [one for one in people.values() if one.identity.email and not one.identity.is_protected]
    return [(one, str(one.identity)) for one in open_people]


def _answers(person: Person | None) -> bool:
    return person is not None and person.erased_at is None and bool(person.identity.email)
