"""Sessions, minutes and terms for the evidence tests, made by the actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from handrail.curriculum import actions as curriculum
from handrail.curriculum.models import Module
from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.evidence import actions
from handrail.evidence.models import Certificate, FunderRule, UnitCost
from handrail.kit import clock
from handrail.people.models import Person
from handrail.programmes.models import Programme

OSBY = ZoneInfo("Europe/Stockholm")
MARCH, APRIL = date(2018, 3, 1), date(2018, 4, 1)


def local(day: date, hour: int = 8, minute: int = 30) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSBY)


def terms(programme: Programme, *, rounding: str = "month", cap: int | None = None, by: Any = None) -> FunderRule:
    """A counting rule from the start, 280 kr in 2016 and 2017, 290 kr in 2018."""
    for first, last, amount in ((date(2016, 1, 1), date(2017, 12, 31), 280), (date(2018, 1, 1), date(2018, 12, 31), 290)):
        actions.add_unit_cost(
            programme=programme, amount=Decimal(amount), valid_from=first, valid_to=last, source="Exempel", is_illustrative=True, by=by
        )
    return actions.add_rule(
        programme=programme, rounding=rounding, required_share=Decimal("0.25"), annual_cap_hours=cap, valid_from=date(2016, 1, 1),
        source="Exempel", is_illustrative=True, by=by,
    )  # fmt: skip


def module(programme: Programme, by: Person) -> Module:
    kept = Module.objects.filter(programme=programme).first()
    return kept or curriculum.add_module(programme=programme, code="M1", title={"sv": "Samtal", "en": "Talks"}, form="lecture", minutes=90, by=by)


def session(programme: Programme, trainer: Person, day: date, *, minutes: int = 120, hour: int = 8, title: str = "Samtal genom tolk", state: str = "planned") -> Session:
    starts = local(day, hour)
    with clock.at(starts - timedelta(days=7)):
        return delivery.schedule_session(
            programme=programme, module=module(programme, trainer), starts_at=starts, ends_at=starts + timedelta(minutes=minutes),
            maximum=500, title={"sv": title, "en": title}, trainer=None if state == "candidate" else trainer, state=state, by=trainer,
        )  # fmt: skip


def attend(held: Session, minutes: dict[Person, int], by: Person) -> None:
    with clock.at(held.ends_at):
        for person, count in minutes.items():
            delivery.record_attendance(session=held, person=person, minutes=count, by=by)


def month_of_90_and_95(cast: Any, *, people: list[Person] | None = None) -> list[Certificate]:
    """Two sessions in March, 90 and 95 minutes for each; listed for signing."""
    people = people or [cast.birgit]
    for day, minutes in ((date(2018, 3, 14), 90), (date(2018, 3, 27), 95)):
        attend(session(cast.programme, cast.carlos, day), dict.fromkeys(people, minutes), cast.carlos)
    actions.open_month(programme=cast.programme, month=MARCH, by=None)
    return list(Certificate.objects.filter(programme=cast.programme, month=MARCH).order_by("participation__number"))


def certified(cast: Any, *, people: list[Person] | None = None) -> list[Certificate]:
    """As above, confirmed and countersigned by Lena."""
    found = month_of_90_and_95(cast, people=people)
    for one in found:
        actions.confirm_month(one, by=one.person)
    actions.countersign_months(found, by=cast.lena)
    for one in found:
        one.refresh_from_db()
    return found


def cost_of(programme: Programme, year: int) -> UnitCost:
    return UnitCost.objects.get(programme=programme, valid_to__year=year)
