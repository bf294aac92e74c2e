"""Months: opened, confirmed, countersigned, handed in; and what of it waits in April 2018."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from handrail.desk.demonstration.world import World
from handrail.evidence import actions as evidence
from handrail.evidence.models import Certificate

LAST_SUBMITTED = date(2018, 1, 1)
WAITS = date(2018, 3, 1)
SOURCE = "illustrativ: påhittade enhetskostnader, använd utlysningens tabell"


def add_rules(world: World) -> None:
    """The funder's rule and unit costs, as data; the amounts are illustrative and say so."""
    evidence.add_rule(
        programme=world.programme, rounding="month", required_share=Decimal("0.25"), valid_from=date(2016, 10, 1), valid_to=None,
        annual_cap_hours=1662, source="illustrativ: avrundning nedåt till hela timmar per person och månad", is_illustrative=True, by=world.amal,
    )  # fmt: skip
    for year, amount in ((2016, 270), (2017, 280), (2018, 290)):
        evidence.add_unit_cost(
            programme=world.programme, amount=Decimal(amount), valid_from=date(year, 1, 1), valid_to=date(year, 12, 31), source=SOURCE,
            is_illustrative=True, by=world.amal,
        )  # fmt: skip


def certify(world: World, month: date) -> None:
    """A month from its first day after to the day it is handed in; March 2018 stops half-way."""
    after = (month + timedelta(days=32)).replace(day=1)
    waits = month == WAITS
    with world.at(after, 7):
        evidence.open_month(programme=world.programme, month=month, by=None)
    with world.at(after + timedelta(days=1), 19, 42):
        by_person: dict[int, list[Certificate]] = defaultdict(list)
        for one in Certificate.objects.filter(programme=world.programme, month=month, state="open").select_related("person"):
            if one.person_id == world.cast["participant"].pk and waits:
                continue
            if waits and world.rng.random() < 0.22:
                continue
            by_person[one.person_id].append(one)
        if by_person:
            evidence.confirm_lists([(rows[0].person, rows) for rows in by_person.values()])
    with world.at(after + timedelta(days=3), 8, 10):
        by_manager: dict[int, list[Certificate]] = defaultdict(list)
        for one in Certificate.objects.filter(programme=world.programme, month=month, state="confirmed").select_related("person"):
            manager = world.managers.get(one.person_id) or world.leaders.get(one.organisation_id)
            if manager is None or manager.pk == one.person_id:
                manager = world.leaders.get(one.organisation_id)
            if manager is None or manager.pk == one.person_id or (waits and manager.pk == world.cast["line-manager"].pk):
                continue
            by_manager[manager.pk].append(one)
        people = {one.pk: one for one in [*world.managers.values(), *world.leaders.values()]}
        if by_manager:
            evidence.countersign_lists([(people[key], rows) for key, rows in by_manager.items()])
    if month <= LAST_SUBMITTED:
        with world.at(after + timedelta(days=18), 15):
            evidence.submit_month(programme=world.programme, month=month, by=world.amal)


def build_now(world: World) -> None:
    """A correction after a month was handed in, so that the ledger shows one."""
    from handrail.delivery import actions as delivery
    from handrail.delivery.models import Attendance

    with world.at(date(2018, 4, 10), 11):
        row = (
            Attendance.objects.filter(session__programme=world.programme, session__starts_at__year=2017, session__starts_at__month=11, replaced_by=None, minutes=360)
            .select_related("session", "person")
            .order_by("pk")
            .first()
        )
        if row is not None:
            delivery.record_attendance(
                session=row.session, person=row.person, minutes=240, left_early_minutes=120, by=world.cast["trainer"], reason="Gick vid lunch, stod kvar på listan",
            )  # fmt: skip
