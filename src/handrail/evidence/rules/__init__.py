"""Decides how hours are counted, valued, pledged and signed; no database, no Django."""

from handrail.evidence.rules.hours import (
    BY_MONTH,
    BY_SESSION,
    ByCap,
    certified_hours,
    equation_of,
    hours_by_month,
    hours_by_session,
    minutes_not_counted,
    other_rounding,
    recounted,
    under_cap,
)
from handrail.evidence.rules.leaving import who_leaves
from handrail.evidence.rules.money import Forecast, hours_missing, share_of, target_of, value_of
from handrail.evidence.rules.months import (
    is_over,
    kept_until,
    lock_date,
    month_bounds,
    month_key,
    month_of,
    month_of_key,
    next_month,
    previous_month,
    uid_or_none,
)
from handrail.evidence.rules.pledges import Interval, first_overlap, pledged_interval
from handrail.evidence.rules.sampling import drawn_from, largest_sample, new_seed
from handrail.evidence.rules.showing import mean_step, positive_share, shown_of
from handrail.evidence.rules.signing import who_countersigns

__all__ = [
    "BY_MONTH",
    "BY_SESSION",
    "ByCap",
    "Forecast",
    "Interval",
    "certified_hours",
    "drawn_from",
    "equation_of",
    "first_overlap",
    "hours_by_month",
    "hours_by_session",
    "hours_missing",
    "is_over",
    "kept_until",
    "largest_sample",
    "lock_date",
    "mean_step",
    "minutes_not_counted",
    "month_bounds",
    "month_key",
    "month_of",
    "month_of_key",
    "new_seed",
    "next_month",
    "other_rounding",
    "pledged_interval",
    "positive_share",
    "previous_month",
    "recounted",
    "share_of",
    "shown_of",
    "target_of",
    "uid_or_none",
    "under_cap",
    "value_of",
    "who_countersigns",
    "who_leaves",
]
