"""Days at the company: written down in a minute by whoever knows, corrected by a later line, never overwritten."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.models import Day, Placement
from handrail.placements.rules.days import check_day


@atomic
def record_day(*, placement: Placement, day: date, minutes: int, said_by: str, absence: str = "", by: Person | None = None) -> Day:
    """Write down how many minutes somebody was at the company on a day. A later line corrects an earlier one, which stays; the same
    line again changes nothing. `by` is None where a company's contact or a participant says it by link.

    Raises RuleBroken for a day outside the placement or in the future, for more than 24 hours, and for a placement that was called off.
    """
    if said_by not in Day.Said.values:
        raise RuleBroken(_("Say who tells this: the participant, the company or the caseworker."), field="said_by")
    if absence and absence not in Day.Absence.values:
        raise RuleBroken(_("Choose whether somebody was there."), field="absence")
    found = Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)  # two who write the same day: one after the other
    if found.state == Placement.State.CALLED_OFF:
        raise RuleBroken(_("This placement was called off before it started. There are no days to write down."))
    check_day(
        day=day, minutes=minutes, absence=absence, starts_on=found.starts_on, last_day=min(found.ends_on, found.ended_on or found.ends_on), today=clock.today()
    )
    before = Day.objects.filter(placement=found, day=day, is_current=True)
    same = before.filter(minutes=minutes, absence=absence, said_by=said_by).first()
    if same is not None:
        return same
    before.update(is_current=False)
    line = Day.objects.create(placement=found, day=day, minutes=minutes, absence=absence, said_by=said_by, by=by, at=clock.now())
    announce(events.DayRecorded(found.uid, line.uid, said_by), by=by)
    return line
