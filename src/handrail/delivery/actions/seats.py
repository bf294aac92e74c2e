"""Seats: invited, approved, said yes or no to, freed, and given to whoever has waited longest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from handrail.delivery import events, queries, rules
from handrail.delivery.models import Seat, SeatStep, Session
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

S = Seat.State
Why = Mapping[str, Any]


@transaction.atomic
def invite_to_session(*, session: Session, person: Person, by: Person | None, why: Why | None = None) -> Seat:
    """Offer somebody a seat: asked of the manager where the session wants that, invited while there is room, else on the waiting list.

    Whoever has a seat already keeps it as it is; a seat taken back, refused or said no to is offered anew.
    """
    session = locked(session)
    seats = _offer(session, [(person, why)], by, again=(S.WITHDRAWN, S.DECLINED, S.REFUSED))
    if not seats:
        return Seat.objects.get(session=session, person=person)
    announce(events.SeatsOffered(session.uid, (seats[0].uid,)), by=by)
    return seats[0]


@transaction.atomic
def invite_many(*, session: Session, persons_with_why: Iterable[tuple[Person, Why | None]], by: Person | None) -> int:
    """Offer seats to many at once, in this order; answers how many are new. Whoever said no before is not asked again."""
    session = locked(session)
    seats = _offer(session, list(persons_with_why), by, again=(S.WITHDRAWN,))
    if seats:
        announce(events.SeatsOffered(session.uid, tuple(seat.uid for seat in seats)), by=by)
    return len(seats)


@transaction.atomic
def give_places(*, session: Session, persons: Iterable[Person], by: Person) -> int:
    """Give newcomers places in a course that they have agreed on with who accompanies them; answers how many are new.

    Whoever comes when all places are taken stands in line. Raises RuleBroken for a session for staff, one that is over, and for whoever is no newcomer.
    """
    session = locked(session)
    if not session.for_newcomers:
        raise RuleBroken(_("This session is for staff. Choose a course for newcomers."), field="session")
    seats = _offer(session, [(one, {"code": "caseworker"}) for one in persons], by, again=(S.WITHDRAWN, S.DECLINED, S.REFUSED))
    if seats:
        announce(events.SeatsOffered(session.uid, tuple(seat.uid for seat in seats)), by=by)
    return len(seats)


@transaction.atomic
def note_told(*, seat: Seat, by: Person) -> None:
    """Somebody without an address has been told where their place stands; saying it twice changes nothing."""
    if Seat.objects.filter(pk=seat.pk, to_tell_since__isnull=False).update(to_tell_since=None):
        announce(events.SeatTold(seat.uid, seat.session.uid), by=by)


@transaction.atomic
def accept_seat(*, seat: Seat, by: Person | None) -> Seat:
    """Say yes. Whoever said no before and has changed their mind gets a free seat, or a place on the waiting list."""
    session, seat = locked(seat.session), _fresh(seat)
    check_open(session)
    if seat.state == S.ACCEPTED:
        return seat
    if seat.state == S.WAITING:
        raise RuleBroken(_("All seats are taken. You are on the waiting list and will be told when one is free."))
    if seat.state == S.ASKED:
        raise RuleBroken(_("Your manager has not answered yet. You will be told."))
    if seat.state in (S.REFUSED, S.WITHDRAWN):
        raise RuleBroken(_("This place is no longer yours. Ask your caseworker for another.") if session.for_newcomers else _("This seat is no longer yours. Ask your process leader for another."))
    free = rules.free_seats(maximum=session.maximum, held=_held(session))
    move(seat, S.ACCEPTED if seat.state == S.INVITED or free else S.WAITING, by)
    announce(events.SeatAnswered(seat.uid, session.uid, seat.state), by=by)
    return seat


@transaction.atomic
def decline_seat(*, seat: Seat, by: Person | None, reason: str = "") -> Seat:
    """Say no. The seat goes to whoever has waited longest."""
    session, seat = locked(seat.session), _fresh(seat)
    check_open(session)
    if seat.state in (S.DECLINED, S.REFUSED, S.WITHDRAWN):
        return seat
    move(seat, S.DECLINED, by, reason)
    announce(events.SeatAnswered(seat.uid, session.uid, seat.state), by=by)
    fill_from_queue(session, by)
    return seat


@transaction.atomic
def approve_seat(*, seat: Seat, by: Person) -> Seat:
    """The manager lets somebody go: invited while there is room, else on the waiting list."""
    session, seat = locked(seat.session), _fresh(seat)
    check_open(session)
    if seat.state != S.ASKED:
        raise RuleBroken(_("This seat does not wait for an approval any more. Reload the page."))
    free = rules.free_seats(maximum=session.maximum, held=_held(session))
    move(seat, rules.first_state(needs_approval=False, free=free), by)
    announce(events.SeatDecided(seat.uid, session.uid, seat.state), by=by)
    return seat


@transaction.atomic
def refuse_seat(*, seat: Seat, by: Person, reason: str = "") -> Seat:
    """The manager cannot let somebody go, and says why."""
    session, seat = locked(seat.session), _fresh(seat)
    if seat.state != S.ASKED:
        raise RuleBroken(_("This seat does not wait for an approval any more. Reload the page."))
    if not reason.strip():
        raise RuleBroken(_("Say why, so that the person knows."), field="reason")
    move(seat, S.REFUSED, by, reason)
    announce(events.SeatDecided(seat.uid, session.uid, seat.state), by=by)
    return seat


@transaction.atomic
def withdraw_seat(*, seat: Seat, by: Person, reason: str) -> Seat:
    """Take a seat back; it goes to whoever has waited longest."""
    session, seat = locked(seat.session), _fresh(seat)
    check_open(session)
    if not reason.strip():
        raise RuleBroken(_("Say why, so that the person knows."), field="reason")
    if session.attendances.filter(person_id=seat.person_id).exists():
        raise RuleBroken(_("Minutes are recorded on this seat. Correct the minutes instead."))
    if seat.state != S.WITHDRAWN:
        move(seat, S.WITHDRAWN, by, reason)
        announce(events.SeatDecided(seat.uid, session.uid, seat.state), by=by)
        fill_from_queue(session, by)
    return seat


def locked(session: Session) -> Session:
    """The session as it stands now, held against everybody else until the transaction ends."""
    return Session.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "module").get(pk=session.pk)


def check_open(session: Session) -> None:
    """Seats change until the session has ended. Raises RuleBroken."""
    if session.state == Session.State.CANCELLED:
        raise RuleBroken(_("The session was cancelled."))
    if session.state == Session.State.HELD or session.ends_at <= clock.now():
        raise RuleBroken(_("The session is over. Who was there is recorded in the attendance list."))


def move(seat: Seat, state: str, by: Person | None, reason: str = "") -> None:
    """Change a seat's state and keep the step."""
    seat.state = S(state)
    seat.queued_at = clock.now() if state == S.WAITING else None
    seat.save(update_fields=["state", "queued_at"])
    SeatStep.objects.create(seat=seat, state=state, by=by, at=clock.now(), reason=reason.strip()[:300])


def fill_from_queue(session: Session, by: Person | None) -> int:
    """Give the free seats to whoever has waited longest; answers how many. Called by actions that freed some."""
    free = rules.free_seats(maximum=session.maximum, held=_held(session))
    queue = {seat.pk: seat for seat in queries.waiting_seats(session)} if free else {}
    chosen = rules.next_from_queue(((seat.queued_at or seat.created_at, seat.pk) for seat in queue.values()), free=free)
    for pk in chosen:
        move(queue[pk], S.ACCEPTED if session.for_newcomers else S.INVITED, by)  # a newcomer had said yes when they were put in line
    if chosen:
        announce(events.SeatsFreed(session.uid, tuple(queue[pk].uid for pk in chosen)), by=by)
    return len(chosen)


def walk_in(session: Session, persons: Iterable[Person], by: Person | None) -> None:
    """Seats for whoever was there without one. Raises RuleBroken for somebody who does not take part in the programme, and among newcomers for
    everybody: who accompanies a person knows first, and nobody finds out here who takes part."""
    if session.for_newcomers:
        raise RuleBroken(_("Somebody on the list has no place in this course. Ask who accompanies them to give them one, then save again."), field="person")
    now = clock.now()
    seats = _new_seats(session, [(person, {"code": "walk_in"}) for person in persons])
    for seat in seats:
        seat.state = S.ACCEPTED
    _keep(seats, by, now)


def _offer(session: Session, asked: list[tuple[Person, Why | None]], by: Person | None, *, again: tuple[str, ...]) -> list[Seat]:
    check_open(session)
    if session.state == Session.State.CANDIDATE:
        raise RuleBroken(_("This session is only a possibility so far. Plan it first, then invite."))
    known = {seat.person_id: seat for seat in session.seats.filter(person_id__in=[person.pk for person, _why in asked])}
    fresh = {person.pk: (person, why) for person, why in asked if person.pk not in known}
    seats = _new_seats(session, list(fresh.values()))
    free = rules.free_seats(maximum=session.maximum, held=_held(session))
    now = clock.now()
    reopened = [known[person.pk] for person, _why in asked if person.pk in known and known[person.pk].state in again]
    for seat in [*reopened, *seats]:
        seat.state = S(rules.first_state(needs_approval=session.needs_approval, free=free))
        free -= seat.state == S.INVITED
        if session.for_newcomers and seat.state == S.INVITED:
            seat.state = S.ACCEPTED
        seat.queued_at = now if seat.state == S.WAITING else None
    for seat in reopened:
        seat.save(update_fields=["state", "queued_at"])
        SeatStep.objects.create(seat=seat, state=seat.state, by=by, at=now)
    _keep(seats, by, now)
    return [*reopened, *seats]


def _new_seats(session: Session, asked: list[tuple[Person, Why | None]]) -> list[Seat]:
    ids = [person.pk for person, _why in asked]
    takes_part = queries.participants_in(session.programme, ids)
    if any(pk not in takes_part for pk in ids):
        raise RuleBroken(_("Somebody does not take part in the programme. Enrol them first, under the programme's participants."), field="person")
    newcomers = queries.newcomers_among(session.programme, ids)
    if any((pk in newcomers) != session.for_newcomers for pk in ids):
        raise RuleBroken(_("This course is for newcomers who are accompanied in the programme.") if session.for_newcomers else _("This session is for staff. Newcomers have courses of their own."), field="person")
    works_at = queries.workplaces_in({row.organisation_id for row in takes_part.values()}, ids)
    now, seats = clock.now(), []
    for person, why in asked:
        organisation_id = takes_part[person.pk].organisation_id
        work = works_at.get((organisation_id, person.pk))
        seats.append(Seat(
            session=session, person=person, organisation_id=organisation_id, unit_id=work.unit_id if work else None,
            why=dict(why or {}), created_at=now,
        ))  # fmt: skip
    return seats


def _keep(seats: list[Seat], by: Person | None, now: Any) -> None:
    Seat.objects.bulk_create(seats)
    SeatStep.objects.bulk_create([SeatStep(seat=seat, state=seat.state, by=by, at=now) for seat in seats])


def _held(session: Session) -> int:
    return session.seats.filter(state__in=Seat.HOLDING).count()


def _fresh(seat: Seat) -> Seat:
    return Seat.objects.select_related("session__programme", "session__module", "session__place").get(pk=seat.pk)
