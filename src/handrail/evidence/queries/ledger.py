"""The ledger month by month and person by person, and how far it reaches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from handrail.evidence import rules
from handrail.evidence.models import Certificate, LedgerLine
from handrail.evidence.queries.claims import WAITING, claims_of, lines_with_review
from handrail.evidence.queries.coming import planned_hours, running_hours
from handrail.evidence.queries.scope import ALL, Scope
from handrail.evidence.queries.signers import valid_certificates
from handrail.evidence.queries.tallies import MonthSums, added_up, line_sums, month_sums
from handrail.evidence.queries.terms import budget_of, known_costs, known_rules, rule_in, unit_cost_in
from handrail.kit import clock
from handrail.kit.kept import kept
from handrail.people.models import Organisation
from handrail.programmes.models import Participation, Programme

NOTHING = Decimal(0)


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
    sums = month_sums(programme) if scope is ALL else {one.month: one for one in added_up(programme, scope=scope)}
    running, running_people = running_hours(programme, scope)
    handed_in = set(claims_of(programme).values_list("month", flat=True))
    kept_rules, costs = known_rules(programme), known_costs(programme)
    today, this_month = clock.today(), clock.today().replace(day=1)
    months = sorted({*sums, *([this_month] if running_people else [])})
    found, total = [], NOTHING
    for month in months:
        one = sums.get(month) or MonthSums(month)
        rule, cost = rule_in(kept_rules, month), unit_cost_in(costs, month)
        lock_on = rules.lock_date(month, rule.lock_day) if rule else None
        total += one.value
        found.append(
            MonthRow(
                month=month, lock_on=lock_on, hours=one.counted, waiting=one.unsigned - one.anew + (running if month == this_month else 0),
                corrected=one.corrected, not_counted=one.over, unit_cost=one.rate or (cost.amount if cost else None), amount=one.value,
                total=total, people_waiting=one.people, has_lines=one.has_lines,
                state=_state(month, month in handed_in, bool(one.people), lock_on, today),
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


def forecast_of(programme: Programme, months: Collection[MonthRow] | None = None) -> rules.Forecast:
    """Where participation stands for the whole programme; `months` are all its months, if they are at hand.

    It adds up the attendance of the month that runs and every seat to come, so it is worked out once for all who see it until something happens.
    """
    if months is None:
        return kept("forecast", [programme.pk], lambda: _forecast_now(programme))
    return _forecast(programme, sum(one.hours for one in months), sum((one.amount for one in months), NOTHING), sum(one.waiting for one in months))


def _forecast_now(programme: Programme) -> rules.Forecast:
    sums = month_sums(programme).values()
    waiting = sum(one.unsigned - one.anew for one in sums) + running_hours(programme)[0]
    return _forecast(programme, sum(one.counted for one in sums), sum((one.value for one in sums), NOTHING), waiting)


def _forecast(programme: Programme, certified_hours: int, certified: Decimal, waiting_hours: int) -> rules.Forecast:
    budget, share = budget_of(programme)
    return rules.Forecast(
        budget=budget, share=share, certified_hours=certified_hours, certified=certified, waiting_hours=max(0, waiting_hours),
        planned_hours=planned_hours(programme), unit_cost=unit_cost_now(programme),
    )


def unit_cost_now(programme: Programme) -> Decimal:
    """What an hour is worth today; the latest known where none holds today."""
    costs = known_costs(programme)
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
            **line_sums()
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
    sums = month_sums(programme).values()
    return sum(one.counted for one in sums), sum((one.value for one in sums), NOTHING)


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
