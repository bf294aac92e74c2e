"""Asking for a plan, computing it in the background, taking it up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

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
from handrail.planning.actions.facts import facts_of
from handrail.planning.actions.progress import Reporter
from handrail.planning.actions.reasons import causes_of, conflict_rows, refusal_row, seat_why
from handrail.planning.events import PlanAdopted, PlanAsked, PlanFailed, PlanProposed
from handrail.planning.models import Plan, PlanRefusal, PlanSeat, PlanSession
from handrail.planning.queries.basis import Basis, basis_of
from handrail.programmes.models import Programme

BATCH = 1000


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
    basis_of(programme, settings)  # says at once when there is nothing to plan
    Programme.objects.select_for_update().get(pk=programme.pk)  # one number each, also when two ask at once
    number = (Plan.objects.filter(programme=programme).aggregate(most=Max("number"))["most"] or 0) + 1
    plan = Plan(programme=programme, number=number, settings=settings, seed=seed, asked_by=by, asked_at=clock.now())
    plan.task = later.long_task("plan", subject=plan.uid, asked_by=by.uid).uid
    plan.save()
    announce(PlanAsked(plan.uid, programme.uid), by=by)
    return plan


def compute(plan: Plan) -> Plan:
    """Compute a plan and keep it with the reason of each seat and refusal; doing it again gives the same.

    Nothing is held locked meanwhile. A plan that breaks a hard rule by our independent check is never proposed.
    """
    if plan.state != Plan.State.COMPUTING:
        return plan
    try:
        basis = basis_of(plan.programme, plan.settings)
    except RuleBroken as fault:
        return _fail(plan, [{"kind": "said", "text": str(fault.message)}])
    problem = basis.problem
    if (len(problem.pinned_pairs) or len(problem.pinned_held)) and (parts := rules.conflicts(problem)):
        return _fail(plan, conflict_rows(plan, basis, parts))
    reporter = Reporter(plan.task)
    try:
        answer = rules.solve(problem, seed=plan.seed, moves=plan.settings.get("moves"), on_progress=reporter.tell, should_stop=reporter.should_stop)
    except rules.PlanImpossible:
        return _fail(plan, [{"kind": "not_found"}])
    if rules.check(problem, answer.held, answer.seats):
        return _fail(plan, [{"kind": "check"}])
    return _keep(plan, basis, answer)


@transaction.atomic
def _fail(plan: Plan, why: list[dict[str, str]]) -> Plan:
    plan.state, plan.violations, plan.computed_at = Plan.State.FAILED, why, clock.now()
    plan.save(update_fields=["state", "violations", "computed_at"])
    if plan.task:
        later.finish(plan.task, LongTask.State.FAILED)
    announce(PlanFailed(plan.uid, plan.programme.uid), by=None)
    return plan


@transaction.atomic
def _keep(plan: Plan, basis: Basis, answer: rules.Plan) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.COMPUTING:
        return plan
    refusals = rules.explain_refusals(basis.problem, answer)
    seats: dict[int, list[rules.SeatReason]] = defaultdict(list)
    for reason in rules.explain_seats(basis.problem, answer):
        seats[reason.session].append(reason)
    _keep_sessions(plan, basis, answer, seats, causes_of(basis, refusals))
    PlanSeat.objects.bulk_create([_seat(plan, basis, one) for some in seats.values() for one in some], batch_size=BATCH)
    PlanRefusal.objects.bulk_create([refusal_row(plan, basis, one) for one in refusals], batch_size=BATCH)
    plan.state, plan.computed_at = Plan.State.PROPOSED, clock.now()
    plan.value, plan.bound, plan.moves, plan.version = answer.value, answer.bound, answer.moves, answer.version
    plan.data_digest, plan.cpu_seconds, plan.facts = answer.digest, answer.cpu_seconds, facts_of(basis, answer)
    plan.save()
    if plan.task:
        later.finish(plan.task, LongTask.State.STOPPED if answer.stopped else LongTask.State.DONE)
    announce(PlanProposed(plan.uid, plan.programme.uid, len(answer.held), len(answer.seats)), by=None)
    return plan


def _keep_sessions(plan: Plan, basis: Basis, answer: rules.Plan, seats: dict[int, list[rules.SeatReason]], causes: dict[int, dict[str, Any]]) -> None:
    """Every candidate with whether it is held and why; its times and sizes are kept, so that a change is noticed when adopting."""
    held = {int(code) for code in answer.held}
    rows = []
    for code, session in enumerate(basis.sessions):
        reasons = seats.get(code, [])
        levels = sum(closed for reason in reasons for _competence, closed, _weighted in reason.levels)
        why = {"people": len(reasons), "levels": levels} if code in held else causes.get(code, {})
        rows.append(PlanSession(
            plan=plan, session=session, is_held=code in held, people=len(reasons), gain=sum(one.gain for one in reasons),
            why={**why, "as": as_planned(session)},
        ))  # fmt: skip
    PlanSession.objects.bulk_create(rows, batch_size=BATCH)


def as_planned(session: Session) -> list[Any]:
    """What of a session a plan builds on."""
    return [session.starts_at.isoformat(), session.ends_at.isoformat(), session.module_id, session.organisation_id, session.minimum, session.maximum]


def _seat(plan: Plan, basis: Basis, reason: rules.SeatReason) -> PlanSeat:
    unit = basis.units[int(basis.problem.person_unit[reason.person])][1]
    return PlanSeat(
        plan=plan, session=basis.sessions[reason.session], person_id=basis.persons[reason.person], unit_id=unit or None, gain=reason.gain,
        why=seat_why(basis, reason),
    )  # fmt: skip


@transaction.atomic
def adopt_plan(*, plan: Plan, by: Person) -> Plan:
    """Take a plan up: its sessions are planned, its seats offered with their reasons; whatever was adopted before stays as it is.

    Whoever has left the programme since is not invited. Raises RuleBroken for a plan that is not a proposal, or whose sessions were
    changed since it was computed.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.PROPOSED:
        raise RuleBroken(_("Only a proposal can be adopted. Ask for a new plan."))
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
    Plan.objects.filter(programme=plan.programme, state=Plan.State.PROPOSED).exclude(pk=plan.pk).update(state=Plan.State.REPLACED)
    plan.state, plan.adopted_at, plan.adopted_by = Plan.State.ADOPTED, clock.now(), by
    plan.save(update_fields=["state", "adopted_at", "adopted_by"])
    announce(PlanAdopted(plan.uid, plan.programme.uid, len(rows), sum(len(one) for one in seats.values())), by=by)
    return plan
