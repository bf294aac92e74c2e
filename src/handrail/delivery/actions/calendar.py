"""A person's own calendar address, which can be ended at any time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from handrail.delivery import events
from handrail.kit import clock, links
from handrail.kit.events import announce
from handrail.people.models import Person

PURPOSE = "calendar"
LASTS = timedelta(days=365)


@transaction.atomic
def subscribe_calendar(*, by: Person) -> str:
    """Make an address for one's own calendar and answer its secret, shown once; earlier addresses end."""
    links.revoke_links(PURPOSE, subject=by.uid)
    token = links.make_link(PURPOSE, subject=by.uid, person=by.uid, expires_at=clock.now() + LASTS)
    announce(events.CalendarSubscribed(by.uid), by=by)
    return token


@transaction.atomic
def end_calendar(*, by: Person) -> int:
    """End every address of one's own calendar; answers how many there were."""
    ended = links.revoke_links(PURPOSE, subject=by.uid)
    announce(events.CalendarEnded(by.uid), by=by)
    return ended
