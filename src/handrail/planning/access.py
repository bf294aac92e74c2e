"""Who may do what with plans."""

from __future__ import annotations

from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.planning.models import OrganisationalPlan, Plan
from handrail.programmes.models import Programme

PLANS = (Role.COORDINATOR, Role.PROCESS_LEADER)


def may_see_plans(person: Person, programme: Programme) -> bool:
    """Project owner and process leaders see plans; names only of one's own municipality."""
    return bool(authority_of(person).roles(programme.uid) & set(PLANS))


def may_see_plan(person: Person, plan: Plan) -> bool:
    """As `may_see_plans`, for one plan."""
    return may_see_plans(person, plan.programme)


def may_ask_plan(person: Person, programme: Programme) -> bool:
    """The project owner asks for plans of the whole programme."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def may_adopt_plan(person: Person, plan: Plan) -> bool:
    """The project owner takes a plan up."""
    return may_ask_plan(person, plan.programme)


def may_pin(person: Person, plan: Plan) -> bool:
    """Whoever sees a plan may decide for those they may see; `pin` checks for whom."""
    return may_see_plan(person, plan)


def may_see_organisational_plans(person: Person, programme: Programme) -> bool:
    """Project owner, process leaders and the auditor see each municipality's plan."""
    return bool(authority_of(person).roles(programme.uid) & {*PLANS, Role.AUDITOR})


def may_write_organisational_plan(person: Person, programme: Programme, organisation: Organisation) -> bool:
    """A municipality's process leader writes its plan; the project owner may for each."""
    authority = authority_of(person)
    return authority.has(Role.COORDINATOR, programme=programme.uid) or (
        organisation.pk in authority.organisation_ids(Role.PROCESS_LEADER, programme.uid)
    )


def may_finish_measure(person: Person, plan: OrganisationalPlan) -> bool:
    """Whoever may write the plan says when a measure is done."""
    return may_write_organisational_plan(person, plan.programme, plan.organisation)
