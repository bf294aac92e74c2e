"""Who may open the desk's screens."""

from __future__ import annotations

from handrail.people.models import Person


def may_have_home(person: Person) -> bool:
    """Everybody with an account has a home."""
    return person.erased_at is None
