"""Everything that changes companies, placements and what is known of work afterwards."""

from handrail.placements.actions.by_company import end_company_links, make_company_link, send_company_link, tick_preparation
from handrail.placements.actions.companies import (
    add_company,
    add_contact,
    change_company,
    close_position,
    end_contact,
    offer_position,
    withdraw_company,
)
from handrail.placements.actions.days import record_day, settle_aside
from handrail.placements.actions.forgetting import forget_in_placements
from handrail.placements.actions.histories import bring_in_histories, bring_in_workbook
from handrail.placements.actions.own_pages import end_own_page, make_own_page, open_with_code, say_day, say_opinion, say_star
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
from handrail.placements.actions.workbooks import bring_in_waiting, forget_old_workbooks, hand_in_workbook

__all__ = [
    "add_company", "add_contact", "agree_placement", "bring_in_histories", "bring_in_waiting", "bring_in_workbook", "call_off_placement", "change_company",
    "close_position", "complete_placement", "end_company_links", "end_contact", "end_own_page", "extend_placement", "forget_in_placements",
    "forget_old_workbooks", "hand_in_workbook", "hold_follow_up", "make_company_link", "make_own_page", "note_status", "offer_position", "open_with_code",
    "record_day", "say_day", "say_opinion", "say_star", "send_company_link", "set_target", "settle_aside", "settle_preparation",
    "sign_placement", "start_placement", "stop_placement", "tick_preparation", "withdraw_company",
]  # fmt: skip
