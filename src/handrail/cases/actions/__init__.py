"""Everything that changes cases."""

from handrail.cases.actions.cases import change_case, end_case, give_case, open_case, reopen_case, say_languages
from handrail.cases.actions.conflicts import lift_conflict, note_conflict
from handrail.cases.actions.courses import give_course_places, take_part_in_courses
from handrail.cases.actions.forgetting import forget_in_cases
from handrail.cases.actions.looks import note_look
from handrail.cases.actions.needs import do_step, note_need, plan_on_path, plan_step, settle_need
from handrail.cases.actions.notes import break_glass, open_note, seal_note
from handrail.cases.actions.referrals import accept_referral, decline_referral, finish_referral, refer_case, take_back_referral
from handrail.cases.actions.star import note_own_star, note_star

__all__ = [
    "accept_referral", "break_glass", "change_case", "decline_referral", "do_step", "end_case", "finish_referral", "forget_in_cases", "give_case",
    "give_course_places", "lift_conflict", "note_conflict", "note_look", "note_need", "note_own_star", "note_star", "open_case", "open_note", "plan_on_path",
    "plan_step", "refer_case", "reopen_case", "say_languages", "seal_note", "settle_need", "take_back_referral", "take_part_in_courses",
]  # fmt: skip
