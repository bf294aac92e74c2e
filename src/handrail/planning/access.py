"""Who may do what with plans."""

from __future__ import annotations

from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.planning.models import OrganisationalPlan, Pin, Plan
from handrail.planning.queries.plans import STEERS
from handrail.programmes.models import Programme


def may_see_plans(person: Person, programme: Programme) -> bool:
    """Project owner and process leaders see plans; names only of one's own municipality."""
    return bool(authority_of(person).roles(programme.uid) & STEERS)


def may_see_plan(person: Person, plan: Plan) -> bool:
    """As `may_see_plans`, for one plan."""
    return may_see_plans(person, plan.programme)


def may_ask_plan(person: Person, programme: Programme) -> bool:
    """The project owner asks for plans of the whole programme."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def may_adopt_plan(person: Person, plan: Plan) -> bool:
    """The project owner takes a proposal up; what was only asked "what if" is never taken up."""
    return may_ask_plan(person, plan.programme) and plan.state == Plan.State.PROPOSED and plan.kind != Plan.Kind.WHAT_IF


def may_pin(person: Person, plan: Plan) -> bool:
    """Whoever sees a proposal may decide for those they lead; for whom is checked with the decision."""
    return may_see_plan(person, plan) and plan.state in {Plan.State.PROPOSED, Plan.State.REPLACED} and plan.kind == Plan.Kind.PLAN


def may_lift_pin(person: Person, pin: Pin) -> bool:
    """A decision on a seat is lifted by whoever sees the person, one on a session by the project owner."""
    return pin.person_id is not None or may_ask_plan(person, pin.programme)


def may_see_organisational_plans(person: Person, programme: Programme) -> bool:
    """Project owner, process leaders and the auditor see each municipality's plan."""
    return bool(authority_of(person).roles(programme.uid) & {*STEERS, Role.AUDITOR})


def may_write_organisational_plan(person: Person, programme: Programme, organisation: Organisation) -> bool:
    """A municipality's process leader writes its plan; the project owner may for each."""
    authority = authority_of(person)
    return authority.has(Role.COORDINATOR, programme=programme.uid) or (
        organisation.pk in authority.organisation_ids(Role.PROCESS_LEADER, programme.uid)
    )


def may_finish_measure(person: Person, plan: OrganisationalPlan) -> bool:
    """Whoever may write the plan says when a measure is done; earlier versions stay as they were."""
    return plan.is_current and may_write_organisational_plan(person, plan.programme, plan.organisation)
