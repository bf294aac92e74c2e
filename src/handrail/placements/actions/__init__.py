"""Everything that changes companies, placements and what is known of work afterwards."""

from handrail.placements.actions.companies import (
    add_company,
    add_contact,
    change_company,
    close_position,
    end_contact,
    offer_position,
    withdraw_company,
)
from handrail.placements.actions.forgetting import forget_in_placements
from handrail.placements.actions.histories import bring_in_histories, bring_in_workbook
from handrail.placements.actions.placements import (
    agree_placement,
    call_off_placement,
    complete_placement,
    extend_placement,
    hold_follow_up,
    settle_preparation,
    sign_placement,
    start_placement,
    stop_placement,
)
from handrail.placements.actions.statuses import note_status, set_target

__all__ = [
    "add_company", "add_contact", "agree_placement", "bring_in_histories", "bring_in_workbook", "call_off_placement", "change_company", "close_position", "complete_placement",
    "end_contact", "extend_placement", "forget_in_placements", "hold_follow_up", "note_status", "offer_position", "set_target", "settle_preparation",
    "sign_placement", "start_placement", "stop_placement", "withdraw_company",
]  # fmt: skip
