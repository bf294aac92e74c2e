"""Everything that changes studies, interviews, marks and findings."""

from handrail.research.actions.findings import (
    count_for,
    drop_count,
    quote_for,
    rank_findings,
    show_finding,
    withdraw_finding,
    write_finding,
)
from handrail.research.actions.gathering import gather, gather_for_all
from handrail.research.actions.guides import write_guide
from handrail.research.actions.quotas import set_quotas
from handrail.research.actions.studies import (
    add_group,
    add_study_partner,
    choose_survey,
    open_study,
    open_study_round,
    set_quota,
    write_consent,
)

__all__ = [
    "add_group",
    "add_study_partner",
    "choose_survey",
    "count_for",
    "drop_count",
    "gather",
    "gather_for_all",
    "open_study",
    "open_study_round",
    "quote_for",
    "rank_findings",
    "set_quota",
    "set_quotas",
    "show_finding",
    "withdraw_finding",
    "write_consent",
    "write_finding",
    "write_guide",
]
