"""What planning hears."""

from __future__ import annotations

from handrail.kit.events import on
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.planning import actions
from handrail.planning.events import PlanAsked, PlanProposed
from handrail.planning.tasks import compute_plan, weigh_plan


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Seats, refusals and decisions about the person go."""
    actions.forget_in_plans(person=person_named(event.person))


@on(PlanAsked)
def compute_soon(event: PlanAsked) -> None:
    """A plan was asked for: a worker computes it."""
    later(compute_plan, uid=event.plan)


@on(PlanProposed)
def weigh_soon(event: PlanProposed) -> None:
    """What hangs on the weights takes longer than the proposal can wait for."""
    later(weigh_plan, uid=event.plan)
