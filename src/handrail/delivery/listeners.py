"""Hears what happens to seats and sees to it that people are told."""

from __future__ import annotations

from handrail.delivery import actions, events, tasks
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Seats are given back; minutes stay."""
    actions.forget_in_sessions(person=person_named(event.person))


@on(events.SeatsOffered)
def tell_of_offer(event: events.SeatsOffered) -> None:
    """Whoever was offered a seat, or whose manager is asked."""
    later(tasks.tell_seats, session=event.session)


@on(events.SeatsFreed)
def tell_of_free_seat(event: events.SeatsFreed) -> None:
    """Whoever was first on the waiting list."""
    later(tasks.tell_seats, session=event.session)


@on(events.SeatAnswered)
def tell_of_answer(event: events.SeatAnswered) -> None:
    """The calendar file that goes with a yes or a no."""
    later(tasks.tell_seats, session=event.session)


@on(events.SeatDecided)
def tell_of_decision(event: events.SeatDecided) -> None:
    """What the manager decided, or that a seat was taken back."""
    later(tasks.tell_seats, session=event.session)


@on(events.SessionCancelled)
def tell_of_cancelling(event: events.SessionCancelled) -> None:
    """Everybody who was to come."""
    if event.seats:
        later(tasks.tell_seats, session=event.session)


@on(events.SessionChanged)
def tell_of_change(event: events.SessionChanged) -> None:
    """Everybody who was to come, when it is at another time or place."""
    if {"starts_at", "ends_at", "place", "online_address"} & set(event.fields):
        later(tasks.tell_seats, session=event.session)
