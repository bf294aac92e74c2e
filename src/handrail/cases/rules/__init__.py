"""What is true of cases, decided without a database."""

from handrail.cases.rules.cases import (
    EMERGENCY, EMERGENCY_EACH, SHORTEST_REASON, check_end, check_reason, check_start, check_text, domain_name, domains, language_codes, languages,
)  # fmt: skip
from handrail.cases.rules.day import DayItem, days_waiting
from handrail.cases.rules.star import SIDES, Dimension, check_reading, dimensions

__all__ = [
    "EMERGENCY", "EMERGENCY_EACH", "SHORTEST_REASON", "SIDES", "DayItem", "Dimension", "check_end", "check_reading", "check_reason", "check_start",
    "check_text", "days_waiting", "dimensions", "domain_name", "domains", "language_codes", "languages",
]  # fmt: skip
