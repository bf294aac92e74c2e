"""The ledger month by month and person by person, and how far it reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from handrail.delivery.models import Seat, Session
from handrail.delivery.queries import current_attendance
from handrail.evidence import rules
from handrail.evidence.models import Certificate, FunderRule, LedgerLine
from handrail.evidence.queries.claims import COUNTED, WAITING, claims_of, counted_lines, lines_with_review
from handrail.evidence.queries.lines import period_bounds
from handrail.evidence.queries.signers import valid_certificates
from handrail.evidence.queries.terms import budget_of, rule_in, rules_of, unit_cost_in, unit_costs_of
from handrail.kit import clock
from handrail.kit.kept import kept
from handrail.people.models import Organisation
from handrail.programmes.models import Participation, Programme

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Scope:
    """Whose hours are looked at: all, one organisation's, or some persons'."""

    organisation: Organisation | None = None
    persons: Any = None  # a queryset or list of person ids; None means everybody

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """These rows (with organisation and person) narrowed to the scope."""
        if self.organisation is not None:
            rows = rows.filter(organisation=self.organisation)
        return rows if self.persons is None else rows.filter(person__in=self.persons)


ALL = Scope()


def _sums() -> dict[str, Sum]:
    """What lines add up to: what counts, of that corrections, hours above the cap, and handed-in hours that are signed anew."""
    return {
        "counted": Sum("hours", filter=COUNTED, default=0),
        "value": Sum("amount", filter=COUNTED, default=NOTHING),
        "corrected": Sum("hours", filter=COUNTED & Q(corrects__isnull=False), default=0),
        "over": Sum("not_counted", filter=COUNTED, default=0),
        "anew": Sum("hours", filter=Q(waits=True, claim__isnull=False), default=0),
    }


@dataclass(frozen=True)
class MonthRow:
    """One month of the ledger. Hours are whole; amounts in the programme's currency."""

    month: date
    state: str  # handed_in, certified, waiting, late, running
    lock_on: date | None
    hours: int
    waiting: int
    corrected: int
    not_counted: int
    unit_cost: Decimal | None
    amount: Decimal
    total: Decimal
    people_waiting: int
    has_lines: bool

    @property
    def is_reviewed(self) -> bool:
        """Whether attendance changed after the month was handed in and waits to be signed; `waiting` is then the difference it will make."""
        return self.state == "handed_in" and bool(self.people_waiting)

    @property
    def key(self) -> str:
        """The month as it stands in addresses."""
        return rules.month_key(self.month)


def ledger_months(programme: Programme, scope: Scope = ALL) -> list[MonthRow]:
    """Every month with hours, oldest first, with what is certified, waits, was corrected and is worth."""
    lines = {
        row["month"]: row
        for row in scope.of(lines_with_review(programme)).order_by().values("month").annotate(
            **_sums(), rate=Max("unit_cost__amount")
        )
    }  # fmt: skip
    waiting = {
        row["month"]: row
        for row in scope.of(valid_certificates(programme)).filter(state__in=WAITING).order_by().values("month").annotate(
            unsigned=Sum("hours"), people=Count("pk")
        )
    }  # fmt: skip
    running, running_people = running_hours(programme, scope)
    handed_in = set(claims_of(programme).values_list("month", flat=True))
    kept_rules, costs = list(rules_of(programme)), list(unit_costs_of(programme))
    today, this_month = clock.today(), clock.today().replace(day=1)
    months = sorted({*lines, *waiting, *([this_month] if running_people else [])})
    found, total = [], NOTHING
    for month in months:
        line, wait = lines.get(month, {}), waiting.get(month, {})
        rule, cost = rule_in(kept_rules, month), unit_cost_in(costs, month)
        lock_on = rules.lock_date(month, rule.lock_day) if rule else None
        unsigned = wait.get("unsigned", 0) - line.get("anew", 0) + (running if month == this_month else 0)
        total += line.get("value", NOTHING)
        found.append(
            MonthRow(
                month=month, lock_on=lock_on, hours=line.get("counted", 0), waiting=unsigned, corrected=line.get("corrected", 0),
                not_counted=line.get("over", 0), unit_cost=line.get("rate") or (cost.amount if cost else None),
                amount=line.get("value", NOTHING), total=total, people_waiting=wait.get("people", 0), has_lines=month in lines,
                state=_state(month, month in handed_in, bool(wait), lock_on, today),
            )
        )  # fmt: skip
    return found


def _state(month: date, is_handed_in: bool, has_waiting: bool, lock_on: date | None, today: date) -> str:
    if is_handed_in:
        return "handed_in"
    if not rules.is_over(month, today):
        return "running"
    if has_waiting:
        return "late" if lock_on and lock_on < today else "waiting"
    return "certified"


def running_hours(programme: Programme, scope: Scope = ALL) -> tuple[int, int]:
    """Hours and people of the month that is not over yet, by its attendance so far."""
    month = clock.today().replace(day=1)
    first, end = period_bounds(programme, month)
    rows = current_attendance(programme).filter(
        session__starts_at__gte=first, session__starts_at__lt=end, minutes__gt=0,
        person__in=scope.of(Participation.objects.filter(programme=programme)).values("person_id"),
    )  # fmt: skip
    return _hours_by_person(programme, ((person, month, minutes) for person, minutes in rows.values_list("person_id", "minutes")))


def planned_hours(programme: Programme, scope: Scope = ALL) -> int:
    """Hours that invited and accepted seats in planned sessions will give, if people come."""
    zone = timezone.get_default_timezone()
    sessions = {
        one.pk: one
        for one in Session.objects.filter(programme=programme, state=Session.State.PLANNED, starts_at__gt=clock.now())
    }
    seats = Seat.objects.filter(
        session_id__in=sessions, state__in=Seat.HOLDING,
        person__in=scope.of(Participation.objects.filter(programme=programme)).values("person_id"),
    )  # fmt: skip
    planned = (
        (person, rules.month_of(sessions[session].starts_at, zone), sessions[session].planned_minutes)
        for person, session in seats.values_list("person_id", "session_id")
    )
    return _hours_by_person(programme, planned)[0]


def _hours_by_person(programme: Programme, rows: Iterable[tuple[int, date, int]]) -> tuple[int, int]:
    minutes: dict[tuple[int, date], list[int]] = defaultdict(list)
    for person, month, one in rows:
        minutes[person, month].append(one)
    kept: list[FunderRule] = list(rules_of(programme)) if minutes else []
    latest = kept[-1] if kept else None
    total = 0
    for (_person, month), some in minutes.items():
        if rule := rule_in(kept, month) or latest:
            total += rules.certified_hours(some, rule.rounding)
    return total, len({person for person, _month in minutes})


def forecast_of(programme: Programme, months: Collection[MonthRow] | None = None) -> rules.Forecast:
    """Where participation stands for the whole programme; `months` are all its months, if they are at hand.

    It goes through every ledger line and every seat to come, so it is worked out once for all who see it until something happens.
    """
    if months is None:
        return kept("forecast", [programme.pk], lambda: _forecast(programme, ledger_months(programme)))
    return _forecast(programme, months)


def _forecast(programme: Programme, rows: Collection[MonthRow]) -> rules.Forecast:
    budget, share = budget_of(programme)
    return rules.Forecast(
        budget=budget, share=share, certified_hours=sum(one.hours for one in rows),
        certified=sum((one.amount for one in rows), NOTHING), waiting_hours=max(0, sum(one.waiting for one in rows)),
        planned_hours=planned_hours(programme), unit_cost=unit_cost_now(programme),
    )  # fmt: skip


def unit_cost_now(programme: Programme) -> Decimal:
    """What an hour is worth today; the latest known where none holds today."""
    costs = list(unit_costs_of(programme))
    cost = unit_cost_in(costs, clock.today().replace(day=1)) or (costs[-1] if costs else None)
    return cost.amount if cost else NOTHING


@dataclass(frozen=True)
class PartRow:
    """One organisation's or one person's hours, in a month or altogether."""

    id: int
    hours: int
    waiting: int
    corrected: int
    not_counted: int
    amount: Decimal
    people: int


def ledger_parts(programme: Programme, by: str, *, month: date | None = None, ids: Collection[int] | None = None) -> dict[int, PartRow]:
    """The ledger by `organisation` or `person`, of one month or of all; in two queries however many there are."""
    lines, waiting = lines_with_review(programme), valid_certificates(programme)
    if month is not None:
        lines, waiting = lines.filter(month=month), waiting.filter(month=month)
    if ids is not None:
        lines, waiting = lines.filter(**{f"{by}__in": ids}), waiting.filter(**{f"{by}__in": ids})
    certified = {
        row[by]: row
        for row in lines.order_by().values(by).annotate(
            **_sums()
        )
    }
    unsigned = {
        row[by]: row
        for row in waiting.order_by().values(by).annotate(
            unsigned=Sum("hours", filter=Q(state__in=WAITING), default=0), people=Count("person", distinct=True)
        )
    }
    found = {}
    for key in {*certified, *unsigned}:
        line, wait = certified.get(key, {}), unsigned.get(key, {})
        found[key] = PartRow(
            id=key, hours=line.get("counted", 0), waiting=wait.get("unsigned", 0) - line.get("anew", 0),
            corrected=line.get("corrected", 0), not_counted=line.get("over", 0), amount=line.get("value", NOTHING),
            people=wait.get("people", 0),
        )  # fmt: skip
    return found


def people_with_hours(programme: Programme, scope: Scope = ALL, month: date | None = None) -> QuerySet[Participation]:
    """Who has a month listed, in a scope; ordered by participation number."""
    months = valid_certificates(programme) if month is None else valid_certificates(programme).filter(month=month)
    return scope.of(Participation.objects.filter(programme=programme, pk__in=months.values("participation_id")))


def ledger_bounds(programme: Programme) -> tuple[date, date] | None:
    """The first and the last month with ledger lines."""
    ends = LedgerLine.objects.filter(programme=programme).aggregate(first=Min("month"), last=Max("month"))
    return (ends["first"], ends["last"]) if ends["first"] else None


def certified_total(programme: Programme) -> tuple[int, Decimal]:
    """Hours and value of all ledger lines that count today."""
    row = counted_lines(programme).aggregate(hours=Sum("hours", default=0), amount=Sum("amount", default=NOTHING))
    return row["hours"], row["amount"]


@dataclass(frozen=True)
class Missing:
    """What is still missing before a month is handed in, in one organisation."""

    organisation: Organisation
    not_confirmed: int
    not_countersigned: int
    hours: int
    objections: int


def missing_in(programme: Programme, month: date, scope: Scope = ALL) -> list[Missing]:
    """What waits in a month, by organisation; only organisations where something does."""
    rows = list(
        scope.of(valid_certificates(programme)).filter(month=month, state__in=WAITING).order_by().values("organisation").annotate(
            unconfirmed=Count("pk", filter=Q(state=Certificate.State.OPEN)),
            unsigned=Count("pk", filter=Q(state=Certificate.State.CONFIRMED)),
            waiting=Sum("hours"),
        )
    )  # fmt: skip
    objected = dict(
        scope.of(valid_certificates(programme)).filter(month=month, objections__isnull=False, objections__settled_at=None)
        .order_by().values_list("organisation").annotate(Count("pk", distinct=True))
    )  # fmt: skip
    by_id = {row["organisation"]: row for row in rows}
    names = Organisation.objects.in_bulk({*by_id, *objected})
    return [
        Missing(
            organisation=one, not_confirmed=by_id.get(one.pk, {}).get("unconfirmed", 0),
            not_countersigned=by_id.get(one.pk, {}).get("unsigned", 0), hours=by_id.get(one.pk, {}).get("waiting", 0),
            objections=objected.get(one.pk, 0),
        )
        for one in sorted(names.values(), key=lambda organisation: organisation.short_name)
    ]  # fmt: skip
