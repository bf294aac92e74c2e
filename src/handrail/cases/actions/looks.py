"""Looks at a person's page are on record."""

from __future__ import annotations

import logging

from django.db import DatabaseError, IntegrityError
from django.db.models import F
from django.db.transaction import atomic

from handrail.cases import events
from handrail.cases.models import Case, Look
from handrail.cases.queries import has_task
from handrail.kit import clock
from handrail.kit.events import announce
from handrail.people.models import Person

log = logging.getLogger("handrail.cases")


def note_look(*, case: Case, by: Person) -> None:
    """Put on record that somebody opens a person's page: one row a day and person, counted up, and the day's first look in the journal.

    A page is shown even where nothing can be written (a database that is read only while it is mended): a caseworker must be able to look
    up whom to ring. The log says then that a look is missing. Sealed notes are not shown without their record.
    """
    with_task = has_task(by, case)
    try:
        with atomic():
            if not _counted(case, by, with_task=with_task):
                try:
                    with atomic():
                        Look.objects.create(case=case, person=by, day=clock.today(), count=1, without_task=not with_task, last_at=clock.now())
                except IntegrityError:  # pressed twice: the other one was quicker
                    _counted(case, by, with_task=with_task)
                else:
                    announce(events.CaseLookedAt(case.uid, with_task), by=by)
    except DatabaseError:
        log.warning("A look at a person's page is not on record: the database could not be written to.")


def _counted(case: Case, by: Person, *, with_task: bool) -> int:
    rows = Look.objects.filter(case=case, person=by, day=clock.today())
    return rows.update(count=F("count") + 1, without_task=F("without_task") + (0 if with_task else 1), last_at=clock.now())
