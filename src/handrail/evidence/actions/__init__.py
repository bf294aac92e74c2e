"""The only place that writes months, ledger lines, claims and samples."""

from handrail.evidence.actions.audit import draw_sample, note_sheet, open_sample_names
from handrail.evidence.actions.claims import submit_month
from handrail.evidence.actions.forgetting import forget_in_months
from handrail.evidence.actions.months import open_month, review_month
from handrail.evidence.actions.reminders import LINK_PURPOSE, remind_unconfirmed, tell_people
from handrail.evidence.actions.signing import (
    confirm_lists,
    confirm_month,
    confirm_months,
    countersign_lists,
    countersign_month,
    countersign_months,
    object_to_month,
    settle_objection,
)
from handrail.evidence.actions.tallies import keep_tallies, month_changed, recount_tallies
from handrail.evidence.actions.terms import add_rule, add_unit_cost

__all__ = [
    "LINK_PURPOSE",
    "add_rule",
    "add_unit_cost",
    "confirm_lists",
    "confirm_month",
    "confirm_months",
    "countersign_lists",
    "countersign_month",
    "countersign_months",
    "draw_sample",
    "forget_in_months",
    "keep_tallies",
    "month_changed",
    "note_sheet",
    "object_to_month",
    "open_month",
    "open_sample_names",
    "recount_tallies",
    "remind_unconfirmed",
    "review_month",
    "settle_objection",
    "submit_month",
    "tell_people",
]
