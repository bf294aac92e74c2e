"""Everything that changes people, organisations, accounts and roles."""

from handrail.people.actions.accounts import (
    accept_invitation,
    ask_invitation_again,
    close_account,
    end_all_sessions,
    invite_person,
    open_account,
    reopen_account,
)
from handrail.people.actions.consents import give_consent, withdraw_consent
from handrail.people.actions.devices import change_second_factor, end_device, end_other_devices, forget_ended_devices, note_device
from handrail.people.actions.erasures import agree_to_erasure, ask_erasure, erase_person, stop_erasure
from handrail.people.actions.organisations import add_organisation, add_unit
from handrail.people.actions.persons import add_person, employ_person, end_employment
from handrail.people.actions.recoveries import (
    ask_recovery,
    confirm_recovery,
    finish_recovery,
    note_recovery_asked,
    open_recovery,
    stop_recovery,
)
from handrail.people.actions.roles import end_grant, grant_role, name_role_holder
from handrail.people.actions.staff_lists import apply_staff_list, choose_columns, discard_staff_list, upload_staff_list

__all__ = [
    "accept_invitation",
    "add_organisation",
    "add_person",
    "add_unit",
    "agree_to_erasure",
    "apply_staff_list",
    "ask_erasure",
    "ask_invitation_again",
    "ask_recovery",
    "change_second_factor",
    "choose_columns",
    "close_account",
    "confirm_recovery",
    "discard_staff_list",
    "employ_person",
    "end_all_sessions",
    "end_device",
    "end_employment",
    "end_grant",
    "end_other_devices",
    "erase_person",
    "finish_recovery",
    "forget_ended_devices",
    "give_consent",
    "grant_role",
    "invite_person",
    "name_role_holder",
    "note_device",
    "note_recovery_asked",
    "open_account",
    "open_recovery",
    "reopen_account",
    "stop_erasure",
    "stop_recovery",
    "upload_staff_list",
    "withdraw_consent",
]
