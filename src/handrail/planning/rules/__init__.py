"""The planner: which sessions to hold and who attends. Plain arrays in, a plan out; no Django, no database, no names of people."""

import importlib
from typing import TYPE_CHECKING, Any

from handrail.planning.rules.check import Violation, check
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
from handrail.planning.rules.plan import VERSION, Plan, closed_by_unit, levels_closed, plan_value
from handrail.planning.rules.validation import ProblemError

if TYPE_CHECKING:
    from handrail.planning.rules.cancelled import Answer, Replan, as_it_stands, replan
    from handrail.planning.rules.contradictions import Part, conflicts
    from handrail.planning.rules.margins import MoreMoney, room_with_weights, with_more_money
    from handrail.planning.rules.solver import PlanImpossible, default_moves, solve

# The search brings a compiler with it and the conflicts a solver. Only a worker that plans needs either, so they are
# loaded when first named: every other start of the programme is a second quicker.
_WHEN_NAMED = {
    "Answer": "cancelled", "MoreMoney": "margins", "Part": "contradictions", "PlanImpossible": "solver", "Replan": "cancelled", "as_it_stands": "cancelled", "conflicts": "contradictions",
    "default_moves": "solver", "replan": "cancelled", "room_with_weights": "margins", "solve": "solver", "with_more_money": "margins",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is needed for planning alone."""
    if name not in _WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_WHEN_NAMED[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "FORBIDDEN",
    "LANGUAGE",
    "NOT_AVAILABLE",
    "TRAVEL",
    "VERSION",
    "Answer",
    "MoreMoney",
    "Part",
    "Plan",
    "PlanImpossible",
    "Problem",
    "ProblemError",
    "Refusal",
    "Replan",
    "SeatReason",
    "Violation",
    "absence_limits",
    "as_it_stands",
    "check",
    "closed_by_unit",
    "conflicts",
    "default_moves",
    "explain_refusals",
    "explain_seats",
    "levels_closed",
    "plan_value",
    "replan",
    "room_with_weights",
    "shortlist_by_gap_per_hour",
    "solve",
    "with_more_money",
]
