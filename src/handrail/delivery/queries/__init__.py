"""Finds sessions, seats and attendance, starting from who asks; and what higher apps count from."""

from handrail.delivery.queries.attendance import (
    attendance_history,
    attendance_visible_to,
    current_attendance,
    latest_of,
    process_leaders_trained,
    trained_people,
)
from handrail.delivery.queries.seats import (
    organisations_in,
    participants_in,
    seats_of,
    seats_to_approve,
    seats_to_remind,
    seats_visible_to,
    untold_seats,
    waiting_seats,
    workplaces_in,
)
from handrail.delivery.queries.sessions import (
    is_trainer,
    places_of,
    session_by_code,
    sessions_visible_to,
    slots_taken,
    trainers_of,
)

__all__ = [
    "attendance_history",
    "attendance_visible_to",
    "current_attendance",
    "is_trainer",
    "latest_of",
    "organisations_in",
    "participants_in",
    "places_of",
    "process_leaders_trained",
    "seats_of",
    "seats_to_approve",
    "seats_to_remind",
    "seats_visible_to",
    "session_by_code",
    "sessions_visible_to",
    "slots_taken",
    "trained_people",
    "trainers_of",
    "untold_seats",
    "waiting_seats",
    "workplaces_in",
]
