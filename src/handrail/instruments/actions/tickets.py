"""Links of one's own into a closed collection: made in a row, shown once, spent without a time."""

from __future__ import annotations

from django.db import transaction

from handrail.instruments.events import TicketsMade
from handrail.instruments.models import Collection, Ticket
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

MOST = 500  # at once
IN_ALL = 20_000


@transaction.atomic
def make_tickets(*, collection: Collection, count: int, by: Person | None) -> list[str]:
    """Make so many links of one's own and answer their secrets, which are kept nowhere else. Who gets which is nobody's business here."""
    if collection.way != Collection.Way.CLOSED:
        raise RuleBroken(_("Everybody with the address answers here; links of one's own are for closed collections."))
    if collection.closed_at is not None:
        raise RuleBroken(_("It is closed already."))
    if not 1 <= count <= MOST:
        raise RuleBroken(_("Make 1 to %(n)d links at a time.") % {"n": MOST}, field="count")
    if Ticket.objects.filter(collection=collection).count() + count > IN_ALL:
        raise RuleBroken(_("The collection has too many links."), field="count")
    secrets = [ids.secret() for _ticket in range(count)]
    Ticket.objects.bulk_create(Ticket(collection=collection, token_hash=ids.hashed(one)) for one in secrets)
    announce(TicketsMade(collection.uid, collection.programme.uid, count), by=by)
    return secrets
