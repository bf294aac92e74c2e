"""What placements keep: companies and placements, and what matching is asked with, proposes and is answered."""

from handrail.placements.models.matching import (
    Choice,
    Listed,
    Look,
    MentorReach,
    Refusal,
    Round,
    Seeking,
    Shortlist,
    Way,
    WayChoice,
)
from handrail.placements.models.placements import (
    Company,
    Contact,
    Day,
    Extension,
    FollowUp,
    FunnelTarget,
    Opinion,
    OwnPage,
    Placement,
    Position,
    Preparation,
    Signature,
    Workbook,
    WorkStatus,
)

__all__ = [
    "Choice", "Company", "Contact", "Day", "Extension", "FollowUp", "FunnelTarget", "Listed", "Look", "MentorReach", "Opinion", "OwnPage", "Placement", "Position",
    "Preparation", "Refusal", "Round", "Seeking", "Shortlist", "Signature", "Way", "WayChoice", "WorkStatus", "Workbook",
]  # fmt: skip
