"""What hours are worth, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

ORE = Decimal("0.01")
NOTHING = Decimal("0.00")


def value_of(hours: int, unit_cost: Decimal) -> Decimal:
    """Hours at the unit cost of their year, in kronor and whole öre (half an öre rounds up)."""
    return (hours * unit_cost).quantize(ORE, rounding=ROUND_HALF_UP)


def target_of(amount: Decimal, share: Decimal) -> Decimal:
    """What participation must bring: 25 % of 7 247 750 kr is 1 811 937.50 kr (row S1-12)."""
    return (amount * share).quantize(ORE, rounding=ROUND_HALF_UP)


def share_of(value: Decimal, amount: Decimal) -> Decimal:
    """The share of the budget that a value is, as 0.164; 0 where there is no budget."""
    return value / amount if amount else Decimal(0)


def hours_missing(target: Decimal, certified: Decimal, unit_cost: Decimal) -> int:
    """Whole hours still needed at today's unit cost; never less than 0. 1 811 937.50 kr at 250 kr/h are 7 248 h."""
    if unit_cost <= 0:
        return 0
    return max(0, int(((target - certified) / unit_cost).to_integral_value(rounding=ROUND_CEILING)))


@dataclass(frozen=True)
class Forecast:
    """Where participation stands and whether what waits and what is planned is enough. Amounts in the programme's currency."""

    budget: Decimal
    share: Decimal
    certified_hours: int
    certified: Decimal
    waiting_hours: int
    planned_hours: int
    unit_cost: Decimal

    @property
    def target(self) -> Decimal:
        """What participation must bring."""
        return target_of(self.budget, self.share)

    @property
    def reached(self) -> Decimal:
        """The certified share of the budget."""
        return share_of(self.certified, self.budget)

    @property
    def waiting(self) -> Decimal:
        """What the hours that wait for a signature would be worth."""
        return value_of(self.waiting_hours, self.unit_cost)

    @property
    def planned(self) -> Decimal:
        """What the planned hours would be worth."""
        return value_of(self.planned_hours, self.unit_cost)

    @property
    def expected(self) -> Decimal:
        """Certified, waiting and planned together."""
        return self.certified + self.waiting + self.planned

    @property
    def missing_hours(self) -> int:
        """Hours between what is certified and the target."""
        return hours_missing(self.target, self.certified, self.unit_cost)

    @property
    def coming_hours(self) -> int:
        """Hours that wait or are planned."""
        return self.waiting_hours + self.planned_hours

    @property
    def margin_hours(self) -> int:
        """Hours to spare if all that waits and is planned is certified; negative where it is not enough."""
        return self.coming_hours - self.missing_hours

    @property
    def is_enough(self) -> bool:
        """Whether what is certified, waits and is planned reaches the target."""
        return self.margin_hours >= 0

    @property
    def is_reached(self) -> bool:
        """Whether the certified hours alone reach the target."""
        return self.certified >= self.target
