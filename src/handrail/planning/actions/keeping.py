"""Keeping what was asked and what was found: the question with its number, the answer with its reasons."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Max

from handrail.delivery.models import Session
from handrail.kit import clock, later
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.planning import rules
from handrail.planning.actions.forgetting import forget_seats
from handrail.planning.actions.reasons import causes_of, refusal_row, seat_why
from handrail.planning.events import PlanAsked, PlanFailed, PlanProposed
from handrail.planning.models import Plan, PlanRefusal, PlanSeat, PlanSession
from handrail.planning.queries.basis import Basis, basis_of, erased_since
from handrail.programmes.models import Programme

BATCH = 1000


def keep_question(plan: Plan) -> Plan:
    """Number a plan that was asked for and have it computed. Raises RuleBroken when there is nothing to plan."""
    basis_of(plan.programme, plan.settings)
    plan.number, plan.asked_at = next_number(plan.programme), clock.now()
    plan.task = later.long_task("plan", subject=plan.uid, asked_by=plan.asked_by.uid).uid
    plan.save()
    announce(PlanAsked(plan.uid, plan.programme.uid), by=plan.asked_by)
    return plan


def next_number(programme: Programme) -> int:
    """One number each, also when two ask at once."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    return (Plan.objects.filter(programme=programme).aggregate(most=Max("number"))["most"] or 0) + 1


@transaction.atomic
def fail(plan: Plan, why: list[dict[str, str]]) -> Plan:
    """Say that a plan could not be computed, and why."""
    plan.state, plan.violations, plan.computed_at = Plan.State.FAILED, why, clock.now()
    plan.save(update_fields=["state", "violations", "computed_at"])
    if plan.task:
        later.finish(plan.task, LongTask.State.FAILED)
    announce(PlanFailed(plan.uid, plan.programme.uid), by=None)
    return plan


def keep_answer(plan: Plan, basis: Basis, answer: rules.Plan, facts: dict[str, Any]) -> None:
    """Keep what a plan holds, who sits where, and the reason of each seat and refusal."""
    refusals = rules.explain_refusals(basis.problem, answer)
    seats: dict[int, list[rules.SeatReason]] = defaultdict(list)
    for reason in rules.explain_seats(basis.problem, answer):
        seats[reason.session].append(reason)
    _keep_sessions(plan, basis, answer, seats, causes_of(basis, refusals))
    PlanSeat.objects.bulk_create([_seat(plan, basis, one) for some in seats.values() for one in some], batch_size=BATCH)
    PlanRefusal.objects.bulk_create([refusal_row(plan, basis, one) for one in refusals], batch_size=BATCH)
    if gone := erased_since(basis.persons):  # while this was being computed
        forget_seats(gone, plan)
    plan.state, plan.computed_at = Plan.State.PROPOSED, clock.now()
    plan.value, plan.bound, plan.moves, plan.version = answer.value, answer.bound or None, answer.moves, answer.version
    plan.data_digest, plan.cpu_seconds, plan.facts = answer.digest, answer.cpu_seconds, facts
    plan.save()
    announce(PlanProposed(plan.uid, plan.programme.uid, len(answer.held), len(answer.seats)), by=None)


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
