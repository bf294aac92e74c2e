"""Hears of erasures and of emergencies."""

from __future__ import annotations

from handrail.cases import actions, events, tasks
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words go at once; the key goes when the erasure is committed, and with it every copy in backups."""
    actions.forget_in_cases(person=person_named(event.person))
    later(tasks.forget_key, person=event.person)


@on(events.GlassBroken)
def tell_of_emergency(event: events.GlassBroken) -> None:
    """Whoever must know."""
    later(tasks.tell_of_emergency, emergency=event.emergency)
