"""Sessions: scheduled, planned, changed, repeated, held, cancelled; and the rooms they are held in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from handrail.curriculum.models import Module
from handrail.curriculum.rules import texts
from handrail.delivery import events, queries, rules
from handrail.delivery.actions.seats import fill_from_queue, locked, move
from handrail.delivery.models import CoTrainer, Place, Seat, SeatStep, Session
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium, time_short
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme

State = Session.State
ZONE = ZoneInfo(settings.TIME_ZONE)
COPIED = ("break_minutes", "grace_minutes", "organisation", "place", "online_address", "language", "minimum", "maximum", "needs_approval", "cost", "trainer", "audience")


@transaction.atomic
def add_place(*, programme: Programme, organisation: Organisation, name: str, address: str = "", seats: int = 0, by: Person) -> Place:
    """Add a room where sessions can be held; `seats` 0 means not stated."""
    if not name.strip():
        raise RuleBroken(_("Give the room a name."), field="name")
    place = Place.objects.create(programme=programme, organisation=organisation, name=name.strip(), address=address.strip(), seats=seats)
    announce(events.PlaceAdded(place.uid, programme.uid), by=by)
    return place


@transaction.atomic
def schedule_session(
    *, programme: Programme, module: Module, starts_at: datetime, ends_at: datetime, maximum: int, minimum: int = 1,
    break_minutes: int = 0, grace_minutes: int = 10, title: str | Mapping[str, str] | None = None, place: Place | None = None,
    organisation: Organisation | None = None, online_address: str = "", language: str = "sv", trainer: Person | None = None,
    co_trainers: Iterable[Person] = (), cost: Decimal | int = 0, needs_approval: bool = False, state: str = "planned",
    repeats: Session | None = None, audience: str = "staff", by: Person,
) -> Session:  # fmt: skip
    """Put a session on the calendar (`planned`), or before the planner as one that could be held (`candidate`).

    `audience` says for whom: staff, or newcomers. Raises RuleBroken for times outside the programme, too few seats, and a room or trainer taken by
    another session, which is named; for newcomers also where a planner or a manager would decide who comes.
    """
    if state not in (State.PLANNED, State.CANDIDATE):
        raise RuleBroken(_("A new session is planned or possible."), field="state")
    if module.programme_id != programme.pk:
        raise RuleBroken(_("The module belongs to another programme."), field="module")
    if audience == Session.Audience.NEWCOMERS and state == State.CANDIDATE:
        raise RuleBroken(_("The planner chooses among sessions for staff. A course for newcomers is planned at once."), field="state")
    if audience == Session.Audience.NEWCOMERS and needs_approval:
        raise RuleBroken(_("Newcomers have no manager who approves seats."), field="needs_approval")
    session = Session(
        programme=programme, audience=audience, module=module, title=texts(title, settings.LANGUAGE_CODE) or dict(module.title), state=state,
        starts_at=starts_at.astimezone(UTC), ends_at=ends_at.astimezone(UTC), break_minutes=break_minutes, grace_minutes=grace_minutes,
        organisation=organisation or (place.organisation if place else None), place=place, online_address=online_address,
        language=language, minimum=minimum, maximum=maximum, needs_approval=needs_approval, cost=cost, trainer=trainer, repeats=repeats,
    )  # fmt: skip
    others = list(co_trainers)
    _check(session, others)
    session.save()
    CoTrainer.objects.bulk_create([CoTrainer(session=session, person=one) for one in others])
    announce(events.SessionScheduled(session.uid, programme.uid, session.state), by=by)
    return session


@transaction.atomic
def plan_session(*, session: Session, by: Person) -> Session:
    """Turn a candidate into a session that will be held. Raises RuleBroken when its room or trainer is taken meanwhile."""
    session = locked(session)
    if session.state == State.CANDIDATE:
        session.state = State.PLANNED
        _check(session, _co_trainers(session))
        session.save(update_fields=["state"])
        announce(events.SessionPlanned(session.uid, session.programme.uid), by=by)
    return session


@transaction.atomic
def change_session(*, session: Session, by: Person, co_trainers: Iterable[Person] | None = None, **facts: Any) -> Session:
    """Change time, room, trainer, numbers. More seats go to the waiting list in order; whoever has a seat is told of a new time or room."""
    session = locked(session)
    if session.state in (State.HELD, State.CANCELLED):
        raise RuleBroken(_("A session that is over or cancelled is not changed. Correct the minutes, or repeat the session."))
    if facts.get("audience", session.audience) != session.audience:
        raise RuleBroken(_("For whom a session is held does not change. Schedule another one."), field="audience")
    if "title" in facts:
        facts["title"] = texts(facts["title"], settings.LANGUAGE_CODE) or dict(session.module.title)
    for name in ("starts_at", "ends_at"):
        if name in facts:
            facts[name] = facts[name].astimezone(UTC)
    changed = tuple(name for name, value in facts.items() if getattr(session, name) != value)
    for name in changed:
        setattr(session, name, facts[name])
    others = _co_trainers(session) if co_trainers is None else list(co_trainers)
    _check(session, others)
    if changed:
        session.save(update_fields=list(changed))
    if co_trainers is not None:
        CoTrainer.objects.filter(session=session).exclude(person__in=others).delete()
        known = set(session.co_trainers.values_list("person_id", flat=True))
        CoTrainer.objects.bulk_create([CoTrainer(session=session, person=one) for one in others if one.pk not in known])
    if {"starts_at", "ends_at", "place", "online_address"} & set(changed):
        now = clock.now()
        seats = session.seats.filter(state__in=Seat.HOLDING)
        SeatStep.objects.bulk_create([SeatStep(seat=seat, state=seat.state, by=by, at=now, reason=str(_("New time or place"))) for seat in seats])
        seats.update(reminded_at=None)
    announce(events.SessionChanged(session.uid, changed), by=by)
    fill_from_queue(session, by)
    return session


@transaction.atomic
def repeat_session(
    *, session: Session, starts_at: datetime, by: Person, ends_at: datetime | None = None, **changes: Any
) -> Session:
    """Hold the same session again at another time, with the same length, room, trainers and rules unless others are given."""
    facts = {name: getattr(session, name) for name in COPIED} | changes
    length = session.ends_at - session.starts_at
    return schedule_session(
        programme=session.programme, module=session.module, starts_at=starts_at.astimezone(UTC),
        ends_at=(ends_at or starts_at.astimezone(UTC) + length), title=session.title, co_trainers=_co_trainers(session),
        repeats=session.repeats or session, by=by, **facts,
    )  # fmt: skip


@transaction.atomic
def hold_session(*, session: Session, by: Person | None) -> Session:
    """Say that a session was held; from its first day on. Raises RuleBroken for one cancelled, only possible, or still to come."""
    session = locked(session)
    if session.state == State.HELD:
        return session
    check_has_begun(session)
    session.state, session.held_at = State.HELD, clock.now()
    session.save(update_fields=["state", "held_at"])
    announce(events.SessionHeld(session.uid, session.programme.uid, rules.month_of(session.starts_at, ZONE)), by=by)
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: Person) -> Session:
    """Call a session off, with the reason; everybody with a seat or on the waiting list is told.

    Raises RuleBroken for one that was held or has minutes recorded.
    """
    session = locked(session)
    if session.state == State.CANCELLED:
        return session
    if not reason.strip():
        raise RuleBroken(_("Say why the session is cancelled, so that people know."), field="reason")
    if session.state == State.HELD or session.attendances.filter(minutes__gt=0).exists():
        raise RuleBroken(_("People were present at this session, so it cannot be cancelled. Correct the minutes instead."))
    session.state, session.cancelled_reason = State.CANCELLED, reason.strip()[:300]
    session.save(update_fields=["state", "cancelled_reason"])
    seats = list(session.seats.filter(state__in=[*Seat.HOLDING, Seat.State.WAITING, Seat.State.ASKED]))
    for seat in seats:
        move(seat, Seat.State.WITHDRAWN, by, reason)
    announce(events.SessionCancelled(session.uid, session.programme.uid, len(seats)), by=by)
    return session


def check_has_begun(session: Session) -> None:
    """Minutes belong to a session that is planned and whose day has come. Raises RuleBroken."""
    if session.state == State.CANCELLED:
        raise RuleBroken(_("The session was cancelled, so nobody can have been present."))
    if session.state == State.CANDIDATE:
        raise RuleBroken(_("This session is only a possibility so far. Plan it first."))
    day = rules.local_day(session.starts_at, ZONE)
    if clock.today() < day:
        raise RuleBroken(_("The session is on %(day)s. Attendance can be recorded from that day on.") % {"day": date_medium(day)})


def _check(session: Session, co_trainers: list[Person]) -> None:
    rules.check_span(
        starts_at=session.starts_at, ends_at=session.ends_at, break_minutes=session.break_minutes, minimum=session.minimum,
        maximum=session.maximum, period=(session.programme.starts_on, session.programme.ends_on), zone=ZONE,
    )  # fmt: skip
    if session.place and session.place.seats and session.maximum > session.place.seats:
        raise RuleBroken(
            _("%(place)s has %(seats)d seats. Write %(seats)d or less, or choose another room.")
            % {"place": session.place.name, "seats": session.place.seats}, field="maximum",
        )  # fmt: skip
    if session.state == State.CANDIDATE:
        return  # candidates may share a room and a trainer: the planner holds at most one of them
    trainers = [one for one in (session.trainer, *co_trainers) if one is not None]
    taken = queries.slots_taken(starts_at=session.starts_at, ends_at=session.ends_at, but=session.pk, place=session.place, trainers=trainers)
    for kind, slot, _other in taken:
        words = {"title": slot.title, "day": date_medium(slot.starts_at), "from": time_short(slot.starts_at), "to": time_short(slot.ends_at)}
        if kind == "place":
            raise RuleBroken(
                _("The room is taken by “%(title)s” on %(day)s, %(from)s to %(to)s. Choose another room or time.") % words, field="place"
            )
        raise RuleBroken(
            _("The trainer already holds “%(title)s” on %(day)s, %(from)s to %(to)s. Choose another trainer or time.") % words, field="trainer"
        )


def _co_trainers(session: Session) -> list[Person]:
    return [one.person for one in session.co_trainers.select_related("person")] if session.pk else []
