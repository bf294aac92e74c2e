"""Finds people, organisations and what somebody may do, starting from who asks."""

from handrail.people.queries.authority import Authority, Held, authority_of, current_grants, person_of_account
from handrail.people.queries.names import Name, Names, names_visible_to
from handrail.people.queries.scope import (
    current_employments,
    employments_visible_to,
    managed_person_ids,
    managers_of,
    organisation_count,
    organisations_visible_to,
    persons_visible_to,
)

__all__ = [
    "Authority",
    "Held",
    "Name",
    "Names",
    "authority_of",
    "current_employments",
    "current_grants",
    "employments_visible_to",
    "managed_person_ids",
    "managers_of",
    "names_visible_to",
    "organisation_count",
    "organisations_visible_to",
    "person_of_account",
    "persons_visible_to",
]
