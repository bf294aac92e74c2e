"""Hears of erasures."""

from __future__ import annotations

from handrail.kit.events import on
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.placements import actions


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words go; days stay under the number."""
    actions.forget_in_placements(person=person_named(event.person))
