"""Sums that are kept, and sums that the database makes, against the plain way: going through every line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from handrail.delivery import actions as delivery
from handrail.delivery.models import Attendance, Seat, Session
from handrail.evidence import actions, queries, rules, tasks
from handrail.evidence.models import Certificate, LedgerLine, MonthChange, MonthTally
from handrail.kit import clock
from handrail.people import actions as people
from handrail.programmes.models import Participation
from tests.evidence import world

pytestmark = pytest.mark.django_db
MARCH = world.MARCH


def plain_sums(programme: Any) -> dict[date, tuple[int, Any, int, int, int]]:
    """By month: what counts, its worth, what waits, months that wait, what is not handed in; line by line in Python."""
    found: dict[date, list[Any]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    waiting = {(one.person_id, one.month): one for one in Certificate.objects.filter(programme=programme) if one.state in ("open", "confirmed")}
    for line in LedgerLine.objects.filter(programme=programme):
        sums, waits = found[line.month], (line.person_id, line.month) in waiting
        if line.claim_id or not waits:
            sums[0], sums[1] = sums[0] + line.hours, sums[1] + line.amount
        if line.claim_id and waits:
            sums[2] -= line.hours
        if not line.claim_id and not waits:
            sums[4] += line.hours
    for one in waiting.values():
        found[one.month][2] += one.hours
        found[one.month][3] += 1
    return {month: tuple(sums) for month, sums in found.items()}  # type: ignore[misc]


def shown_sums(programme: Any) -> dict[date, tuple[int, Any, int, int, int]]:
    return {month: (one.counted, one.value, one.unsigned - one.anew, one.people, one.unclaimed) for month, one in queries.month_sums(programme).items()}


def test_kept_sums_are_those_of_the_lines_whatever_happens(cast: Any, run_later: Callable[[], int]) -> None:
    programme = cast.programme
    world.terms(programme, cap=5)
    checked: list[int] = []

    def check() -> None:
        """Before a worker has kept them, and after."""
        assert shown_sums(programme) == plain_sums(programme)
        run_later()
        assert not MonthChange.objects.exists()
        assert shown_sums(programme) == plain_sums(programme)
        assert queries.wrong_tallies([programme]) == []
        checked.append(len(plain_sums(programme)))

    months = world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo])
    check()
    held = months[0].lines.first().attendance.session
    for minutes in (20, 0):  # while it is open: other minutes, and at last none in one of two sessions
        delivery.record_attendance(session=held, person=cast.bo, minutes=minutes, reason="paus glömd", by=cast.carlos)
        run_later()
        check()
    other = months[0].lines.exclude(attendance__session=held).first().attendance.session
    delivery.record_attendance(session=other, person=cast.bo, minutes=0, reason="inte där", by=cast.carlos)
    run_later()
    assert not Certificate.objects.filter(person=cast.bo, state="open").exists()
    check()
    for session, minutes in ((held, 90), (other, 95)):
        delivery.record_attendance(session=session, person=cast.bo, minutes=minutes, reason="var där", by=cast.carlos)
    run_later()
    check()
    months = list(Certificate.objects.filter(state="open").order_by("participation__number"))
    for one in months:
        actions.confirm_month(one, by=one.person)
    check()
    actions.countersign_months(months, by=cast.lena)
    check()
    actions.submit_month(programme=programme, month=MARCH, by=cast.amal)
    check()
    delivery.record_attendance(session=held, person=cast.birgit, minutes=30, reason="paus glömd", by=cast.carlos)
    run_later()
    check()
    world.attend(world.session(programme, cast.carlos, date(2018, 2, 14)), {cast.birgit: 120, cast.bo: 90}, cast.carlos)
    actions.open_month(programme=programme, month=date(2018, 2, 1), by=None)
    check()
    actions.confirm_months(list(Certificate.objects.filter(person=cast.birgit, state="open")), by=cast.birgit)
    actions.countersign_months(list(Certificate.objects.filter(person=cast.birgit, state="confirmed")), by=cast.lena)
    check()
    people.erase_person(person=cast.bo, reason="Begärt", by=cast.amal)
    check()
    assert checked == [1] * 9 + [2] * 3
    assert MonthTally.objects.count() == 2


def test_a_month_that_changed_unsaid_is_found_and_kept_anew(cast: Any, run_later: Callable[[], int], caplog: pytest.LogCaptureFixture) -> None:
    world.terms(cast.programme)
    world.certified(cast)
    run_later()
    LedgerLine.objects.update(hours=9)
    assert queries.wrong_tallies([cast.programme]) == [(cast.programme, MARCH)]
    assert actions.recount_tallies(programme=cast.programme) == 1
    assert queries.wrong_tallies([cast.programme]) == []
    assert queries.certified_total(cast.programme)[0] == 9
    LedgerLine.objects.update(hours=8)
    tasks.recount_tallies()  # as every day
    assert "2018-03" in caplog.text and queries.wrong_tallies([cast.programme]) == []
    assert queries.certified_total(cast.programme)[0] == 8


def test_a_change_while_sums_are_kept_is_not_lost(cast: Any) -> None:
    world.terms(cast.programme)
    world.certified(cast)
    actions.keep_tallies(programme=cast.programme)
    actions.month_changed(cast.programme.pk, [MARCH, MARCH])  # as another transaction would leave it
    LedgerLine.objects.update(hours=9)
    assert queries.certified_total(cast.programme)[0] == 9
    assert (actions.keep_tallies(programme=cast.programme), actions.keep_tallies(programme=cast.programme)) == (1, 0)
    assert queries.certified_total(cast.programme)[0] == 9


def plain_hours(rounding: dict[date, str], rows: list[tuple[int, datetime, int]]) -> int:
    minutes: dict[tuple[int, date], list[int]] = defaultdict(list)
    for person, starts_at, some in rows:
        minutes[person, rules.month_of(starts_at, timezone.get_default_timezone())].append(some)
    return sum(rules.certified_hours(some, rounding.get(month, rounding[date.min])) for (_person, month), some in minutes.items())


@pytest.mark.parametrize("lengths", [(120, 60, 120, 60), (90, 95, 120, 45), (120, 90, 60, 60)], ids=["whole", "odd", "one month odd"])
@pytest.mark.parametrize("rounding", ["month", "session"])
def test_hours_to_come_and_of_this_month_are_those_of_every_seat(cast: Any, rounding: str, lengths: tuple[int, ...]) -> None:
    world.terms(cast.programme, rounding=rounding)
    people_in = [cast.birgit, cast.bo, cast.kim, cast.carlos]
    for number, minutes in enumerate(lengths):
        day = date(2018, 4, 20) + timedelta(days=13 * number)
        coming = world.session(cast.programme, cast.carlos, day, minutes=minutes)
        for one in people_in[: 2 + number % 3]:
            Seat.objects.get_or_create(
                session=coming, person=one, defaults={"organisation": cast.horby, "state": Seat.HOLDING[number % len(Seat.HOLDING)], "created_at": clock.now()}
            )
        Seat.objects.filter(session=coming, person=cast.bo).update(state="refused" if number == 3 else Seat.HOLDING[0])
        gone = world.session(cast.programme, cast.carlos, date(2018, 4, 2 + number), minutes=minutes)
        world.attend(gone, {cast.birgit: minutes, cast.bo: minutes - 20}, cast.carlos)
        if number == 1:  # corrected: the first line no longer counts
            delivery.record_attendance(session=gone, person=cast.bo, minutes=minutes - 40, reason="gick tidigare", by=cast.carlos)
    takes_part = set(Participation.objects.filter(programme=cast.programme).values_list("person_id", flat=True))
    seats = Seat.objects.filter(state__in=Seat.HOLDING, session__state=Session.State.PLANNED, session__starts_at__gt=clock.now()).select_related("session")
    planned = [(one.person_id, one.session.starts_at, one.session.planned_minutes) for one in seats if one.person_id in takes_part]
    attended = [
        (one.person_id, one.session.starts_at, one.minutes)
        for one in Attendance.objects.filter(replaced_by=None, session__starts_at__gte=world.local(date(2018, 4, 1), 0, 0)).select_related("session") if one.person_id in takes_part
    ]  # fmt: skip
    assert len(planned) > 6 and len(attended) == 8
    by = {date.min: rounding}
    assert queries.planned_hours(cast.programme) == plain_hours(by, planned)
    assert queries.running_hours(cast.programme) == (plain_hours(by, attended), 2)
    only = queries.Scope(persons=[cast.birgit.pk])
    assert queries.planned_hours(cast.programme, only) == plain_hours(by, [one for one in planned if one[0] == cast.birgit.pk])
    assert queries.running_hours(cast.programme, only) == (plain_hours(by, [one for one in attended if one[0] == cast.birgit.pk]), 1)
