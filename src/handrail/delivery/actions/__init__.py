"""Changes sessions, seats, attendance and groups."""

from handrail.delivery.actions.attendance import check_in, record_attendance, save_attendance_list, save_marks
from handrail.delivery.actions.calendar import end_calendar, subscribe_calendar
from handrail.delivery.actions.calling import call_in_list
from handrail.delivery.actions.forgetting import forget_in_sessions
from handrail.delivery.actions.groups import form_groups, put_in_group, save_group_product
from handrail.delivery.actions.late import check_in_late, settle_late_check_in
from handrail.delivery.actions.schedule import (
    add_place,
    cancel_session,
    change_session,
    hold_session,
    plan_session,
    repeat_session,
    schedule_session,
)
from handrail.delivery.actions.seats import (
    accept_seat,
    approve_seat,
    decline_seat,
    give_places,
    invite_many,
    invite_to_session,
    note_told,
    refuse_seat,
    withdraw_seat,
)
from handrail.delivery.actions.telling import Untold, remind_seat, tell_seat, tell_seats

__all__ = [
    "Untold",
    "accept_seat",
    "add_place",
    "approve_seat",
    "call_in_list",
    "cancel_session",
    "change_session",
    "check_in",
    "check_in_late",
    "decline_seat",
    "end_calendar",
    "forget_in_sessions",
    "form_groups",
    "give_places",
    "hold_session",
    "invite_many",
    "invite_to_session",
    "note_told",
    "plan_session",
    "put_in_group",
    "record_attendance",
    "refuse_seat",
    "remind_seat",
    "repeat_session",
    "save_attendance_list",
    "save_group_product",
    "save_marks",
    "schedule_session",
    "settle_late_check_in",
    "subscribe_calendar",
    "tell_seat",
    "tell_seats",
    "withdraw_seat",
]
