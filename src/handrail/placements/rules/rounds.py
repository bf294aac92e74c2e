"""What a round of matching goes by beside the points: how levels are read, what keeps somebody out, how each part of a score is worked out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.kit.text import _, number
from handrail.placements.rules.matching.scoring import gap_closed, needs_met, wish_rank

LEVELS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "first": 6}
MENTOR_LEVEL = LEVELS["B2"]  # a language that a mentor names is one to talk freely in
NEEDED = frozenset({"languages", "availability"})  # what a consent must hold for a matching
MOST_WISHES = 5
MOST_SKILL, MOST_GROWTH = 3, 2

OUT: dict[str, Any] = {
    "consent": _("Has not agreed that languages and hours are shared with companies."),
    "area": _("It is not noted yet what they wish for and where they set out from."),
    "hours": _("It is not noted yet how many hours a week."),
    "travel": _("It is not noted yet how far the way to work may be."),
}
FAULTS: dict[str, Any] = {
    "nobody": _("Nobody can take part at present. See below why, person by person."),
    "no_places": _("No place is open at present."),
    "failed": _("The matching ended without an answer. Nothing was changed. Try once more; if it fails again, tell whoever runs the service."),
    "data": _("Something that was written down cannot be right. Look through the positions and what people said, and try once more."),
    "stopped": _("Somebody stopped it. Nothing was changed."),
}


def level_of(code: str) -> int:
    """A language level as a number, 0 where none is asked for."""
    return LEVELS.get(code, 0)


def worked_from(person: Any, place: Any) -> dict[str, Any]:
    """What the points of a pair were worked out from, so that anybody can do it again."""
    return {
        "rank": wish_rank(person, place), "need": list(needs_met(person, place)), "growth": list(gap_closed(person, place)),
        "minutes": person.minutes[place.uid], "days": person.waiting_days,
    }  # fmt: skip


@dataclass(frozen=True)
class PartShown:
    """One of the five parts of a score: what counts, how it is worked out, and the points of how many."""

    label: Any
    counts: str
    sum: str
    points: int
    most: int


def parts_shown(worked: Mapping[str, Any], points: Sequence[int], weights: Mapping[str, Any]) -> list[PartShown]:
    """The five parts of a score, each with the sum that gives it; whole numbers, rounded down."""
    rank, shares = worked["rank"], weights["wish_shares"]
    share = shares[rank - 1] if 0 < rank <= len(shares) else 0
    (need, asked), (grows, wanted) = worked["need"], worked["growth"]
    minutes, days = min(worked["minutes"], weights["travel_minutes"]), min(worked["days"], weights["waiting_days"])
    levels = _("levels: %(part)s of %(whole)s")
    rows = (
        (_("Wish"), _("number %(rank)s of the wishes") % {"rank": rank} if rank else _("not among the wishes"), "wish", share, 1000),
        (_("The company's need"), levels % {"part": need, "whole": asked} if asked else _("asks for nothing in particular"), "need", need if asked else 1, asked or 1),
        (_("Growth"), levels % {"part": grows, "whole": wanted} if wanted else _("nothing that should grow is noted"), "growth", grows, wanted or 1),
        (_("Way"), _("minutes: %(minutes)s") % {"minutes": number(worked["minutes"])}, "travel", weights["travel_minutes"] - minutes, weights["travel_minutes"]),
        (_("Waiting"), _("days: %(days)s") % {"days": number(worked["days"])}, "waiting", days, weights["waiting_days"]),
    )
    return [
        PartShown(label, str(counts), f"{number(weights[name])} × {number(part)} / {number(whole)}", value, weights[name])
        for (label, counts, name, part, whole), value in zip(rows, points, strict=True)
    ]
