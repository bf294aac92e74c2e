"""Finds what a matching is asked with, what it proposed, who was shown it, and who decided."""

from handrail.placements.queries.matching.lists import (
    ForCompany,
    ListedShown,
    ShortlistShown,
    companys_refusals,
    panel_of,
    proposals_for,
    shortlist_now,
    shortlist_page,
    shortlist_shown,
)
from handrail.placements.queries.matching.market import (
    Basis,
    TakingPart,
    agreeing,
    areas_of,
    basis_of,
    mentor_reaches,
    organisations_matching,
    seeking_of,
    taking_part,
    ways_of,
)
from handrail.placements.queries.matching.rounds import (
    LogLine,
    RoundRow,
    WayFigures,
    bars_of_round,
    current_round,
    figures_of_round,
    is_latest,
    listed_at_companies_of,
    listed_visible_to,
    log_of_case,
    log_of_round,
    proposed_in,
    refusals_visible_to,
    refused_mentors,
    refused_positions,
    refused_thing,
    round_rows,
    round_to_compute,
    rounds_listed,
    rounds_visible_to,
    shortlists_of,
    task_of_round,
)

__all__ = [
    "Basis", "ForCompany", "ListedShown", "LogLine", "RoundRow", "ShortlistShown", "TakingPart", "WayFigures", "agreeing", "areas_of",
    "bars_of_round", "basis_of", "companys_refusals", "current_round", "figures_of_round", "is_latest", "listed_at_companies_of", "listed_visible_to",
    "log_of_case", "log_of_round", "mentor_reaches", "organisations_matching", "panel_of", "proposals_for", "proposed_in", "refusals_visible_to",
    "refused_mentors", "refused_positions", "refused_thing", "round_rows", "round_to_compute", "rounds_listed", "rounds_visible_to", "seeking_of", "shortlist_now",
    "shortlist_page", "shortlist_shown", "shortlists_of", "taking_part", "task_of_round", "ways_of",
]  # fmt: skip
