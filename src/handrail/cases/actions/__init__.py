"""Everything that changes cases."""

from handrail.cases.actions.cases import change_case, end_case, give_case, open_case, reopen_case, say_languages
from handrail.cases.actions.forgetting import forget_in_cases
from handrail.cases.actions.needs import do_step, note_need, plan_step, settle_need
from handrail.cases.actions.notes import break_glass, open_note, seal_note

__all__ = [
    "break_glass", "change_case", "do_step", "end_case", "forget_in_cases", "give_case", "note_need", "open_case", "open_note",
    "plan_step", "reopen_case", "say_languages", "seal_note", "settle_need",
]  # fmt: skip
