"""What is true of placements, companies and the funnel: plain Python, no database."""

from handrail.placements.rules.clocks import clock_days, exit_due, months_later
from handrail.placements.rules.lists import demand_items, half_days, preparation_items, work_fields, work_skills
from handrail.placements.rules.national import PlacementRule, check_period, places_allowed, rule_for
from handrail.placements.rules.rounds import FAULTS, OUT, PartShown, level_of, parts_shown, worked_from

__all__ = [
    "FAULTS", "OUT", "PartShown", "PlacementRule", "check_period", "clock_days", "demand_items", "exit_due", "half_days", "level_of", "months_later",
    "parts_shown", "places_allowed", "preparation_items", "rule_for", "work_fields", "work_skills", "worked_from",
]  # fmt: skip
