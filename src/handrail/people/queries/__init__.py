"""Finds people, organisations and what somebody may do, starting from who asks."""

from handrail.people.queries.accounts import (
    Device,
    account_of,
    account_states,
    devices_of,
    has_second_factor,
    open_invitation,
    recovery_codes_left,
)
from handrail.people.queries.authority import Authority, Held, authority_of, current_grants, led_by, person_of_account
from handrail.people.queries.names import Name, Names, names_visible_to
from handrail.people.queries.scope import (
    current_employments,
    employments_visible_to,
    managed_person_ids,
    managers_of,
    organisation_count,
    organisations_visible_to,
    persons_steered_by,
    persons_visible_to,
)
from handrail.people.queries.staff import (
    Preview,
    kept_problems,
    known_staff,
    preview_of,
    staff_imports_visible_to,
    staff_of,
    staffed_organisations,
)

__all__ = [
    "Authority",
    "Device",
    "Held",
    "Name",
    "Names",
    "Preview",
    "account_of",
    "account_states",
    "authority_of",
    "current_employments",
    "current_grants",
    "devices_of",
    "employments_visible_to",
    "has_second_factor",
    "kept_problems",
    "known_staff",
    "led_by",
    "managed_person_ids",
    "managers_of",
    "names_visible_to",
    "open_invitation",
    "organisation_count",
    "organisations_visible_to",
    "person_of_account",
    "persons_steered_by",
    "persons_visible_to",
    "preview_of",
    "recovery_codes_left",
    "staff_imports_visible_to",
    "staff_of",
    "staffed_organisations",
]
