"""The national rules of placements at companies: how many at once, who signs, how long."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_medium, told


@dataclass(frozen=True)
class PlacementRule:
    """One country's rule from a day on, with its source."""

    country: str
    valid_from: date
    sources: tuple[str, ...]  # English, Swedish, Danish
    brackets: tuple[tuple[int, int], ...]
    minimum: int
    signatures: tuple[str, ...]
    longest_weeks: int
    longest_extension_weeks: int
    follow_up_weeks: tuple[int, ...]

    @property
    def source(self) -> str:
        """Where the rule was taken from, in the reader's language."""
        return told(self.sources)


@lru_cache
def _rules() -> tuple[PlacementRule, ...]:
    content = tomllib.loads((Path(__file__).parents[1] / "data" / "placement_rules.toml").read_text())
    return tuple(
        PlacementRule(
            country=one["country"], valid_from=one["valid_from"], sources=tuple(one["source"]), brackets=tuple((a, b) for a, b in one["brackets"]), minimum=one["minimum"],
            signatures=tuple(one["signatures"]), longest_weeks=one["longest_weeks"], longest_extension_weeks=one["longest_extension_weeks"],
            follow_up_weeks=tuple(one["follow_up_weeks"]),
        )
        for one in content["rule"]
    )  # fmt: skip


def rule_for(country: str, day: date) -> PlacementRule:
    """The rule that holds in a country on a day, as `data/placement_rules.toml` has it.

    Raises RuleBroken where there is none.
    """
    found = [one for one in _rules() if one.country == country and one.valid_from <= day]
    if not found:
        raise RuleBroken(_("No placement rules are known for %(country)s on that day. The operator adds them as data.") % {"country": country}, field="starts_on")
    return max(found, key=lambda one: one.valid_from)


def places_allowed(rule: PlacementRule, ordinary_staff: int) -> int | None:
    """How many people a company of a size may have in placements at once; None where the country sets no number.

    Each bracket counts full groups only: 12 staff at one per five make two (national rule, see its source).
    """
    if not rule.brackets:
        return None
    allowed, counted = 0, 0
    for top, per in rule.brackets:
        here = max(0, (min(ordinary_staff, top) if top else ordinary_staff) - counted)
        allowed += here // per
        counted = top or ordinary_staff
        if not top or ordinary_staff <= top:
            break
    return max(allowed, rule.minimum if ordinary_staff else 0)


def check_period(rule: PlacementRule, starts_on: date, ends_on: date, *, extended: bool = False) -> None:
    """A placement ends after it begins and lasts no longer than the rule lets it, extensions included where there are any.

    Raises RuleBroken naming the longest last day.
    """
    if ends_on < starts_on:
        raise RuleBroken(_("The last day lies before the first. Correct one of them."), field="ends_on")
    weeks = rule.longest_weeks + (rule.longest_extension_weeks if extended else 0)
    latest = starts_on + timedelta(weeks=weeks, days=-1)
    if ends_on > latest:
        raise RuleBroken(
            _("A placement lasts %(weeks)d weeks at most here: the latest last day is %(day)s.") % {"weeks": weeks, "day": date_medium(latest)}, field="ends_on"
        )
