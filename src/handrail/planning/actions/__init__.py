"""The only place that writes plans, pins and organisational plans."""

from handrail.planning.actions.forgetting import forget_in_plans
from handrail.planning.actions.organisational import finish_measure, save_organisational_plan
from handrail.planning.actions.pins import lift_pin, pin
from handrail.planning.actions.plans import adopt_plan, ask_plan, compute
from handrail.planning.actions.replans import ask_replan, ask_what_if
from handrail.planning.actions.weighing import weigh

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
