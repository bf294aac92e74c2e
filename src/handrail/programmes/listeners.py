"""What programmes hear: somebody is erased."""

from __future__ import annotations

from handrail.kit.events import on
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.programmes import actions


@on(PersonErased, from_the_top=True)
def forget_in_programmes(event: PersonErased) -> None:
    """Taking part ends; the number stays."""
    actions.forget_in_programmes(person=person_named(event.person))
