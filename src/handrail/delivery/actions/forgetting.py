"""What sessions forget of somebody who is erased: seats to come are given back, minutes stay for the funder, words go."""

from __future__ import annotations

from django.db import transaction

from handrail.delivery import events
from handrail.delivery.actions.seats import fill_from_queue, locked, move
from handrail.delivery.models import Attendance, CoTrainer, LateCheckIn, Seat, SeatStep, Session
from handrail.kit import clock
from handrail.kit.events import announce
from handrail.people.models import Person

NO_REASON = "–"  # a correction keeps that there was a reason, not what it said


@transaction.atomic
def forget_in_sessions(*, person: Person, by: Person | None = None) -> None:
    """Seats to come go to whoever has waited longest, sessions to come lose this trainer; of the past stay minutes and times alone."""
    now = clock.now()
    coming = Session.objects.filter(ends_at__gt=now).exclude(state__in=[Session.State.HELD, Session.State.CANCELLED])
    for session in [locked(one) for one in coming.filter(seats__person=person).order_by("pk")]:
        seat = session.seats.get(person=person)
        if session.attendances.filter(person=person).exists() or seat.state not in (*Seat.HOLDING, Seat.State.WAITING, Seat.State.ASKED):
            continue
        move(seat, Seat.State.WITHDRAWN, by)
        announce(events.SeatDecided(seat.uid, session.uid, seat.state), by=by)
        fill_from_queue(session, by)
    coming.filter(trainer=person).update(trainer=None)
    CoTrainer.objects.filter(person=person, session__in=coming).delete()
    there = Attendance.objects.filter(person=person).values("session_id")
    seats = Seat.objects.filter(person=person)
    seats.exclude(session__in=there).delete()
    seats.update(why={}, unit=None, queued_at=None, to_tell_since=None)
    SeatStep.objects.filter(seat__person=person).update(reason="")
    Attendance.objects.filter(person=person).exclude(reason="").update(reason=NO_REASON)
    Attendance.objects.filter(person=person).update(device_at=None)
    LateCheckIn.objects.filter(person=person).delete()
