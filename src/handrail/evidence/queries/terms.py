"""The funder's terms that hold in a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from handrail.evidence.models import FunderRule, LedgerLine, UnitCost
from handrail.kit import clock
from handrail.kit.kept import once
from handrail.programmes.models import FundingLine, Programme


def rules_of(programme: Programme) -> QuerySet[FunderRule]:
    """All counting rules of a programme, oldest first."""
    return FunderRule.objects.filter(programme=programme).order_by("valid_from")


def unit_costs_of(programme: Programme) -> QuerySet[UnitCost]:
    """What an hour is worth in a programme, period by period."""
    return UnitCost.objects.filter(programme=programme).order_by("valid_from")


def known_rules(programme: Programme) -> list[FunderRule]:
    """All counting rules of a programme, oldest first; asked once a page."""
    return once("rules", [programme.pk], lambda: list(rules_of(programme)))


def known_costs(programme: Programme) -> list[UnitCost]:
    """What an hour is worth in a programme, period by period; asked once a page."""
    return once("unit costs", [programme.pk], lambda: list(unit_costs_of(programme)))


def rule_in(rules: Iterable[FunderRule], month: date) -> FunderRule | None:
    """The rule among these that holds on the first day of a month."""
    return next((one for one in rules if one.valid_from <= month and (one.valid_to is None or one.valid_to >= month)), None)


def unit_cost_in(costs: Iterable[UnitCost], month: date) -> UnitCost | None:
    """The unit cost among these that holds on the first day of a month."""
    return next((one for one in costs if one.valid_from <= month <= one.valid_to), None)


def rule_for(programme: Programme, month: date) -> FunderRule | None:
    """The counting rule of a programme's month."""
    return rules_of(programme).filter(Q(valid_to=None) | Q(valid_to__gte=month), valid_from__lte=month).first()


def is_used(*, rule: FunderRule | None = None, unit_cost: UnitCost | None = None, since: date | None = None) -> bool:
    """Whether the ledger has counted by a rule or unit cost (from a month on); then it is never changed."""
    lines = LedgerLine.objects.filter(rule=rule) if rule else LedgerLine.objects.filter(unit_cost=unit_cost)
    return lines.filter(month__gte=since).exists() if since else lines.exists()


def budget_of(programme: Programme) -> tuple[Decimal, Decimal]:
    """The budget that participation is measured against, and the share that it must bring.

    The share is the funder rule's that holds today (the latest, when none does); else the funding line's own.
    """
    lines = list(FundingLine.objects.filter(programme=programme, participation_share__gt=0))
    amount = sum((one.amount for one in lines), Decimal(0))
    kept = known_rules(programme)
    rule = rule_in(kept, clock.today().replace(day=1)) or (kept[-1] if kept else None)
    if rule:
        return amount, rule.required_share
    brought = sum((one.amount * one.participation_share for one in lines), Decimal(0))
    return amount, (brought / amount if amount else Decimal(0))
