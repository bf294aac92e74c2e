"""After cancellations: asking for answers, computing them, taking one up. And what if the limits were others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction

from handrail.delivery import actions as delivery
from handrail.delivery.models import Seat, Session
from handrail.delivery.queries import lost_seats, participants_in
from handrail.kit import clock, ids, later
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning import rules
from handrail.planning.actions.facts import as_today, facts_of
from handrail.planning.actions.keeping import BATCH, fail, keep_answer, keep_question, next_number
from handrail.planning.actions.progress import Reporter
from handrail.planning.events import PlanAdopted
from handrail.planning.models import Plan, PlanMove
from handrail.planning.queries.basis import Basis, basis_of
from handrail.planning.queries.replans import limits_today, whole_period
from handrail.programmes.models import Programme

Move = tuple[Person, dict[str, Any]]


@transaction.atomic
def ask_what_if(
    *, programme: Programme, budget: Decimal, hours: int, absence_share: Decimal, travel: bool, travel_cost: Decimal, seed: int = 0,
    moves: int | None = None, by: Person,
) -> Plan:  # fmt: skip
    """Ask what the sessions still to come, planned or possible, could close within other limits; nothing of it is ever adopted."""
    first, last = whole_period(programme)
    settings = {
        "kind": Plan.Kind.WHAT_IF.value, "first": first.isoformat(), "last": last.isoformat(), "budget": str(budget), "hours": hours,
        "absence_share": str(absence_share), "travel": travel, "travel_cost": str(travel_cost), "moves": moves,
    }  # fmt: skip
    return keep_question(Plan(programme=programme, kind=Plan.Kind.WHAT_IF, settings=settings, seed=seed, asked_by=by))


@transaction.atomic
def ask_replan(*, programme: Programme, cancelled: Sequence[Session], money: Decimal, notice_days: int, by: Person) -> Plan:
    """Ask how to go on after sessions were called off: two or three answers, computed by a worker.

    `money` is what new sessions and journeys may cost beside what is planned; nobody is moved in what starts within `notice_days`.
    Raises RuleBroken when none of the sessions was called off.
    """
    if not cancelled or any(one.state != Session.State.CANCELLED or one.starts_at <= clock.now() for one in cancelled):
        raise RuleBroken(_("Choose sessions that were called off and have not passed."), field="cancelled")
    first, last = whole_period(programme)
    settings = limits_today(programme) | {
        "kind": Plan.Kind.REPLAN.value, "first": first.isoformat(), "last": last.isoformat(), "budget": str(money), "notice_days": notice_days,
        "cancelled": [str(one.uid) for one in cancelled],
    }  # fmt: skip
    return keep_question(Plan(programme=programme, kind=Plan.Kind.REPLAN, settings=settings, asked_by=by))


def compute_replan(plan: Plan, basis: Basis) -> Plan:
    """Compute the answers to cancellations. Sessions that people know of are never called off by an answer.

    An answer that breaks a hard rule by our independent check, or moves somebody within the notice period, is never proposed.
    """
    cancelled, planned = _codes(basis, Session.State.CANCELLED), _codes(basis, Session.State.PLANNED)
    until = clock.now() + timedelta(days=int(plan.settings["notice_days"]))
    frozen = np.array([code for code, one in enumerate(basis.sessions) if one.starts_at < until], np.int64)
    reporter = Reporter(plan.task)
    reporter.tell(0, 1, 0.0)
    found = rules.replan(
        replace(basis.problem, pinned_held=planned), held=basis.held, seats=basis.seats, cancelled=cancelled, frozen=frozen, seed=plan.seed,
        should_stop=reporter.should_stop,
    )  # fmt: skip
    called_off = replace(found.problem, pinned_not_held=np.union1d(found.problem.pinned_not_held, cancelled))
    good = [
        one for one in found.answers
        if not rules.check(called_off, one.held, one.seats)
        and not np.isin(called_off.pair_session[np.concatenate([one.added, _left(called_off, one, cancelled)])], frozen).any()
    ]  # fmt: skip
    return _keep(plan, replace(basis, problem=called_off), found, good, _digest(basis)) if good else fail(plan, [{"kind": "check"}])


@transaction.atomic
def _keep(plan: Plan, basis: Basis, found: rules.Replan, answers: list[rules.Answer], digest: str) -> Plan:
    first = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=plan.pk)
    if first.state != Plan.State.COMPUTING:
        return first
    lost = {seat.person_id for seat in lost_seats([one for one in basis.sessions if one.state == Session.State.CANCELLED])}
    beside, cancelled = facts_of(basis, as_today(basis)), _codes(basis, Session.State.CANCELLED)
    for place, answer in enumerate(answers):
        row = first
        if place:
            row = Plan(programme=first.programme, kind=first.kind, settings=first.settings, seed=first.seed, asked_by=first.asked_by, asked_at=first.asked_at, first_of=first)
            row.number = next_number(first.programme)
            row.save()
        row.variant = Plan.Variant(answer.name)
        full = rules.Plan(
            held=answer.held, seats=answer.seats, value=answer.value, closed_by_unit=answer.closed_by_unit, bound=0.0, seed=found.seed, moves=0,
            cpu_seconds=found.cpu_seconds, digest=digest,
        )  # fmt: skip
        facts = facts_of(basis, full) | {
            "beside": beside, "lost_people": len(found.lost_people), "lost_without_need": len(lost) - len(found.lost_people),
            "moved_people": len(answer.touched), "others_moved": len(np.setdiff1d(answer.touched, found.lost_people)), "opened": len(answer.opened),
        }  # fmt: skip
        keep_answer(row, basis, full, facts)
        _keep_moves(row, basis, answer, cancelled)
    if first.task:
        later.finish(first.task, LongTask.State.DONE)
    return first


def _keep_moves(plan: Plan, basis: Basis, answer: rules.Answer, cancelled: Any) -> None:
    problem, gone = basis.problem, set(cancelled.tolist())
    rows = [(int(pair), PlanMove.Kind.LOST if int(problem.pair_session[pair]) in gone else PlanMove.Kind.LEAVES) for pair in answer.removed]
    rows += [(int(pair), PlanMove.Kind.JOINS) for pair in answer.added]
    PlanMove.objects.bulk_create(
        [
            PlanMove(plan=plan, person_id=basis.persons[int(problem.pair_person[pair])], session=basis.sessions[int(problem.pair_session[pair])], kind=kind)
            for pair, kind in rows
        ],
        batch_size=BATCH,
    )


def adopt_replan(*, plan: Plan, by: Person) -> Plan:
    """Take an answer up: new sessions are planned, people leave the seats they leave and are offered the others, each told why.

    Raises RuleBroken when seats or sessions changed since it was computed.
    """
    basis = basis_of(plan.programme, plan.settings)
    if _digest(basis) != plan.data_digest:
        raise RuleBroken(_("Seats or sessions were changed since this answer was computed. Ask for new answers."))
    moves = list(plan.moves_of_people.select_related("person", "session__module", "session__programme").order_by("session__starts_at", "pk"))
    left = Seat.objects.filter(session__in={move.session_id for move in moves if move.kind == PlanMove.Kind.LEAVES}).select_related("session")
    seats = {(one.session_id, one.person_id): one for one in left}
    for move in moves:
        if move.kind == PlanMove.Kind.LEAVES:
            delivery.withdraw_seat(seat=seats[move.session_id, move.person_id], by=by, reason=str(_("You are offered another session instead, because one was cancelled.")))
    whys = {(one.session_id, one.person_id): one.why for one in plan.seats.all()}
    still_here = participants_in(plan.programme, [move.person_id for move in moves])
    offered: dict[Session, list[Move]] = defaultdict(list)
    for move in moves:
        if move.kind == PlanMove.Kind.JOINS and move.person_id in still_here:
            offered[move.session].append((move.person, whys[move.session_id, move.person_id]))
    for session, people in offered.items():
        open_session = delivery.plan_session(session=session, by=by) if session.state == Session.State.CANDIDATE else session
        delivery.invite_many(session=open_session, persons_with_why=people, by=by)
    same = Plan.objects.filter(programme=plan.programme, kind=Plan.Kind.REPLAN, state=Plan.State.PROPOSED).exclude(pk=plan.pk)
    same.update(state=Plan.State.REPLACED)
    plan.state, plan.adopted_at, plan.adopted_by = Plan.State.ADOPTED, clock.now(), by
    plan.save(update_fields=["state", "adopted_at", "adopted_by"])
    announce(PlanAdopted(plan.uid, plan.programme.uid, plan.facts["opened"], sum(len(one) for one in offered.values())), by=by)
    return plan


def _digest(basis: Basis) -> str:
    """What answers are computed from: the problem, what is held today, and who sits where."""
    return ids.digest([basis.problem.digest, basis.held.tolist(), basis.seats.tolist()])


def _codes(basis: Basis, state: str) -> Any:
    return np.array([code for code, one in enumerate(basis.sessions) if one.state == state], np.int64)


def _left(problem: rules.Problem, answer: rules.Answer, cancelled: Any) -> Any:
    """Seats that people leave, beside those they lost."""
    return answer.removed[~np.isin(problem.pair_session[answer.removed], cancelled)]
