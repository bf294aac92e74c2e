"""What is true of placements, companies and the funnel: plain Python, no database."""

from handrail.placements.rules.clocks import clock_days, exit_due, months_later
from handrail.placements.rules.lists import demand_items, preparation_items
from handrail.placements.rules.national import PlacementRule, check_period, places_allowed, rule_for

__all__ = [
    "PlacementRule", "check_period", "clock_days", "demand_items", "exit_due", "months_later", "places_allowed", "preparation_items", "rule_for",
]  # fmt: skip
