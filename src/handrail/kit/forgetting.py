"""What the kit keeps of somebody who is erased: secret links, mails, things set aside, faults of tasks; and the database's own leftovers."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from handrail.kit import clock
from handrail.kit.later import task
from handrail.kit.models import Link, Received, SentMail, SetAside

log = logging.getLogger("handrail.kit")


def forget(*, person: UUID, addresses: Collection[str] = ()) -> None:
    """End every secret link of a person and drop every mail to them; what was set aside and tells of others too loses their part.

    Called inside the transaction that erases the person. `addresses` finds mails that name nobody.
    """
    Link.objects.filter(Q(person=person) | Q(subject=person), revoked_at=None).update(revoked_at=clock.now())
    known = {address.lower() for address in addresses if address}
    SentMail.objects.filter(Q(person=person) | Q(to__in=known)).delete()
    _forget_faults(known)
    for row in SetAside.objects.annotate(text=Cast("payload", TextField())).filter(text__contains=str(person)):
        row.payload = without(row.payload, str(person))
        row.save(update_fields=["payload"])


def forget_scope(*scopes: str) -> None:
    """Drop what came from a device for something that is gone: the keys, the digests, what was set aside."""
    Received.objects.filter(scope__in=scopes).delete()
    SetAside.objects.filter(scope__in=scopes).delete()


def without(content: Any, person: str) -> Any:
    """A set-aside content without the entries about a person: the lines of a list that name their uid."""
    if isinstance(content, list):
        return [without(one, person) for one in content if not (isinstance(one, dict) and person in one.values())]
    if isinstance(content, dict):
        return {key: without(value, person) for key, value in content.items() if value != person}
    return content


def _forget_faults(addresses: Collection[str]) -> None:
    """A mail server's refusal quotes the address, and stands in the trace of the task that failed."""
    from django_tasks_db.models import DBTaskResult

    for address in addresses:
        DBTaskResult.objects.filter(traceback__icontains=address).update(traceback="")


@task()
def wipe_leftovers() -> None:
    """Take what was deleted out of the database's files, as far as the database lets us: SQLite's log is written back and emptied.

    Its free pages are zeroed at once (`secure_delete`). PostgreSQL clears dead rows by itself (autovacuum).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # nothing is written back while somebody still writes
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        log.warning("The database's log could not be emptied: somebody was reading. The next checkpoint does it.")
