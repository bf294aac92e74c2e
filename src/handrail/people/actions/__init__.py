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
from handrail.people.actions.organisations import add_organisation, add_unit
from handrail.people.actions.persons import add_person, employ_person, end_employment
from handrail.people.actions.roles import end_grant, grant_role, name_role_holder

__all__ = [
    "accept_invitation",
    "add_organisation",
    "add_person",
    "add_unit",
    "ask_invitation_again",
    "close_account",
    "employ_person",
    "end_all_sessions",
    "end_employment",
    "end_grant",
    "grant_role",
    "invite_person",
    "name_role_holder",
    "open_account",
    "reopen_account",
]
