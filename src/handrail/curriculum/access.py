"""Who may change modules."""

from __future__ import annotations

from handrail.curriculum.models import LearningOutcome, Module
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def may_see_modules(person: Person, programme: Programme) -> bool:
    """Everybody in a programme may read what it teaches."""
    return True


def may_edit_modules(person: Person, programme: Programme) -> bool:
    """The project owner's coordinator keeps the modules; in a programme of newcomers whoever coordinates placements in all of it."""
    authority = authority_of(person)
    return authority.has(Role.COORDINATOR, programme=programme.uid) or any(
        one.role == Role.PLACEMENT_COORDINATOR and one.organisation_id is None and one.programme in (None, programme.uid) for one in authority.held
    )


def may_edit_module(person: Person, module: Module) -> bool:
    """As for the programme's modules; one no longer offered is not changed any more."""
    return module.retired_at is None and may_edit_modules(person, module.programme)


def may_edit_outcome(person: Person, outcome: LearningOutcome) -> bool:
    """As for the module it belongs to."""
    return may_edit_module(person, outcome.module)
