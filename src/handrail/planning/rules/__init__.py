"""The planner: which sessions to hold and who attends. Plain arrays in, a plan out; no Django, no database, no names of people."""

from handrail.planning.rules.check import Violation, check
from handrail.planning.rules.conflicts import Part, conflicts
from handrail.planning.rules.explain import (
    Refusal,
    SeatReason,
    explain_refusals,
    explain_seats,
)
from handrail.planning.rules.instance import (
    FORBIDDEN,
    LANGUAGE,
    NOT_AVAILABLE,
    TRAVEL,
    Problem,
    absence_limits,
    shortlist_by_gap_per_hour,
)
from handrail.planning.rules.plan import VERSION, Plan, plan_value
from handrail.planning.rules.solver import PlanImpossible, default_moves, solve
from handrail.planning.rules.validation import ProblemError

__all__ = [
    "FORBIDDEN",
    "LANGUAGE",
    "NOT_AVAILABLE",
    "TRAVEL",
    "VERSION",
    "Part",
    "Plan",
    "PlanImpossible",
    "Problem",
    "ProblemError",
    "Refusal",
    "SeatReason",
    "Violation",
    "absence_limits",
    "check",
    "conflicts",
    "default_moves",
    "explain_refusals",
    "explain_seats",
    "plan_value",
    "shortlist_by_gap_per_hour",
    "solve",
]
