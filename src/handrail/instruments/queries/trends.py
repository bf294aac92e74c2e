"""Answers at the desk, month by month and unit by unit: only months that are over, only groups of five or more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from handrail.instruments.models import Collection, Questionnaire, Tally
from handrail.instruments.queries.results import forms_of
from handrail.instruments.queries.rounds import organisations_led
from handrail.instruments.rules.results import Asked, asked_in
from handrail.instruments.rules.tallying import ONE, Sums, add_sums
from handrail.kit import clock, drawing
from handrail.kit.disclosure import is_shown
from handrail.kit.text import _, in_language, month_short, number
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class TrendLine:
    """One unit's answers to one question over the months."""

    label: str
    trend: drawing.Trend
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    hidden: int  # months that are hidden


@dataclass
class TrendQuestion:
    """A question with a line for each unit."""

    title: str
    scale: str  # from what to what
    lines: list[TrendLine] = field(default_factory=list)


def desk_collections(person: Person, programme: Programme) -> QuerySet[Collection]:
    """The desks whose answers one may follow: all for the project owner and researchers, the own municipality's for a process leader."""
    rows = Collection.objects.filter(programme=programme, version__questionnaire__kind=Questionnaire.Kind.DESK).select_related("organisation", "version__questionnaire__book")
    if authority_of(person).has(Role.RESEARCHER, programme=programme.uid):
        return rows
    led = organisations_led(person, programme)
    return rows if led is None else rows.filter(organisation_id__in=led)


def desk_trends(person: Person, programme: Programme) -> list[TrendQuestion]:
    """Each question that has a scale, with the mean of each unit in each month that is over."""
    by_place: dict[Any, list[Collection]] = {}
    for one in desk_collections(person, programme):
        by_place.setdefault((str(one.organisation), str(getattr(one, "unit", None) or in_language(one.title))), []).append(one)
    found: dict[str, TrendQuestion] = {}
    this_month = f"{clock.today():%Y-%m}"
    for (organisation, unit), some in sorted(by_place.items()):
        months = _months([one.pk for one in some], this_month)
        for asked, title, scale in _asked(some):
            if line := _line(f"{organisation}, {unit}", asked, months):
                found.setdefault(title, TrendQuestion(title, scale)).lines.append(line)
    return list(found.values())


def _months(collections: list[int], before: str) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for tally in Tally.objects.filter(collection__in=collections, period__gt="", period__lt=before).order_by("period"):
        add_sums(found.setdefault(tally.period, {}), tally.sums)
    return found


def _asked(collections: list[Collection]) -> list[tuple[Asked, str, str]]:
    """The questions with a scale, with their words and those of its ends."""
    book = getattr(collections[0].version.questionnaire, "book", None)
    found: list[tuple[Asked, str, str]] = []
    for form in forms_of(book) if book else []:
        words = {item.name: item for item in form.questions()}
        for asked in asked_in(form):
            if asked.kind == ONE and asked.scale and asked.name not in {one.name for one, _title, _scale in found}:
                item = words[asked.name]
                labels = {one.name: in_language(dict(one.labels)) for one in item.choices}
                ends = str(_("1 %(no)s, %(top)s %(yes)s")) % {"no": labels[asked.scale[0]], "top": len(asked.scale), "yes": labels[asked.scale[-1]]}
                found.append((asked, in_language(dict(item.labels)), ends))
    return found


def _line(label: str, asked: Asked, months: dict[str, Sums]) -> TrendLine | None:
    values: list[tuple[str, float | None]] = []
    rows: list[dict[str, Any]] = []
    hidden = 0
    for month, sums in months.items():
        counts = [sums.get(asked.name, {}).get("v", {}).get(value, 0) for value in asked.scale]
        n, name = sum(counts), month_short(date.fromisoformat(f"{month}-01"))
        mean = sum(step * count for step, count in enumerate(counts, start=1)) / n if is_shown(n, threshold=asked.threshold) else None
        hidden += bool(n) and mean is None
        values.append((name, mean))
        rows.append({"cells": [name, str(_("hidden")) if mean is None else number(mean, 1), str(_("fewer than five")) if mean is None else number(n)]})
    if not rows:
        return None
    columns: list[dict[str, Any]] = [{"label": str(_("Month"))}, {"label": str(_("Mean")), "number": True}, {"label": str(_("Answers")), "number": True}]
    return TrendLine(label, drawing.trend(values, lowest=1, highest=len(asked.scale)), columns, rows, hidden)
