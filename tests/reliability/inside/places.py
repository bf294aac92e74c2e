"""Two who decide about one company at the same instant, each on a connection of their own."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

from django.db import connection, transaction


def build() -> None:
    """Kolding in small, and nothing else."""
    from handrail.kit import clock
    from tests.placements.made import make_kolding
    from tests.reliability.inside.world import NOW

    clock.turn_to(NOW)
    with transaction.atomic():
        make_kolding()


def last_place(rounds: int) -> list[list[str]]:
    """A position with one place and two people, decided at once, so many times: what each of the two was told."""
    return [_together(*_position(places=1, staff=500)) for _round in range(rounds)]


def third_placement(rounds: int) -> list[list[str]]:
    """A company of twelve with one placement, whose size allows two, and two more people for places that are free, decided at once."""
    found = []
    for _round in range(rounds):
        positions, cases = _position(places=9, staff=12)
        _agree(positions[0], _case("Fast"))
        found.append(_together(positions, cases))
    return found


def open_placements() -> dict[str, int]:
    """How many people each company has now."""
    from django.db.models import Count

    from handrail.placements.models import Placement

    rows = Placement.objects.filter(state__in=["prepared", "running"]).values_list("position__company__name").annotate(n=Count("id"))
    return dict(rows)


def _position(*, places: int, staff: int) -> tuple[list[Any], list[Any]]:
    from handrail.placements import actions
    from handrail.placements.models import Company
    from handrail.programmes.models import Programme

    programme, by = Programme.objects.get(), _worker()
    with transaction.atomic():
        company = actions.add_company(programme=programme, name=f"Firma {Company.objects.count()}", ordinary_staff=staff, region="Syddanmark", country="DK", by=by)
        positions = [actions.offer_position(company=company, title=title, tasks=["Bage"], hours=25, places=places, by=by) for title in ("Et", "To")]
        return (positions[:1] if places == 1 else positions), [_case("A"), _case("B")]


def _worker() -> Any:
    from handrail.cases.models import Case

    return Case.objects.order_by("id")[0].caseworker


def _case(given: str) -> Any:
    from handrail.cases import actions
    from handrail.cases.models import Case

    first = Case.objects.select_related("programme", "organisation").order_by("id")[0]
    with transaction.atomic():
        return actions.open_case(programme=first.programme, organisation=first.organisation, given_name=given, started_on=_day(), by=_worker())


def _day() -> date:
    from handrail.kit import clock

    return clock.today()


def _agree(position: Any, case: Any) -> None:
    from handrail.placements import actions

    actions.agree_placement(case=case, position=position, starts_on=_day(), ends_on=_day() + timedelta(weeks=13, days=-1), hours=25, by=_worker())


def _together(positions: list[Any], cases: list[Any]) -> list[str]:
    from handrail.kit.errors import RuleBroken

    barrier, told = Barrier(2), ["", ""]

    def decide(index: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            _agree(positions[index % len(positions)], cases[index])
            told[index] = "agreed"
        except RuleBroken as broken:
            told[index] = broken.field or "refused"
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(index,)) for index in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return told


def hand_in(people: int) -> int:
    """A workbook of so many people waits for a worker; answers how many people there are before."""
    from handrail.cases.models import Case
    from handrail.people.models import Grant, Role
    from handrail.placements import actions

    first = Case.objects.select_related("programme", "organisation").order_by("id")[0]
    by = Grant.objects.filter(role=Role.PLACEMENT_COORDINATOR, programme=first.programme.uid)[0].person
    rows = "".join(f"K-{number};Navn{number};{_day()}\n" for number in range(people))
    actions.hand_in_workbook(programme=first.programme, organisation=first.organisation, content=f"Key;Given name;First day\n{rows}".encode(), name="b.csv", by=by)
    return Case.objects.count()


def brought_in() -> dict[str, Any]:
    """How many people are here, whether a worker has the workbook in hand, how far it says it is, and what came of it."""
    from django_tasks_db.models import DBTaskResult

    from handrail.cases.models import Case
    from handrail.kit.models import LongTask
    from handrail.placements.models import Workbook

    row, running = Workbook.objects.get(), DBTaskResult.objects.filter(task_path__endswith="bring_in", status="RUNNING").exists()
    return {"people": Case.objects.count(), "running": running, "done": LongTask.objects.get(uid=row.task).done, "state": row.state, "kept": row.content is not None}
