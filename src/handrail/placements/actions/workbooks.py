"""Workbooks that a worker brings in: all of one or nothing, with its progress in sight."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from uuid import UUID

from django.db import connection
from django.db.transaction import atomic
from django.urls import reverse
from django.utils import translation

from handrail.cases.queries import caseworkers_of, organisations_worked
from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.kit.text import _, number
from handrail.people.models import Organisation, Person
from handrail.placements import events
from handrail.placements.actions.histories import Refused, bring_in_histories
from handrail.placements.formats import ROWS_AT_MOST, HistoryRow, Problem, read_histories
from handrail.placements.models import Workbook
from handrail.programmes.models import Programme

State = Workbook.State
EVERY = 25  # rows between two looks at progress and at the button that stops
KEPT = timedelta(days=1)  # one that no worker took in a day is not kept: it names people
MOST_PROBLEMS = 200
MOST_ON_SQLITE = 300  # it is one transaction, and SQLite lets nobody else write meanwhile: so many take less time than others wait


class Stopped(Exception):
    """Somebody pressed stop; nothing is saved."""


@atomic
def hand_in_workbook(*, programme: Programme, organisation: Organisation, content: bytes, name: str, by: Person) -> Workbook:
    """Hand in a workbook of histories; a worker brings in its people, all or none.

    Raises Refused naming rows that cannot be read, and RuleBroken (field "file") for a file that is no such table or somebody else's organisation.
    """
    if organisation not in organisations_worked(by, programme):
        raise RuleBroken(_("You coordinate no organisation of this programme."), field="file")
    rows = _rows(content, name)
    found = Workbook(programme=programme, organisation=organisation, content=content, is_csv=name.lower().endswith(".csv"), asked_by=by, asked_at=clock.now())
    found.task = later.long_task("histories", subject=found.uid, asked_by=by.uid, total=len(rows)).uid
    found.save()
    announce(events.WorkbookHandedIn(found.uid, programme.uid, len(rows)), by=by)
    return found


def bring_in_waiting(*, workbook: UUID) -> None:
    """Bring in a workbook that waits, in one transaction: a worker that is killed leaves nothing of it, and the next one begins anew.

    A second worker that was given the same finds it done. What cannot be brought in is kept with the workbook, row by row.
    """
    try:
        with atomic():
            row = Workbook.objects.select_for_update(no_key=True, of=("self",)).select_related("programme", "organisation", "asked_by__identity").filter(uid=workbook).first()
            if row is None or row.state != State.WAITING or row.content is None or row.task is None:
                return
            with translation.override(row.asked_by.identity.language if hasattr(row.asked_by, "identity") else None):
                _bring_in(row)
    except Stopped:
        _drop(workbook, State.STOPPED, [])
    except Refused as refused:
        _drop(workbook, State.REFUSED, refused.problems)
    except RuleBroken as broken:
        _drop(workbook, State.REFUSED, [Problem(0, "", broken.message)])


def _bring_in(row: Workbook) -> None:
    rows, by, task = _rows(bytes(row.content or b""), "b.csv" if row.is_csv else "b.xlsx"), row.asked_by, row.task
    assert task is not None  # asked for together with it

    def each(done: int) -> None:
        if done % EVERY == 0:
            if later.should_stop(task):
                raise Stopped
            _tell(task, done, len(rows))

    caseworkers = caseworkers_of(row.programme, row.organisation)
    found = bring_in_histories(programme=row.programme, organisation=row.organisation, rows=rows, caseworkers=caseworkers, by=by, each=each)
    row.state, row.content, row.people, row.placements = State.SAVED, None, found.people, found.placements
    row.save(update_fields=["state", "content", "people", "placements"])
    words = _("%(people)s people and %(placements)s placements are here now.") % {"people": number(found.people), "placements": number(found.placements)}
    later.finish(task, LongTask.State.DONE, text=str(words), url=reverse("placements:workbook", args=[row.uid]))


@atomic
def _drop(workbook: UUID, state: str, problems: list[Problem]) -> None:
    """Nothing of it is saved: say so, and keep no names."""
    row = Workbook.objects.select_for_update(no_key=True, of=("self",)).select_related("asked_by__identity").get(uid=workbook)
    if row.state != State.WAITING or row.task is None:
        return
    with translation.override(row.asked_by.identity.language if hasattr(row.asked_by, "identity") else None):
        row.problems = [{"row": one.row, "column": str(one.column), "text": str(one.text)} for one in problems[:MOST_PROBLEMS]]
        row.state, row.content = state, None
        row.save(update_fields=["state", "content", "problems"])
        text = _("Nothing has been saved: some rows need mending") if problems else _("Stopped. Nothing has been saved.")
        later.finish(row.task, LongTask.State.DONE, text=str(text), url=reverse("placements:workbook", args=[row.uid]))


def forget_old_workbooks() -> int:
    """Drop the content of workbooks that nobody brought in within a day; answers how many."""
    return Workbook.objects.filter(state=State.WAITING, asked_at__lt=clock.now() - KEPT).update(state=State.STOPPED, content=None)


def _rows(content: bytes, name: str) -> list[HistoryRow]:
    rows, problems = read_histories(content, name=name)
    if problems:
        raise Refused(problems)
    if not rows:
        raise RuleBroken(_("The file has no rows below its headers."), field="file")
    most = MOST_ON_SQLITE if connection.vendor == "sqlite" else ROWS_AT_MOST
    if len(rows) > most:
        words = _("The file has %(rows)s rows, and %(most)s at most are brought in at once. Split it: who is known from an earlier file is carried on.")
        raise RuleBroken(words % {"rows": number(len(rows)), "most": number(most)}, field="file")
    return rows


def _tell(task: UUID, done: int, total: int) -> None:
    """Say how far it is, on a connection of its own, since what this one writes is seen at the end only. SQLite lets one write at a time: there
    the page says that it is at work."""
    if connection.vendor != "postgresql":
        return

    def tell() -> None:
        try:
            later.progress(task, done=done, total=total)
        finally:
            connection.close()

    thread = Thread(target=tell)
    thread.start()
    thread.join()
