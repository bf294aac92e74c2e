"""The planner: which sessions to hold and who attends. Plain arrays in, a plan out; no Django, no database, no names of people."""

from handrail.planning.rules.check import Violation, check
from handrail.planning.rules.instance import (
    Problem,
    absence_limits,
    shortlist_by_gap_per_hour,
)
from handrail.planning.rules.plan import VERSION, Plan, plan_value
from handrail.planning.rules.solver import default_moves, solve
from handrail.planning.rules.validation import ProblemError

__all__ = [
    "VERSION",
    "Plan",
    "Problem",
    "ProblemError",
    "Violation",
    "absence_limits",
    "check",
    "default_moves",
    "plan_value",
    "shortlist_by_gap_per_hour",
    "solve",
]
