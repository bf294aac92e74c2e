"""Decisions of people that every plan must respect."""

from __future__ import annotations

from django.db import transaction

from handrail.delivery.models import Session
from handrail.delivery.queries import participants_in
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning.events import PinLifted, Pinned
from handrail.planning.models import Pin
from handrail.programmes.models import Programme

WITH_PERSON = frozenset({Pin.Kind.ATTEND, Pin.Kind.FORBID})


@transaction.atomic
def pin(*, programme: Programme, kind: str, session: Session, person: Person | None = None, reason: str, by: Person) -> Pin:
    """Decide that a session is held or not, or that a person attends it or not; a later decision takes the place of the earlier.

    Raises RuleBroken without a reason, for a session that is no longer only possible, for a seat without a person, and for
    somebody who does not take part.
    """
    if not reason.strip():
        raise RuleBroken(_("Say why: others read it beside the plan."), field="reason")
    if kind not in Pin.Kind.values:
        raise RuleBroken(_("Choose what is decided."), field="kind")
    if session.state != Session.State.CANDIDATE:
        raise RuleBroken(_("This session is already planned. Change its seats there."))
    if (kind in WITH_PERSON) != (person is not None):
        raise RuleBroken(_("Choose for whom this holds."), field="person")
    if person is not None and person.pk not in participants_in(programme, [person.pk]):
        raise RuleBroken(_("This person does not take part in the programme."), field="person")
    Pin.objects.filter(session=session, person=person, lifted_at=None).update(lifted_at=clock.now())
    made = Pin.objects.create(
        programme=programme, kind=kind, session=session, person=person, reason=reason.strip()[:300], set_by=by, set_at=clock.now()
    )
    announce(Pinned(made.uid, session.uid, person.uid if person else None, str(kind)), by=by)
    return made


@transaction.atomic
def lift_pin(*, pin: Pin, by: Person) -> Pin:
    """Let a decision no longer hold; it stays in the history."""
    pin = Pin.objects.select_for_update(of=("self",), no_key=True).select_related("session").get(pk=pin.pk)
    if pin.lifted_at is None:
        pin.lifted_at = clock.now()
        pin.save(update_fields=["lifted_at"])
        announce(PinLifted(pin.uid, pin.session.uid), by=by)
    return pin
