"""Asking for a plan, computing it in the background, taking it up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.delivery.queries import participants_in
from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning import rules
from handrail.planning.actions.facts import as_today, facts_of, more_money
from handrail.planning.actions.keeping import as_planned, fail, keep_answer, keep_question
from handrail.planning.actions.progress import Reporter
from handrail.planning.actions.reasons import conflict_rows
from handrail.planning.actions.replans import adopt_replan, compute_replan
from handrail.planning.events import PlanAdopted
from handrail.planning.models import Plan
from handrail.planning.queries.basis import Basis, basis_of
from handrail.programmes.models import Programme


@transaction.atomic
def ask_plan(
    *, programme: Programme, first: date, last: date, budget: Decimal, hours: int = 16, absence_share: Decimal = Decimal("0.2"),
    travel: bool = True, travel_cost: Decimal = Decimal(0), seed: int = 0, moves: int | None = None, by: Person,
) -> Plan:  # fmt: skip
    """Ask for a plan of the possible sessions between two days; it is computed by a worker, with progress and a stop button.

    `hours` per full-time person in the period, `absence_share` of a unit that may be away in one half day. `moves` None leaves the
    length of the search to the planner. Raises RuleBroken when there is nothing to plan.
    """
    if last < first:
        raise RuleBroken(_("The last day comes before the first. Choose a later last day."), field="last")
    if not Decimal(0) < absence_share <= 1:
        raise RuleBroken(_("Write a share from 1 to 100 per cent."), field="absence_share")
    settings = {
        "first": first.isoformat(), "last": last.isoformat(), "budget": str(budget), "hours": hours, "absence_share": str(absence_share),
        "travel": travel, "travel_cost": str(travel_cost), "moves": moves,
    }  # fmt: skip
    return keep_question(Plan(programme=programme, settings=settings, seed=seed, asked_by=by))


def compute(plan: Plan) -> Plan:
    """Compute a plan and keep it with the reason of each seat and refusal; doing it again gives the same.

    Nothing is held locked meanwhile. A plan that breaks a hard rule by our independent check is never proposed.
    """
    if plan.state != Plan.State.COMPUTING:
        return plan
    try:
        basis = basis_of(plan.programme, plan.settings)
    except RuleBroken as fault:
        return fail(plan, [{"kind": "said", "text": str(fault.message)}])
    if plan.kind == Plan.Kind.REPLAN:
        return compute_replan(plan, basis)
    problem = basis.problem
    if (len(problem.pinned_pairs) or len(problem.pinned_held)) and (parts := rules.conflicts(problem)):
        return fail(plan, conflict_rows(plan, basis, parts))
    reporter = Reporter(plan.task)
    try:
        answer = rules.solve(problem, seed=plan.seed, moves=plan.settings.get("moves"), on_progress=reporter.tell, should_stop=reporter.should_stop)
    except rules.PlanImpossible:
        return fail(plan, [{"kind": "not_found"}])
    if rules.check(problem, answer.held, answer.seats):
        return fail(plan, [{"kind": "check"}])
    return _keep(plan, basis, answer)


@transaction.atomic
def _keep(plan: Plan, basis: Basis, answer: rules.Plan) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.COMPUTING:
        return plan
    facts = facts_of(basis, answer)
    if plan.kind == Plan.Kind.WHAT_IF:
        facts["beside"] = facts_of(basis, as_today(basis))
    else:
        facts["more_money"] = more_money(basis, answer, plan.programme.currency)
    keep_answer(plan, basis, answer, facts)
    if plan.task:
        later.finish(plan.task, LongTask.State.STOPPED if answer.stopped else LongTask.State.DONE)
    return plan


@transaction.atomic
def adopt_plan(*, plan: Plan, by: Person) -> Plan:
    """Take a plan up: its sessions are planned, its seats offered with their reasons; whatever was adopted before stays as it is.

    Whoever has left the programme since is not invited. Raises RuleBroken for a plan that is not a proposal, or whose sessions were
    changed since it was computed.
    """
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.PROPOSED or plan.kind == Plan.Kind.WHAT_IF:
        raise RuleBroken(_("Only a proposal can be adopted. Ask for a new plan."))
    if plan.kind == Plan.Kind.REPLAN:
        return adopt_replan(plan=plan, by=by)
    rows = list(plan.sessions.filter(is_held=True).select_related("session__module", "session__programme").order_by("session__starts_at", "pk"))
    if any(row.session.state != Session.State.CANDIDATE or row.why["as"] != as_planned(row.session) for row in rows):
        raise RuleBroken(_("Sessions of this plan were planned, changed or called off meanwhile. Ask for a new plan."))
    proposed = list(plan.seats.select_related("person").order_by("-gain", "pk"))
    still_here = participants_in(plan.programme, [one.person_id for one in proposed])
    seats: dict[int, list[tuple[Person, dict[str, Any]]]] = defaultdict(list)
    for seat in proposed:
        if seat.person_id in still_here:
            seats[seat.session_id].append((seat.person, seat.why))
    for row in rows:
        session = delivery.plan_session(session=row.session, by=by)
        delivery.invite_many(session=session, persons_with_why=seats[session.pk], by=by)
    Plan.objects.filter(programme=plan.programme, state=Plan.State.PROPOSED).exclude(pk=plan.pk).exclude(kind=Plan.Kind.WHAT_IF).update(state=Plan.State.REPLACED)
    plan.state, plan.adopted_at, plan.adopted_by = Plan.State.ADOPTED, clock.now(), by
    plan.save(update_fields=["state", "adopted_at", "adopted_by"])
    announce(PlanAdopted(plan.uid, plan.programme.uid, len(rows), sum(len(one) for one in seats.values())), by=by)
    return plan
