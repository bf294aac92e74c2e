"""What is true of sessions, seats, minutes, codes and groups; plain functions."""

from handrail.delivery.rules.check_in import (
    DOORS_OPEN,
    LATEST,
    ROTATES_AFTER,
    code_at,
    code_is_right,
    moment_of_code,
    plain_code,
    seconds_left,
    spaced,
)
from handrail.delivery.rules.groups import GroupMember, deal
from handrail.delivery.rules.lists import KEPT_FOR_HOURS, Disputed, Stands, disputed_marks, said_by
from handrail.delivery.rules.minutes import Mark, Present, check_present, late_minutes, present_minutes
from handrail.delivery.rules.seats import ANSWERED_STATES, first_state, free_seats, next_from_queue
from handrail.delivery.rules.sheet import LEAST, SheetShape, sheet_shape
from handrail.delivery.rules.times import (
    Slot,
    check_local_time,
    check_span,
    clash_between,
    local_day,
    month_of,
    same_clock_on,
    to_instant,
)
from handrail.delivery.rules.why import Why, gap_why, why_sentence

__all__ = [
    "ANSWERED_STATES",
    "DOORS_OPEN",
    "KEPT_FOR_HOURS",
    "LATEST",
    "LEAST",
    "ROTATES_AFTER",
    "Disputed",
    "GroupMember",
    "Mark",
    "Present",
    "SheetShape",
    "Slot",
    "Stands",
    "Why",
    "check_local_time",
    "check_present",
    "check_span",
    "clash_between",
    "code_at",
    "code_is_right",
    "deal",
    "disputed_marks",
    "first_state",
    "free_seats",
    "gap_why",
    "late_minutes",
    "local_day",
    "moment_of_code",
    "month_of",
    "next_from_queue",
    "plain_code",
    "present_minutes",
    "said_by",
    "same_clock_on",
    "seconds_left",
    "sheet_shape",
    "spaced",
    "to_instant",
    "why_sentence",
]
