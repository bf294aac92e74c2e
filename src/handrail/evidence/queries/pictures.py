"""The gauge and the tags of the ledger in words and lengths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.evidence import rules
from handrail.evidence.queries.ledger import MonthRow
from handrail.kit import drawing
from handrail.kit.text import (
    _,
    currency_unit,
    date_medium,
    date_short,
    hours,
    money,
    month_name,
    month_short,
    number,
    percent,
    plural,
    signed,
)
from handrail.programmes.models import Programme

FIVE_PER_CENT = Decimal("0.05")


def gauge_of(forecast: rules.Forecast, programme: Programme) -> dict[str, Any]:
    """The rail to the target: certified solid, waiting hatched, planned dashed; with its sentence, verdict and table."""
    currency = programme.currency
    top = max(forecast.target, forecast.expected, Decimal(1)) * Decimal("1.12")
    ticks: list[tuple[Decimal, str]] = []
    at = Decimal(0)
    while at < forecast.share and len(ticks) < 12:
        ticks.append((at * forecast.budget, percent(at, 0)))
        at += FIVE_PER_CENT
    parts = [
        ("solid", forecast.certified, str(_("Certified %(hours)s")) % {"hours": hours(forecast.certified_hours)}),
        ("hatched", forecast.waiting, str(_("Waits for a signature %(hours)s")) % {"hours": hours(forecast.waiting_hours)}),
        ("dashed", forecast.planned, str(_("Planned %(hours)s")) % {"hours": hours(forecast.planned_hours)}),
    ]
    share = percent(forecast.share, 0)
    known: dict[str, Any] = {"parts": parts, "target": forecast.target, "top": top, "ticks": ticks}
    return {
        "gauge": drawing.gauge(
            **known, target_text=str(_("Target %(share)s of %(budget)s")) % {"share": share, "budget": money(forecast.budget, currency)}
        ),
        "small": drawing.gauge(**known, target_text=str(_("Target %(share)s")) % {"share": share}),
        "share": percent(forecast.reached, 1),
        "certified": money(forecast.certified, currency), "target": money(forecast.target, currency),
        "lacking": "" if forecast.is_reached else str(_("%(hours)s missing")) % {"hours": hours(forecast.missing_hours)},
        "sentence": sentence_of(forecast), "verdict": verdict_of(forecast),
        "table": [
            (_("Target"), money(forecast.target, currency)),
            (_("Certified"), f"{money(forecast.certified, currency)} ({hours(forecast.certified_hours)})"),
            (_("Waits for a signature"), f"{money(forecast.waiting, currency)} ({hours(forecast.waiting_hours)})"),
            (_("Planned"), f"{money(forecast.planned, currency)} ({hours(forecast.planned_hours)})"),
        ],
    }  # fmt: skip


def sentence_of(forecast: rules.Forecast) -> str:
    """How many hours are missing, and what is on its way."""
    if forecast.is_reached:
        return str(_("The target is reached."))
    if not forecast.unit_cost:
        return str(_("How many hours are missing can be said once a unit cost is added."))
    return str(_("%(missing)s are missing. What waits and is planned makes %(coming)s.")) % {
        "missing": hours(forecast.missing_hours), "coming": hours(forecast.coming_hours),
    }  # fmt: skip


def verdict_of(forecast: rules.Forecast) -> str:
    """Whether it is enough."""
    if forecast.is_reached or not forecast.unit_cost:
        return ""
    if forecast.is_enough:
        return str(_("It is enough, with %(hours)s to spare.")) % {"hours": hours(forecast.margin_hours)}
    return str(_("It is not enough: %(hours)s more need to be planned.")) % {"hours": hours(-forecast.margin_hours)}


def tag_of(row: MonthRow) -> tuple[str, str]:
    """A month's state as (kind of tag, words)."""
    lock = {"date": date_short(row.lock_on)} if row.lock_on else {"date": ""}
    return {
        "handed_in": ("lock", str(_("Handed in"))),
        "certified": ("ok", str(_("Certified"))),
        "waiting": ("wait", str(_("Open until %(date)s")) % lock if row.lock_on else str(_("Open for signing"))),
        "late": ("alarm", str(_("Overdue since %(date)s")) % lock),
        "running": ("plain", str(_("Still running"))),
    }[row.state]


def until_words(row: MonthRow) -> str:
    """When a month should be handed in, in words."""
    return date_medium(row.lock_on) if row.lock_on else ""


def review_words(row: MonthRow) -> str:
    """What changed after a month was handed in, and what it will come to: the frozen figure stays until it is signed."""
    what = plural(
        "Attendance of one person changed after the month was handed in and waits to be signed.",
        "Attendance of %(n)s people changed after the month was handed in and waits to be signed.", row.people_waiting,
    )  # fmt: skip
    come: Any = _("The hours stay as they are.")
    if row.waiting < 0:
        come = _("When that is done, %(hours)s fewer are certified; the correction goes with the next month.")
    elif row.waiting > 0:
        come = _("When that is done, %(hours)s more are certified; the correction goes with the next month.")
    return f"{str(what) % {'n': number(row.people_waiting)}} {str(come) % {'hours': hours(abs(row.waiting))}}"


@dataclass(frozen=True)
class ShownMonth:
    """A month of the table, in words."""

    label: str
    url: str
    tag: tuple[str, str]
    hours: int
    whole: int  # certified and waiting, for the bar
    hours_text: str
    waiting_text: str
    is_reviewed: bool  # what waits is a difference to what was handed in
    corrected_text: str
    not_counted_text: str
    cost_text: str
    amount_text: str
    total_text: str
    is_chosen: bool


@dataclass(frozen=True)
class MonthTable:
    """The month table in words, with its foot."""

    rows: list[ShownMonth]
    most: int
    unit: str
    last: str
    foot: ShownMonth
    has_not_counted: bool
    reviews: list[tuple[str, str]]  # month and what changed in it after it was handed in


def month_table(months: list[MonthRow], programme: Programme, urls: dict[date, str], chosen: date | None = None) -> MonthTable:
    """The table of months; `urls` leads from each month to what it consists of."""
    rows = [
        ShownMonth(
            label=month_short(one.month), url=urls.get(one.month, ""), tag=tag_of(one), hours=one.hours, whole=one.hours + max(0, one.waiting),
            hours_text=number(one.hours), waiting_text=signed(one.waiting, 0) if one.is_reviewed else number(one.waiting), is_reviewed=one.is_reviewed,
            corrected_text=difference(one.corrected),
            not_counted_text=number(one.not_counted), cost_text=plain(one.unit_cost), amount_text=plain(one.amount),
            total_text=plain(one.total), is_chosen=one.month == chosen,
        )
        for one in months
    ]  # fmt: skip
    corrected = sum(one.corrected for one in months)
    over = sum(one.not_counted for one in months)
    foot = ShownMonth(
        label="", url="", tag=("", ""), hours=0, whole=0, hours_text=number(sum(one.hours for one in months)),
        waiting_text=number(sum(one.waiting for one in months)), is_reviewed=False, corrected_text=difference(corrected), not_counted_text=number(over),
        cost_text="", amount_text=plain(sum((one.amount for one in months), Decimal(0))), total_text="", is_chosen=False,
    )  # fmt: skip
    return MonthTable(
        rows=rows, most=max((one.whole for one in rows), default=0), unit=currency_unit(programme.currency),
        last=month_name(months[-1].month) if months else "", foot=foot, has_not_counted=bool(over),
        reviews=[(month_name(one.month), review_words(one)) for one in months if one.is_reviewed],
    )  # fmt: skip


def difference(hours_: int) -> str:
    """A correction with its sign: −6 h; 0 without."""
    return f"{signed(hours_, 0)} h" if hours_ else "0"


def plain(value: Decimal | None) -> str:
    """An amount without its unit, öre only where there are any."""
    return "–" if value is None else number(value, 0 if value == value.to_integral_value() else 2)
