"""The only place that writes plans, pins and organisational plans."""

from typing import TYPE_CHECKING

from handrail.kit.lazily import when_named
from handrail.planning.actions.forgetting import forget_in_plans
from handrail.planning.actions.organisational import finish_measure, save_organisational_plan
from handrail.planning.actions.pins import lift_pin, pin

if TYPE_CHECKING:
    from handrail.planning.actions.plans import adopt_plan, ask_plan, compute
    from handrail.planning.actions.replans import ask_replan, ask_what_if
    from handrail.planning.actions.weighing import weigh

# These lay a plan out in arrays; what only shows pages never needs them.
__getattr__ = when_named(__name__, {
    "adopt_plan": "plans", "ask_plan": "plans", "compute": "plans", "ask_replan": "replans", "ask_what_if": "replans", "weigh": "weighing",
})  # fmt: skip

__all__ = [
    "adopt_plan",
    "ask_plan",
    "ask_replan",
    "ask_what_if",
    "compute",
    "finish_measure",
    "forget_in_plans",
    "lift_pin",
    "pin",
    "save_organisational_plan",
    "weigh",
]
