"""Checking in without a line: the code is kept on the phone and comes later; what it proves counts, and a saved list is not overwritten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handrail.delivery import events, queries, rules
from handrail.delivery.actions.attendance import Line, write_lines
from handrail.delivery.actions.schedule import check_has_begun
from handrail.delivery.actions.seats import locked
from handrail.delivery.models import Attendance, LateCheckIn, Seat, Session
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@transaction.atomic
def check_in_late(*, session: Session, code: str, person: Person, by: Person | None, device_at: datetime | None = None) -> Attendance | LateCheckIn:
    """A person checks in with a code that was read without a line, up to a day ago; the moment that the code proves decides how late they were.

    A second time changes nothing. Where the list was saved without them meanwhile, whoever leads the session decides: answers a LateCheckIn then.
    Raises RuleBroken for a code of no moment of this check-in, and for whoever has no seat: a passed-on photo must not open one.
    """
    session = locked(session)
    check_has_begun(session)
    now = clock.now()
    moment = rules.moment_of_code(
        code, secret=session.check_in_secret, session=session.uid, starts_at=session.starts_at, ends_at=session.ends_at, now=now
    )
    if moment is None:
        raise RuleBroken(_("That code was not shown at this session during the last day. Ask the trainer to put you on the list."), field="code")
    if not session.seats.filter(person=person, state__in=(*Seat.HOLDING, Seat.State.WAITING)).exists():
        raise RuleBroken(_("You have no seat in this session. Ask the trainer to put you on the list."), field="code")
    if there := queries.latest_of(session).get(person.pk):
        return there
    if earlier := session.late_check_ins.filter(person=person).first():
        return earlier
    if session.list_version:
        found = LateCheckIn.objects.create(session=session, person=person, arrived_at=moment, device_at=device_at, received_at=now)
        announce(events.LateCheckInCame(found.uid, session.uid, person.uid), by=by)
        return found
    return _count(session, person, moment, device_at, by)


@transaction.atomic
def settle_late_check_in(*, late: LateCheckIn, counts: bool, by: Person) -> LateCheckIn:
    """Whoever leads the session says whether somebody who checked in without a line, and is not on the saved list, was there."""
    session = locked(late.session)
    late = LateCheckIn.objects.select_for_update(no_key=True).get(pk=late.pk)
    if late.settled_at is not None:
        return late
    late.counts, late.settled_at, late.settled_by = counts, clock.now(), by
    late.save(update_fields=["counts", "settled_at", "settled_by"])
    if counts and late.person_id not in queries.latest_of(session):
        _count(session, late.person, late.arrived_at, late.device_at, by)
    announce(events.LateCheckInSettled(late.uid, session.uid, counts), by=by)
    return late


def _count(session: Session, person: Person, moment: datetime, device_at: datetime | None, by: Person | None) -> Attendance:
    late = rules.late_minutes(starts_at=session.starts_at, arrived_at=moment, grace=session.grace_minutes)
    line = Line(person, None, min(late, session.planned_minutes), 0, "", moment, device_at)
    return write_lines(session, [line], method=Attendance.Method.QR, by=by)[0]
