"""Sessions that were called off and wait for an answer, the answers beside each other, and what if the limits were others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from handrail.delivery.models import Seat, Session
from handrail.delivery.queries import lost_seats
from handrail.kit import clock
from handrail.kit.text import date_medium, local, number, plural
from handrail.planning.models import Plan
from handrail.programmes.models import Programme

NOTICE_DAYS = 14  # what the form suggests: planning.md 2, "freeze what starts within 14 days"
LIMITS = {"hours": 16, "absence_share": "0.2", "travel": True, "travel_cost": "150"}


def limits_today(programme: Programme) -> dict[str, Any]:
    """The limits that the plan in force was asked with; for none the usual ones."""
    plan = Plan.objects.filter(programme=programme, state=Plan.State.ADOPTED, kind=Plan.Kind.PLAN).order_by("-number").first()
    return {name: plan.settings.get(name, usual) if plan else usual for name, usual in LIMITS.items()}


def whole_period(programme: Programme) -> tuple[date, date]:
    """From today to the day of the last session to come, planned or possible."""
    states = [Session.State.CANDIDATE, Session.State.PLANNED, Session.State.CANCELLED]
    rows = Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state__in=states, starts_at__gt=clock.now())
    last = rows.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return clock.today(), local(last).date() if last else clock.today() + timedelta(days=1)


@dataclass(frozen=True)
class CalledOff:
    """A session that was called off, and how many people lost a seat in it and have no other in its module."""

    session: Session
    people: int

    @property
    def words(self) -> str:
        """Title, day, and how many wait for another seat."""
        waits = plural("%(n)s person lost a seat", "%(n)s people lost a seat", self.people) % {"n": number(self.people)}
        return f"{self.session}, {date_medium(local(self.session.starts_at).date())}: {waits}"


def called_off(programme: Programme) -> list[CalledOff]:
    """What was called off, has not passed and has not been answered; where nobody lost a seat there is nothing to answer."""
    sessions = list(
        Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state=Session.State.CANCELLED, starts_at__gt=clock.now())
        .select_related("module", "organisation", "place").order_by("starts_at", "pk")
    )
    if not sessions:
        return []
    answered = {uid for row in Plan.objects.filter(programme=programme, kind=Plan.Kind.REPLAN, state=Plan.State.ADOPTED) for uid in row.settings["cancelled"]}
    lost = lost_seats([one for one in sessions if str(one.uid) not in answered])
    seated = set(
        Seat.objects.filter(
            session__programme=programme, session__state=Session.State.PLANNED, session__starts_at__gt=clock.now(), state__in=[*Seat.HOLDING, Seat.State.ASKED],
            person__in={one.person_id for one in lost},
        ).values_list("person_id", "session__module_id")
    )  # fmt: skip
    module_of = {one.pk: one.module_id for one in sessions}
    people = {one.pk: 0 for one in sessions}
    for seat in lost:
        people[seat.session_id] += (seat.person_id, module_of[seat.session_id]) not in seated
    return [CalledOff(one, people[one.pk]) for one in sessions if people[one.pk]]


def replan_defaults(found: list[CalledOff]) -> dict[str, Any]:
    """What the form suggests: all of them, a fortnight's notice, and the money that they would have cost."""
    return {
        "cancelled": [str(one.session.uid) for one in found], "notice_days": NOTICE_DAYS,
        "money": sum((Decimal(one.session.cost) for one in found), Decimal(0)).quantize(Decimal(1)),
    }  # fmt: skip


def what_if_defaults(programme: Programme) -> dict[str, Any]:
    """The limits of today: what the planned sessions cost, and what the plan in force was asked with."""
    limits = limits_today(programme)
    planned = Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state=Session.State.PLANNED, starts_at__gt=clock.now())
    cost = planned.aggregate(total=Sum("cost"))["total"] or Decimal(0)
    return {
        "budget": Decimal(cost).quantize(Decimal(1)), "hours": limits["hours"], "absence_share": round(float(limits["absence_share"]) * 100),
        "travel": limits["travel"], "travel_cost": Decimal(str(limits["travel_cost"])),
    }  # fmt: skip


def answers_of(plan: Plan) -> list[Plan]:
    """All answers to the same cancellations, from the fewest people moved to the most closed."""
    first = plan.first_of or plan
    rows = [first, *Plan.objects.filter(first_of=first)]
    order = list(Plan.Variant.values)
    return sorted((row for row in rows if row.variant), key=lambda row: order.index(row.variant))


def replan_waits(programme: Programme, found: list[CalledOff]) -> Plan | None:
    """The newest answers that nobody has chosen among, if they answer everything that was called off."""
    plan = Plan.objects.filter(programme=programme, kind=Plan.Kind.REPLAN, first_of=None, state=Plan.State.PROPOSED).order_by("-number").first()
    return plan if plan and {str(one.session.uid) for one in found} <= set(plan.settings["cancelled"]) else None
