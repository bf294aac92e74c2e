"""The planner: which sessions to hold and who attends. Plain arrays in, a plan out; no Django, no database, no names of people."""

from typing import TYPE_CHECKING

from handrail.kit.lazily import when_named

if TYPE_CHECKING:
    from handrail.planning.rules.cancelled import Answer, Replan, as_it_stands, replan
    from handrail.planning.rules.check import Violation, check
    from handrail.planning.rules.contradictions import Part, conflicts
    from handrail.planning.rules.explain import Refusal, SeatReason, explain_refusals, explain_seats
    from handrail.planning.rules.instance import (
        FORBIDDEN,
        LANGUAGE,
        NOT_AVAILABLE,
        TRAVEL,
        Problem,
        absence_limits,
        shortlist_by_gap_per_hour,
    )
    from handrail.planning.rules.margins import MoreMoney, room_with_weights, with_more_money
    from handrail.planning.rules.plan import VERSION, Plan, closed_by_unit, levels_closed, plan_value
    from handrail.planning.rules.solver import PlanImpossible, default_moves, solve
    from handrail.planning.rules.validation import ProblemError

# All of it works on arrays, the search brings a compiler with it and the conflicts a solver: a process loads them when it plans.
__getattr__ = when_named(__name__, {
    "Answer": "cancelled", "Replan": "cancelled", "as_it_stands": "cancelled", "replan": "cancelled", "Violation": "check", "check": "check",
    "Part": "contradictions", "conflicts": "contradictions", "Refusal": "explain", "SeatReason": "explain", "explain_refusals": "explain",
    "explain_seats": "explain", "FORBIDDEN": "instance", "LANGUAGE": "instance", "NOT_AVAILABLE": "instance", "TRAVEL": "instance", "Problem": "instance",
    "absence_limits": "instance", "shortlist_by_gap_per_hour": "instance", "MoreMoney": "margins", "room_with_weights": "margins", "with_more_money": "margins",
    "VERSION": "plan", "Plan": "plan", "closed_by_unit": "plan", "levels_closed": "plan", "plan_value": "plan", "PlanImpossible": "solver",
    "default_moves": "solver", "solve": "solver", "ProblemError": "validation",
})  # fmt: skip

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
