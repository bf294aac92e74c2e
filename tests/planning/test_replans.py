"""After cancellations: whoever lost a seat is seated again, few others move, nobody within the notice period; and what if."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from handrail.competences.models import Area
from handrail.delivery import actions as delivery
from handrail.delivery.models import Seat, Session
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.people import actions as people
from handrail.planning import actions, queries
from handrail.planning import rules as planning_rules
from handrail.planning.models import Pin, Plan, PlanMove, PlanRefusal, PlanSeat
from handrail.programmes.models import Participation
from tests.cast import make_cast
from tests.planning.world import MOVES, World, ask, candidate, make_world, proposed
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


def adopted_world() -> World:
    """A plan is adopted; B1 could be held a third time, on a day that the plan did not need."""
    world = make_world(make_cast())
    actions.adopt_plan(plan=proposed(world), by=world.cast.amal)
    world.sessions["B1 spare"] = candidate(world.cast, world.modules["B1"], 20)
    return world


@pytest.fixture
def world(db: None) -> World:
    return remembered("adopted", adopted_world)


def call_off(world: World, name: str) -> Session:
    session = Session.objects.get(pk=world.sessions[name].pk)
    return delivery.cancel_session(session=session, reason="Lokalen är stängd", by=world.cast.amal)


def held_b1(world: World) -> str:
    """The name of the B1 session that the plan holds."""
    return next(name for name in ("B1", "B1 later") if Session.objects.get(pk=world.sessions[name].pk).state == Session.State.PLANNED)


def replanned(world: World, session: Session, **changes: Any) -> Plan:
    asked: dict[str, Any] = {"cancelled": [session], "money": Decimal(5000), "notice_days": 14, "by": world.cast.amal} | changes
    plan = actions.compute(actions.ask_replan(programme=world.cast.programme, **asked))
    assert plan.state == "proposed", plan.violations
    return plan


def seated(session: Session) -> set[int]:
    return set(Seat.objects.filter(session=session, state__in=[*Seat.HOLDING, Seat.State.ASKED]).values_list("person_id", flat=True))


def test_whoever_lost_a_seat_is_offered_another_and_nobody_else_moves(world: World) -> None:
    name = held_b1(world)
    others = {one.pk: seated(one) for one in Session.objects.filter(state=Session.State.PLANNED).exclude(pk=world.sessions[name].pk)}
    session = call_off(world, name)
    lost = set(Seat.objects.filter(session=session).values_list("person_id", flat=True))
    assert [(one.session.pk, one.people) for one in queries.called_off(world.cast.programme)] == [(session.pk, len(lost))]
    plan = replanned(world, session)
    answers = queries.answers_of(plan)
    assert answers[-1].facts["closed"] == answers[-1].facts["beside"]["closed"], "a spare session closes all that was lost"
    assert [one.facts["moved_people"] for one in answers] == sorted(one.facts["moved_people"] for one in answers)
    actions.adopt_plan(plan=answers[-1], by=world.cast.amal)
    again = Session.objects.filter(module=session.module, state=Session.State.PLANNED)
    assert set().union(*(seated(one) for one in again)) == lost
    assert {pk: seated(Session.objects.get(pk=pk)) for pk in others} == others, "nobody who had lost nothing was moved"
    assert queries.called_off(world.cast.programme) == []
    assert set(Plan.objects.filter(kind=Plan.Kind.REPLAN).exclude(pk=answers[-1].pk).values_list("state", flat=True)) <= {"replaced"}


def test_nobody_is_moved_or_invited_within_the_notice_period(world: World) -> None:
    name = held_b1(world)
    session = call_off(world, name)
    days = (world.sessions["B1 spare"].starts_at - clock.now()).days + 2
    plan = replanned(world, session, notice_days=days)
    for one in queries.answers_of(plan):
        kinds = set(one.moves_of_people.values_list("kind", flat=True))
        assert kinds == {PlanMove.Kind.LOST}, "all that is left starts within the notice period"


def test_without_money_no_new_session_is_held(world: World) -> None:
    plan = replanned(world, call_off(world, held_b1(world)), money=Decimal(0))
    assert all(one.facts["opened"] == 0 for one in queries.answers_of(plan))


def test_what_one_person_closes_cannot_be_worked_out_from_before_and_after(world: World) -> None:
    """One person is left in the session that is called off; nobody reads what is closed before and after beside each other."""
    session = Session.objects.get(pk=world.sessions[held_b1(world)].pk)
    for seat in Seat.objects.filter(session=session, state=Seat.State.INVITED)[1:]:
        delivery.decline_seat(seat=seat, by=None)
    plan = replanned(world, call_off(world, held_b1(world)), money=Decimal(0))
    assert plan.facts["moved_people"] == 1
    steps = queries.beside(plan)[0]
    assert (steps.today, steps.then) == ("dold", "dold") and queries.figures_of(plan)[0][1] == "dold"
    assert "target" not in " ".join(str(row) for group in queries.groups(plan, world.cast.paula) for row in group.rows)
    assert not any("%" in card.closes for card in queries.answer_cards([plan]))


def test_answers_that_leave_a_later_cancellation_out_do_not_wait(world: World) -> None:
    plan = replanned(world, call_off(world, held_b1(world)))
    assert queries.replan_waits(world.cast.programme, queries.called_off(world.cast.programme)) == plan
    call_off(world, "B2")
    assert queries.replan_waits(world.cast.programme, queries.called_off(world.cast.programme)) is None


def test_an_answer_to_what_has_changed_since_is_refused(world: World) -> None:
    plan = replanned(world, call_off(world, held_b1(world)))
    seat = Seat.objects.filter(session__state=Session.State.PLANNED, state=Seat.State.INVITED).first()
    assert seat is not None
    delivery.decline_seat(seat=seat, by=None)
    with pytest.raises(RuleBroken, match="sedan"):
        actions.adopt_plan(plan=plan, by=world.cast.amal)


def test_only_what_was_called_off_can_be_answered(world: World) -> None:
    for cancelled in ([], [world.sessions["B1 spare"]]):
        with pytest.raises(RuleBroken):
            actions.ask_replan(programme=world.cast.programme, cancelled=cancelled, money=Decimal(0), notice_days=14, by=world.cast.amal)


def test_whoever_had_said_no_before_has_lost_nothing(world: World) -> None:
    name = held_b1(world)
    seat = Seat.objects.filter(session=world.sessions[name]).first()
    assert seat is not None
    delivery.decline_seat(seat=seat, by=None)
    session = call_off(world, name)
    lost = Seat.objects.filter(session=session, state=Seat.State.WITHDRAWN).count()
    assert [one.people for one in queries.called_off(world.cast.programme)] == [lost]
    assert not replanned(world, session).moves_of_people.filter(person=seat.person).exists()


def test_a_seat_given_by_hand_beyond_every_limit_stands(world: World) -> None:
    """Bo lacks only interpreting; he was invited to B2 all the same, and keeps that seat whatever is called off."""
    b2 = Session.objects.get(pk=world.sessions["B2"].pk)
    delivery.invite_to_session(session=b2, person=world.cast.bo, by=world.cast.amal)
    answers = queries.answers_of(replanned(world, call_off(world, held_b1(world))))
    assert not PlanMove.objects.filter(plan__in=answers, person=world.cast.bo).exists()


def test_locks_on_possible_sessions_are_left_to_the_next_plan(world: World) -> None:
    """A session that must be held next time, and one whose lock was carried out and then declined, keep nobody from answering."""
    seat = Seat.objects.filter(session=world.sessions["B2"], state=Seat.State.INVITED).first()
    assert seat is not None
    pinned = {"programme": world.cast.programme, "reason": "Överenskommet", "by": world.cast.amal}
    actions.pin(kind="hold", session=world.sessions["B1 spare"], **pinned)
    Pin.objects.create(programme=world.cast.programme, kind="attend", session=seat.session, person=seat.person, reason="Avtalat", set_by=world.cast.amal, set_at=clock.now())
    delivery.decline_seat(seat=seat, by=None)
    plan = replanned(world, call_off(world, held_b1(world)), money=Decimal(0))
    assert all(one.facts["opened"] == 0 for one in queries.answers_of(plan))


def test_a_possible_session_that_must_not_be_held_stays_closed(world: World) -> None:
    actions.pin(programme=world.cast.programme, kind="drop", session=world.sessions["B1 spare"], reason="Lokalen byggs om", by=world.cast.amal)
    plan = replanned(world, call_off(world, held_b1(world)))
    assert not PlanMove.objects.filter(plan__in=queries.answers_of(plan), session=world.sessions["B1 spare"]).exists()


def test_two_sessions_of_one_trainer_in_one_morning_are_no_fault(world: World) -> None:
    for hour in (8, 10):
        candidate(world.cast, world.modules["B2"], 25, hour, minutes=60, state="planned", trainer=world.cast.carlos)
    replanned(world, call_off(world, held_b1(world)))


def test_what_if_stands_beside_today_and_is_never_adopted(world: World) -> None:
    common: dict[str, Any] = {"hours": 16, "absence_share": Decimal(1), "travel": True, "travel_cost": Decimal(0), "moves": MOVES, "by": world.cast.amal}
    plan = actions.compute(actions.ask_what_if(programme=world.cast.programme, budget=Decimal(5000), **common))
    assert plan.state == "proposed", plan.violations
    today = plan.facts["beside"]
    assert today["sessions"] == Session.objects.filter(state=Session.State.PLANNED).count()
    assert plan.facts["sessions"] == 1 and plan.facts["closed"] < today["closed"]
    with pytest.raises(RuleBroken, match="förslag"):
        actions.adopt_plan(plan=plan, by=world.cast.amal)
    assert queries.plan_for(world.cast.programme, with_proposals=True).kind == Plan.Kind.PLAN


def test_more_money_says_what_it_would_add_and_where(db: None) -> None:
    world = remembered("planned", lambda: make_world(make_cast()))
    plan = proposed(world, budget=Decimal(10_000))
    small, more, most = plan.facts["more_money"]
    assert (small["extra"], more["extra"], most["extra"]) == (5000.0, 20000.0, 100000.0)
    assert 0 < small["steps"] <= more["steps"] <= most["steps"] and small["sessions"] == 1
    rich = proposed(world, budget=Decimal(15_000))
    assert rich.facts["closed"] >= plan.facts["closed"] + small["steps"], "what was promised can be had"
    assert small["organisations"] and set(small["organisations"]) <= {world.cast.horby.pk, world.cast.kristianstad.pk}


def test_a_proposal_says_what_hangs_on_the_weights_of_each_area(db: None, run_later: Any, client_of: Any) -> None:
    world = remembered("planned", lambda: make_world(make_cast()))
    plan = proposed(world, budget=Decimal(10_000))
    run_later()
    plan.refresh_from_db()
    rows = plan.facts["weights"]
    assert len(rows) == Area.objects.filter(framework=world.framework).count() > 1
    assert all(row["more"] > -0.01 and row["less"] > -0.01 for row in rows)
    page = client_of(world.cast.amal).get(f"/plans/{plan.uid}/").content.decode()
    assert "vikterna" in page and page.count("data-label=\"En femtedel mer\"") == len(rows)


def test_weights_are_not_told_of_data_that_have_changed(db: None) -> None:
    world = remembered("planned", lambda: make_world(make_cast()))
    plan = proposed(world)
    candidate(world.cast, world.modules["B1"], 21)
    assert actions.weigh(plan) is False


def test_weights_are_not_told_of_a_plan_that_can_no_longer_be_read(db: None) -> None:
    """A locked seat of somebody who has left since keeps the question from being read at all: nothing to weigh, and no failed task."""
    world = remembered("planned", lambda: make_world(make_cast()))
    plan = proposed(world)
    person = next(one.person for one in plan.seats.select_related("person", "session") if one.session.state == "candidate")
    seat = plan.seats.filter(person=person).select_related("session").first()
    actions.pin(programme=world.cast.programme, kind="attend", session=seat.session, person=person, reason="Därför", by=world.cast.paula)
    Participation.objects.filter(person=person).update(left_on=clock.today())
    assert actions.weigh(plan) is False


def test_an_erased_person_is_in_no_plan_not_even_one_that_was_being_computed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    world = remembered("planned", lambda: make_world(make_cast()))
    plan = proposed(world)
    person = plan.seats.select_related("person").first().person
    asked = ask(world)
    solve = planning_rules.solve

    def meanwhile(*args: Any, **more: Any) -> Any:
        people.erase_person(person=person, reason="wish", by=world.cast.amal)
        return solve(*args, **more)

    monkeypatch.setattr(planning_rules, "solve", meanwhile)
    assert actions.compute(asked).state == "proposed"
    assert not PlanSeat.objects.filter(person=person).exists() and not PlanRefusal.objects.filter(person=person).exists()
    assert asked.seats.exists()
