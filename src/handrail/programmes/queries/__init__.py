"""Finds programmes, who takes part, who holds which role and what visitors wrote, starting from who asks."""

from handrail.programmes.queries.messages import contact_person_of, messages_for, waiting_messages
from handrail.programmes.queries.notices import Notice, notice
from handrail.programmes.queries.participation import (
    Participant,
    current_participations,
    enrolable_people,
    participants_of,
    participants_table,
    split_by_organisation,
    units_led,
)
from handrail.programmes.queries.programmes import (
    Money,
    current_programme,
    is_empty,
    money_of,
    numbers_of,
    participations_visible_to,
    partners_of,
    programmes_visible_to,
    public_programme,
    public_programmes,
)
from handrail.programmes.queries.roles import (
    RoleRow,
    grants_steered_by,
    organisations_steered_by,
    partners_steered_by,
    partners_without_process_leader,
    roles_table,
    staff_to_name,
)

__all__ = [
    "Money",
    "Notice",
    "Participant",
    "RoleRow",
    "contact_person_of",
    "current_participations",
    "current_programme",
    "enrolable_people",
    "grants_steered_by",
    "is_empty",
    "messages_for",
    "money_of",
    "notice",
    "numbers_of",
    "organisations_steered_by",
    "participants_of",
    "participants_table",
    "participations_visible_to",
    "partners_of",
    "partners_steered_by",
    "partners_without_process_leader",
    "programmes_visible_to",
    "public_programme",
    "public_programmes",
    "roles_table",
    "split_by_organisation",
    "staff_to_name",
    "units_led",
    "waiting_messages",
]
