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
from handrail.cases.queries.lists import CaseRow, case_rows, cases_counted, cases_listed
from handrail.cases.queries.page import case_page

__all__ = [
    "CaseRow", "Due", "case_of", "case_page", "case_rows", "cases_behind_glass", "cases_by_key", "cases_counted", "cases_listed", "cases_visible_to",
    "caseworkers_of", "caseworkers_to_choose", "coordinated", "emergencies_lately", "emergencies_of", "emergencies_told", "emergency_of", "has_cases", "last_entry", "names_of_cases", "needs_visible_to",
    "notes_visible_to", "open_entry", "openings_of", "organisations_worked", "own_cases", "steps_due", "steps_visible_to", "told_about",
    "told_of_emergency",
]  # fmt: skip
