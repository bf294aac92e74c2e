"""Who may open the desk's screens."""

from __future__ import annotations

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme

SEES_FIGURES = frozenset({Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR})


def may_have_home(person: Person) -> bool:
    """Everybody with an account has a home."""
    return person.erased_at is None


def may_see_figures(person: Person, programme: Programme) -> bool:
    """The programme's figures: project owner, process leaders, the funder's auditor."""
    return bool(authority_of(person).roles(programme.uid) & SEES_FIGURES)


def only_looks(person: Person, programme: Programme) -> bool:
    """Whether somebody sees as the funder's auditor, who changes nothing."""
    return authority_of(person).has(Role.AUDITOR, programme=programme.uid)
