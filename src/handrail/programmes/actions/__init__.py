"""Everything that changes programmes, who takes part, and what visitors wrote."""

from handrail.programmes.actions.forgetting import forget_in_programmes
from handrail.programmes.actions.messages import answer_message, forget_messages, write_to_programme
from handrail.programmes.actions.participation import enrol_people, enrol_person, leave_programme, mark_contact
from handrail.programmes.actions.programmes import (
    add_area,
    add_funding_line,
    add_partner,
    add_target_group,
    change_public_page,
    name_contact_person,
    start_programme,
)

__all__ = [
    "add_area",
    "add_funding_line",
    "add_partner",
    "add_target_group",
    "answer_message",
    "change_public_page",
    "enrol_people",
    "enrol_person",
    "forget_in_programmes",
    "forget_messages",
    "leave_programme",
    "mark_contact",
    "name_contact_person",
    "start_programme",
    "write_to_programme",
]
