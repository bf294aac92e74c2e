"""Hears of erasures."""

from __future__ import annotations

from handrail.kit.events import on
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.placements import actions, events


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words go; days stay under the number."""
    actions.forget_in_placements(person=person_named(event.person))


@on(events.ContactEnded)
def end_links(event: events.ContactEnded) -> None:
    """Whoever is no longer a contact has no way in."""
    actions.end_company_links(contact=event.contact)
