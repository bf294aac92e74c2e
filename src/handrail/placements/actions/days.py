"""Days at the company: written down in a minute by whoever knows, corrected by a later line, never overwritten."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import SetAside
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.models import Day, Placement
from handrail.placements.queries.days import day_scopes
from handrail.placements.rules.days import SETTLES, Word, check_day, weigh_words


@atomic
def record_day(*, placement: Placement, day: date, minutes: int, said_by: str, absence: str = "", by: Person | None = None) -> Day:
    """Write down how many minutes somebody was at the company on a day. A later line of the same side corrects an earlier one, which
    stays; the same line again changes nothing. Where the other side said something else both stand, and the caseworker settles it: the
    caseworker's word holds. `by` is None where a company's contact or a participant says it by link.

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
    lines = list(Day.objects.filter(placement=found, day=day).order_by("id"))
    own = next((line for line in reversed(lines) if line.said_by == said_by), None)
    if own is not None and (own.minutes, own.absence) == (minutes, absence) and not (said_by == SETTLES and any(line.is_disputed for line in lines)):
        return own
    line = Day(placement=found, day=day, minutes=minutes, absence=absence, said_by=said_by, by=by, at=clock.now(), is_current=False)
    lines.append(line)
    holds, disputed = weigh_words([Word(one.said_by, one.minutes) for one in lines])
    Day.objects.filter(placement=found, day=day).update(is_current=False, is_disputed=False)
    line.is_current, line.is_disputed = lines[holds] is line, len(lines) - 1 in disputed
    line.save(force_insert=True)
    Day.objects.filter(pk__in=[one.pk for one in [lines[holds]] if one is not line]).update(is_current=True)
    Day.objects.filter(pk__in=[lines[place].pk for place in disputed if lines[place] is not line]).update(is_disputed=True)
    announce(events.DayRecorded(found.uid, line.uid, said_by), by=by)
    return line


@atomic
def settle_aside(*, placement: Placement, aside: SetAside, take: bool, by: Person) -> None:
    """Look at something about a day that came under a used key: take it as what the caseworker says of the day, or leave it. Once.

    Raises RuleBroken where it was looked at before, is not about this placement, or is about a day that cannot be written down.
    """
    row = SetAside.objects.select_for_update(no_key=True).filter(pk=aside.pk, scope__in=day_scopes(placement), settled_at=None).first()
    if row is None:
        raise RuleBroken(_("Somebody has looked at this already."))
    if take:
        said = row.payload
        record_day(
            placement=placement, day=date.fromisoformat(said["day"]), minutes=int(said["minutes"]), absence=said["absence"], said_by=Day.Said.STAFF, by=by
        )
    row.settled_at, row.settled_by = clock.now(), by.uid
    row.save(update_fields=["settled_at", "settled_by"])
    announce(events.SetAsideSettled(placement.uid, row.uid, take), by=by)
