"""Who is on duty for companies that have no consultant of their own."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.support import events
from handrail.support.models import Duty
from handrail.support.queries import helpers_of


@atomic
def put_on_duty(*, programme: Programme, person: Person, starts_on: date | None = None, ends_on: date | None = None, by: Person) -> Duty:
    """Let somebody answer what has no consultant of its own, from a day to a day (or until further notice). Of several, the one who began last.

    Raises RuleBroken for somebody without a role here, and for days that contradict each other.
    """
    first = starts_on or clock.today()
    if person.pk not in {one.pk for one in helpers_of(programme)}:
        raise RuleBroken(_("Choose a consultant, placement coordinator or caseworker of this programme."), field="person")
    if ends_on is not None and ends_on < first:
        raise RuleBroken(_("The last day lies before the first. Correct one of them."), field="ends_on")
    duty = Duty.objects.create(programme=programme, person=person, starts_on=first, ends_on=ends_on)
    announce(events.DutyTaken(duty.uid, person.uid, first), by=by)
    return duty


@atomic
def end_duty(*, duty: Duty, by: Person) -> None:
    """End a duty today; one that has not begun is taken away. Ending it twice changes nothing."""
    today = clock.today()
    if duty.starts_on > today:
        gone, _by_model = Duty.objects.filter(pk=duty.pk).delete()
    else:
        gone = Duty.objects.filter(pk=duty.pk, ends_on=None).update(ends_on=today) or Duty.objects.filter(pk=duty.pk, ends_on__gt=today).update(ends_on=today)
    if gone:
        announce(events.DutyEnded(duty.uid), by=by)
