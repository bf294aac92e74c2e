"""Asking for a plan, computing it in the background, taking it up."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max

from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning import rules
from handrail.planning.actions.reasons import conflict_words, refusal_row, seat_why, session_why
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

    `hours` per full-time person in the period, `absence_share` of a unit that may be away in one half day. Raises RuleBroken
    when there is nothing to plan.
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
    number = (Plan.objects.filter(programme=programme).aggregate(most=Max("number"))["most"] or 0) + 1
    plan = Plan.objects.create(programme=programme, number=number, settings=settings, seed=seed, asked_by=by, asked_at=clock.now())
    task = later.long_task("plan", subject=plan.uid, asked_by=by.uid)
    plan.task = task.uid
    plan.save(update_fields=["task"])
    announce(PlanAsked(plan.uid, programme.uid), by=by)
    return plan


def compute(plan: Plan) -> Plan:
    """Compute a plan and keep it with the reason of each seat and refusal; doing it again gives the same.

    Nothing is held locked meanwhile. A plan that breaks a hard rule by our independent check is never proposed.
    """
    if plan.state != Plan.State.COMPUTING:
        return plan
    task = plan.task
    try:
        basis = basis_of(plan.programme, plan.settings)
    except RuleBroken as fault:
        return _fail(plan, [str(fault.message)])
    try:
        answer = rules.solve(
            basis.problem, seed=plan.seed, moves=plan.settings.get("moves"),
            on_progress=None if task is None else lambda done, total, best: later.progress(task, done=done, total=total, best=best),
            should_stop=None if task is None else lambda: later.should_stop(task),
        )  # fmt: skip
    except rules.PlanImpossible:
        return _fail(plan, conflict_words(basis, rules.conflicts(basis.problem)))
    broken = rules.check(basis.problem, answer.held, answer.seats)
    if broken:
        return _fail(plan, [one.words for one in broken[:20]])
    return _keep(plan, basis, answer)


@transaction.atomic
def _fail(plan: Plan, why: list[str]) -> Plan:
    plan.state, plan.violations, plan.computed_at = Plan.State.FAILED, why, clock.now()
    plan.save(update_fields=["state", "violations", "computed_at"])
    if plan.task:
        later.finish(plan.task, LongTask.State.FAILED)
    announce(PlanFailed(plan.uid, plan.programme.uid), by=None)
    return plan


@transaction.atomic
def _keep(plan: Plan, basis: Basis, answer: rules.Plan) -> Plan:
    plan = Plan.objects.select_for_update().select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.COMPUTING:
        return plan
    problem = basis.problem
    refusals = rules.explain_refusals(problem, answer)
    held = {int(code) for code in answer.held}
    gains: dict[int, float] = defaultdict(float)
    people: Counter[int] = Counter()
    seats = []
    for reason in rules.explain_seats(problem, answer):
        code = reason.session
        gains[code] += reason.gain
        people[code] += 1
        person = basis.persons[reason.person]
        unit = basis.units[int(problem.person_unit[reason.person])][1]
        seats.append(
            PlanSeat(plan=plan, session=basis.sessions[code], person_id=person, unit_id=unit or None, gain=reason.gain, why=seat_why(basis, reason))
        )
    PlanSession.objects.bulk_create(
        [
            PlanSession(plan=plan, session=one, is_held=code in held, people=people[code], gain=gains[code], why=session_why(refusals, code, code in held, people[code], gains[code]))
            for code, one in enumerate(basis.sessions)
        ],
        batch_size=BATCH,
    )
    PlanSeat.objects.bulk_create(seats, batch_size=BATCH)
    PlanRefusal.objects.bulk_create([refusal_row(plan, basis, one) for one in refusals], batch_size=BATCH)
    plan.state, plan.computed_at = Plan.State.PROPOSED, clock.now()
    plan.value, plan.bound, plan.moves, plan.version = answer.value, answer.bound, answer.moves, answer.version
    plan.data_digest, plan.cpu_seconds, plan.facts = answer.digest, answer.cpu_seconds, _facts(basis, answer, people)
    plan.save()
    if plan.task:
        later.finish(plan.task, LongTask.State.STOPPED if answer.stopped else LongTask.State.DONE)
    announce(PlanProposed(plan.uid, plan.programme.uid, len(held), len(seats)), by=None)
    return plan


def _facts(basis: Basis, answer: rules.Plan, people: Counter[int]) -> dict[str, Any]:
    """What the plan's screen says in figures: share closed, people reached, hours, cost; by municipality and unit."""
    problem = basis.problem
    need = problem.unit_need
    seats = answer.seats
    shares = [float(closed / wanted) for closed, wanted in zip(answer.closed_by_unit, need, strict=True) if wanted > 0]
    by_organisation: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (organisation, _unit), closed, wanted in zip(basis.units, answer.closed_by_unit, need, strict=True):
        by_organisation[organisation][0] += float(closed)
        by_organisation[organisation][1] += float(wanted)
    minutes = sum(basis.sessions[code].planned_minutes * count for code, count in people.items())
    cost = float(problem.session_cost[answer.held].sum() + problem.pair_travel[seats].sum())
    return {
        "closed": float(answer.closed_by_unit.sum()), "need": float(need.sum()), "people": len(np.unique(problem.pair_person[seats])),
        "people_in_need": problem.people, "seats": len(seats), "minutes": int(minutes), "cost": cost, "sessions": len(answer.held),
        "room_for_better": answer.room_for_better, "units_mean": float(np.mean(shares)) if shares else 0.0,
        "units_tenth": float(np.quantile(shares, 0.1)) if shares else 0.0,
        "organisations": {str(key): [closed, wanted] for key, (closed, wanted) in by_organisation.items()},
    }  # fmt: skip


@transaction.atomic
def adopt_plan(*, plan: Plan, by: Person) -> Plan:
    """Take a plan up: its sessions are planned, its seats offered with their reasons; whatever was adopted before stays as it is.

    Raises RuleBroken for a plan that is not a proposal, or whose sessions were changed since it was computed.
    """
    plan = Plan.objects.select_for_update().select_related("programme").get(pk=plan.pk)
    if plan.state != Plan.State.PROPOSED:
        raise RuleBroken(_("Only a proposal can be adopted. Ask for a new plan."))
    rows = plan.sessions.filter(is_held=True).select_related("session__module", "session__programme").order_by("session__starts_at")
    if any(row.session.state != Session.State.CANDIDATE for row in rows):
        raise RuleBroken(_("Sessions of this plan were planned or called off meanwhile. Ask for a new plan."))
    seats: dict[int, list[tuple[Person, dict[str, Any]]]] = defaultdict(list)
    for seat in plan.seats.select_related("person").order_by("-gain", "pk"):
        seats[seat.session_id].append((seat.person, seat.why))
    for row in rows:
        session = delivery.plan_session(session=row.session, by=by)
        delivery.invite_many(session=session, persons_with_why=seats[session.pk], by=by)
    Plan.objects.filter(programme=plan.programme, state=Plan.State.PROPOSED).exclude(pk=plan.pk).update(state=Plan.State.REPLACED)
    plan.state, plan.adopted_at, plan.adopted_by = Plan.State.ADOPTED, clock.now(), by
    plan.save(update_fields=["state", "adopted_at", "adopted_by"])
    announce(PlanAdopted(plan.uid, plan.programme.uid, len(rows), sum(len(one) for one in seats.values())), by=by)
    return plan
