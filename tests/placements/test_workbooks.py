"""A workbook that a worker brings in: all or nothing, whatever happens to the worker, and its names are kept no longer than it waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from handrail.cases.models import Case
from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.models import LongTask
from handrail.placements import actions, formats
from handrail.placements.actions.histories import Refused
from handrail.placements.actions.workbooks import MOST_ON_SQLITE
from handrail.placements.models import Placement, Workbook
from handrail.placements.rules import fictional
from tests.placements.made import Kolding

PEOPLE = b"Key;Given name;First day\n" + b"".join(b"K-%d;Navn%d;2018-04-0%d\n" % (number, number, 1 + number % 9) for number in range(60))


def handed_in(kolding: Kolding, content: bytes = PEOPLE, name: str = "b.csv") -> Workbook:
    return actions.hand_in_workbook(programme=kolding.programme, organisation=kolding.kommune, content=content, name=name, by=kolding.coordinator)


def test_people_are_here_when_the_worker_has_been(kolding: Kolding, client_of: Callable[[Any], Any], run_later: Callable[[], int]) -> None:
    client = client_of(kolding.coordinator)
    sent = {"file": SimpleUploadedFile("borgere.csv", PEOPLE), "organisation": kolding.kommune.uid}
    before = Case.objects.count()
    answer = client.post(reverse("placements:histories", args=[kolding.programme.uid]), sent)
    row = Workbook.objects.get()
    assert answer["Location"] == reverse("placements:workbook", args=[row.uid])
    assert Case.objects.count() == before
    page = client.get(answer["Location"], headers={"accept-language": "en"}).content.decode()
    assert 'hx-get="' in page and "All rows are brought in, or none" in page and "Navn" not in page
    run_later()
    row.refresh_from_db()
    assert (Case.objects.count() - before, row.state, row.people, row.content) == (60, "saved", 60, None)
    assert "60 people and 0 placements are here now" in client.get(answer["Location"], headers={"accept-language": "en"}).content.decode()
    task = LongTask.objects.get(uid=row.task)
    assert (task.state, task.note["url"]) == ("done", answer["Location"])
    for other in (kolding.stranger, kolding.mette, kolding.lars):
        assert client_of(other).get(answer["Location"]).status_code == 404
    actions.bring_in_waiting(workbook=row.uid)
    assert Case.objects.count() == before + 60, "handed out twice, it is done once"


def test_a_row_that_no_rule_allows_leaves_nothing(kolding: Kolding, client_of: Callable[[Any], Any]) -> None:
    row, before = handed_in(kolding, PEOPLE + b"K-99;Sent;2030-01-01\n"), Case.objects.count()
    actions.bring_in_waiting(workbook=row.uid)
    row.refresh_from_db()
    assert (Case.objects.count(), row.state, row.content, [one["row"] for one in row.problems]) == (before, "refused", None, [62])
    page = client_of(kolding.coordinator).get(reverse("placements:workbook", args=[row.uid]), headers={"accept-language": "en"}).content.decode()
    assert "Nothing has been saved" in page and '<th scope="row" class="number">62</th>' in page


def test_stopped_in_the_middle_it_leaves_nothing(kolding: Kolding) -> None:
    row, before = handed_in(kolding), Case.objects.count()
    later.ask_stop(row.task)
    actions.bring_in_waiting(workbook=row.uid)
    row.refresh_from_db()
    assert (Case.objects.count(), row.state, row.content) == (before, "stopped", None)


def test_what_cannot_be_read_is_said_at_once(kolding: Kolding) -> None:
    with pytest.raises(Refused):
        handed_in(kolding, b"Key;Given name;First day\nA-1;Dawit;yesterday\n")
    with pytest.raises(RuleBroken, match="no rows"):
        handed_in(kolding, b"Key;Given name;First day\n")
    with pytest.raises(RuleBroken, match="coordinate no"):
        actions.hand_in_workbook(programme=kolding.programme, organisation=kolding.business, content=PEOPLE, name="b.csv", by=kolding.mette)
    assert not Workbook.objects.exists()


def test_a_workbook_that_nobody_took_keeps_no_names(kolding: Kolding) -> None:
    row = handed_in(kolding)
    assert actions.forget_old_workbooks() == 0
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert actions.forget_old_workbooks() == 1
    row.refresh_from_db()
    assert (row.state, row.content) == ("stopped", None)


def test_so_many_rows_as_others_can_wait_for_and_not_one_more(kolding: Kolding) -> None:
    most = MOST_ON_SQLITE if connection.vendor == "sqlite" else formats.ROWS_AT_MOST
    head, rows = b"Key;Given name;First day\n", [b"K-%d;N;2018-04-01\n" % number for number in range(most + 1)]
    assert handed_in(kolding, head + b"".join(rows[:-1])).state == "waiting"
    with pytest.raises(RuleBroken, match="Split it"):
        handed_in(kolding, head + b"".join(rows))


def test_the_144_people_come_in_by_the_worker_too(kolding: Kolding) -> None:
    """By way of XLSX, with stays, placements and work afterwards."""
    with clock.at(clock.now().replace(year=2021, month=7)):
        row = handed_in(kolding, formats.write_histories(fictional.people()), "borgere.xlsx")
        actions.bring_in_waiting(workbook=row.uid)
        row.refresh_from_db()
    assert (row.state, row.people) == ("saved", 144), row.problems
    assert Placement.objects.count() == row.placements
