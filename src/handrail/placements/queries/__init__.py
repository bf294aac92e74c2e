"""Finds companies, placements and the funnel, starting from what a person may see."""

from handrail.placements.queries.companies import (
    CompanyRow,
    Offer,
    companies_counted,
    companies_listed,
    companies_to_tell,
    companies_visible_to,
    company_rows,
    contacts_visible_to,
    names_at_company,
    offers_of,
    open_places,
    positions_offered,
    positions_visible_to,
    regions_of,
)
from handrail.placements.queries.funnel import (
    FunnelStep,
    days_to_company,
    exits_of,
    funnel_of,
    has_funnel,
    longest,
    people_of,
    reasons_of_stopping,
    task_of,
    workbooks_visible_to,
)
from handrail.placements.queries.placements import (
    Asked,
    Left,
    clocks_of,
    clocks_struck,
    days_of_clocks,
    exits_unasked,
    follow_ups_due,
    follow_ups_open,
    follow_ups_visible_to,
    is_placed,
    language_of,
    open_placement,
    organisations_with_caseworkers,
    placements_at_companies_of,
    placements_ending,
    placements_of,
    placements_visible_to,
    running_of,
    statuses_of,
    unsettled_items,
    unsigned_parts,
)
from handrail.placements.queries.timeline import Moment, placement_page, timeline_of

__all__ = [
    "Asked", "CompanyRow", "FunnelStep", "Left", "Moment", "Offer", "clocks_of", "clocks_struck", "companies_counted", "companies_listed", "companies_to_tell", "companies_visible_to",
    "company_rows", "contacts_visible_to", "days_of_clocks", "days_to_company", "exits_of", "exits_unasked", "follow_ups_due", "follow_ups_open",
    "follow_ups_visible_to", "funnel_of", "has_funnel", "is_placed", "language_of", "longest", "names_at_company", "offers_of", "open_placement", "open_places", "organisations_with_caseworkers",
    "people_of",
    "placement_page", "placements_at_companies_of", "placements_ending", "placements_of", "placements_visible_to", "positions_offered", "positions_visible_to", "reasons_of_stopping",
    "regions_of", "running_of", "statuses_of", "task_of", "timeline_of", "unsettled_items", "unsigned_parts", "workbooks_visible_to",
]  # fmt: skip
