"""Finds people on the way into work, starting from what a person may see."""

from handrail.cases.queries.cases import (
    Due,
    case_of,
    cases_behind_glass,
    cases_by_key,
    cases_visible_to,
    caseworkers_of,
    caseworkers_to_choose,
    coordinated,
    emergencies_lately,
    emergencies_of,
    emergencies_told,
    emergency_of,
    has_cases,
    last_entry,
    names_of_cases,
    needs_visible_to,
    notes_visible_to,
    open_entry,
    openings_of,
    organisations_worked,
    own_cases,
    steps_due,
    steps_visible_to,
    told_about,
    told_of_emergency,
)
from handrail.cases.queries.consents import ConsentRow, consent_rows, consents_visible_to, partners_to_tell, recipients_of
from handrail.cases.queries.day import day_of, nobodys_of_day, referrals_of_day, steps_of_day
from handrail.cases.queries.lists import CaseRow, case_rows, cases_counted, cases_listed
from handrail.cases.queries.page import case_page
from handrail.cases.queries.referrals import (
    ReferralRow, organisations_receiving, receives, referral_rows, referrals_declined, referrals_of, referrals_received, referrals_visible_to,
    referrals_waiting, told_by, waited,
)  # fmt: skip
from handrail.cases.queries.star import StarPage, StarRow, star_of, star_talks_visible_to

__all__ = [
    "CaseRow", "ConsentRow", "Due", "ReferralRow", "StarPage", "StarRow", "consent_rows", "consents_visible_to", "day_of", "nobodys_of_day",
    "organisations_receiving", "partners_to_tell", "receives", "recipients_of", "referral_rows", "referrals_declined", "referrals_of", "referrals_of_day",
    "referrals_received", "referrals_visible_to", "referrals_waiting", "star_of", "star_talks_visible_to", "steps_of_day", "told_by", "waited", "case_of", "case_page", "case_rows", "cases_behind_glass", "cases_by_key", "cases_counted", "cases_listed", "cases_visible_to",
    "caseworkers_of", "caseworkers_to_choose", "coordinated", "emergencies_lately", "emergencies_of", "emergencies_told", "emergency_of", "has_cases", "last_entry", "names_of_cases", "needs_visible_to",
    "notes_visible_to", "open_entry", "openings_of", "organisations_worked", "own_cases", "steps_due", "steps_visible_to", "told_about",
    "told_of_emergency",
]  # fmt: skip
