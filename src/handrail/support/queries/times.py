"""How soon questions are answered, for everybody to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.kit import clock
from handrail.kit.text import hours, local, minutes, month_name, month_start, number, percent, plural
from handrail.programmes.models import Programme
from handrail.support.models import Question
from handrail.support.rules import Agreed, Asked, Month, agreed_for, by_month, working_minutes

MONTHS = 12


@dataclass(frozen=True)
class TimesShown:
    """What the page shows: the agreement, the months, and the rows of the drawing."""

    agreed: Agreed
    months: list[dict[str, Any]]
    bars: list[dict[str, Any]]


def agreed_today(country: str) -> Agreed:
    """What is agreed about answering in a country today."""
    return agreed_for(country, clock.today())


def agreed_then(question: Question) -> Agreed:
    """What was agreed on the day a question was asked."""
    return agreed_for(question.company.country, local(question.asked_at).date())


def times_of(programme: Programme, country: str = "DK") -> TimesShown:
    """The last twelve months of a programme in which something was asked. One query; no person stands in the answer."""
    rows = Question.objects.filter(programme=programme).order_by("asked_at").values_list("asked_at", "due_at", "answered_at", "company__country")
    asked = []
    for asked_at, due_at, answered_at, where in rows.iterator():
        at = local(asked_at)
        took = working_minutes(agreed_for(where, at.date()), at, local(answered_at)) if answered_at else None
        in_time = answered_at <= due_at if answered_at else False if due_at < clock.now() else None
        asked.append(Asked(month_start(at.date()), took, in_time))
    months = by_month(asked)[-MONTHS:]
    return TimesShown(agreed_today(country), [_row(one) for one in months], [_bar(one) for one in months])


def _row(month: Month) -> dict[str, Any]:
    return {
        "month": month_name(month.month), "questions": number(month.questions), "median": working_time(month.median_minutes), "share": percent(month.share, 0),
    }  # fmt: skip


def _bar(month: Month) -> dict[str, Any]:
    asked = plural("%(n)s question", "%(n)s questions", month.questions) % {"n": number(month.questions)}
    return {"label": month_name(month.month), "value": 100 * (month.share or 0), "text": percent(month.share, 0), "more": asked}


def working_time(total: int | None) -> str:
    """Working minutes in words: 3 h 20 min."""
    if total is None:
        return "–"
    whole, rest = divmod(total, 60)
    return " ".join(part for part in (hours(whole) if whole else "", minutes(rest) if rest or not whole else "") if part)
