"""What is true about competences: levels and gaps, who gets which role profile, and what of the map may be shown."""

from handrail.competences.rules.columns import FEW, NEIGHBOUR, Column, ColumnKey, columns_of, pattern_of
from handrail.competences.rules.leaving import forget_counted
from handrail.competences.rules.levels import HIGHEST, LOWEST, check_level, gap_of, level_from_several, shown_mean
from handrail.competences.rules.measurements import Measurement, RoundFacts, measurements
from handrail.competences.rules.profiles import plain_title, profile_for_title, titles_in_lines
from handrail.competences.rules.sums import Place, UnitKey, UnitSums, aim_anew, draw_units, needs_of

__all__ = [
    "FEW",
    "HIGHEST",
    "LOWEST",
    "NEIGHBOUR",
    "Column",
    "ColumnKey",
    "Measurement",
    "Place",
    "RoundFacts",
    "UnitKey",
    "UnitSums",
    "aim_anew",
    "check_level",
    "columns_of",
    "draw_units",
    "forget_counted",
    "gap_of",
    "level_from_several",
    "measurements",
    "needs_of",
    "pattern_of",
    "plain_title",
    "profile_for_title",
    "shown_mean",
    "titles_in_lines",
]
