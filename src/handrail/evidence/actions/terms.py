"""The funder's terms as data: added with source and validity, never edited once used."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from handrail.evidence import rules
from handrail.evidence.events import FunderRuleAdded, UnitCostAdded
from handrail.evidence.models import Certificate, CertificateLine, FunderRule, UnitCost
from handrail.evidence.queries import is_used, rules_of, unit_costs_of
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium, month_name
from handrail.people.models import Person
from handrail.programmes.models import Programme


@transaction.atomic
def add_rule(
    *, programme: Programme, rounding: str, required_share: Decimal, valid_from: date, valid_to: date | None = None,
    annual_cap_hours: int | None = None, source: str, is_illustrative: bool = False, lock_day: int = 20, by: Person | None,
) -> FunderRule:  # fmt: skip
    """Add a rule of how hours are counted. It ends the one before it, unless that has already counted later months."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if rounding not in FunderRule.Rounding.values:
        raise RuleBroken(_("Choose how hours are rounded."), field="rounding")
    if not 0 < required_share <= 1:
        raise RuleBroken(_("The share lies between 0 and 100 per cent."), field="required_share")
    if not 1 <= lock_day <= 31:
        raise RuleBroken(_("The day lies between 1 and 31."), field="lock_day")
    if annual_cap_hours is not None and annual_cap_hours < 1:
        raise RuleBroken(_("Write at least 1 hour, or leave it empty where there is no cap."), field="annual_cap_hours")
    _check_period(valid_from, valid_to)
    _check_source(source)
    known = list(rules_of(programme))
    for other in known:
        if not _overlap(valid_from, valid_to, other.valid_from, other.valid_to):
            continue
        if other.valid_to is not None or other.valid_from >= valid_from:
            raise RuleBroken(
                _("Rule %(number)s already holds from %(date)s. Choose dates that it does not cover.")
                % {"number": other.number, "date": date_medium(other.valid_from)}, field="valid_from",
            )  # fmt: skip
        if is_used(rule=other, since=valid_from):
            raise RuleBroken(
                _("Rule %(number)s has already counted months from %(month)s on. Let the new rule begin later.")
                % {"number": other.number, "month": month_name(valid_from)}, field="valid_from",
            )  # fmt: skip
        FunderRule.objects.filter(pk=other.pk).update(valid_to=valid_from - timedelta(days=1))
    rule = FunderRule.objects.create(
        programme=programme, number=max((one.number for one in known), default=0) + 1, rounding=rounding,
        required_share=required_share, annual_cap_hours=annual_cap_hours, lock_day=lock_day, valid_from=valid_from,
        valid_to=valid_to, source=source.strip(), is_illustrative=is_illustrative,
    )  # fmt: skip
    _count_anew(rule)
    announce(FunderRuleAdded(rule.uid, programme.uid, valid_from), by=by)
    return rule


@transaction.atomic
def add_unit_cost(
    *, programme: Programme, amount: Decimal, valid_from: date, valid_to: date, source: str, is_illustrative: bool = False,
    by: Person | None,
) -> UnitCost:  # fmt: skip
    """Add what one hour of participation is worth from month to month. Periods never overlap."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if amount <= 0:
        raise RuleBroken(_("An hour is worth more than nothing. Write the amount."), field="amount")
    _check_period(valid_from, valid_to)
    _check_source(source)
    for other in unit_costs_of(programme):
        if _overlap(valid_from, valid_to, other.valid_from, other.valid_to):
            raise RuleBroken(
                _("A unit cost from %(first)s to %(last)s is already there. Choose dates that it does not cover.")
                % {"first": date_medium(other.valid_from), "last": date_medium(other.valid_to)}, field="valid_from",
            )  # fmt: skip
    cost = UnitCost.objects.create(
        programme=programme, amount=amount, valid_from=valid_from, valid_to=valid_to, source=source.strip(),
        is_illustrative=is_illustrative,
    )  # fmt: skip
    announce(UnitCostAdded(cost.uid, programme.uid, valid_from, valid_to), by=by)
    return cost


def _check_period(valid_from: date, valid_to: date | None) -> None:
    if valid_from.day != 1:
        raise RuleBroken(_("Months are counted whole. Begin on the first day of a month."), field="valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise RuleBroken(_("The last day lies before the first."), field="valid_to")
    if valid_to is not None and (valid_to + timedelta(days=1)).day != 1:
        raise RuleBroken(_("Months are counted whole. End on the last day of a month."), field="valid_to")


def _check_source(source: str) -> None:
    if not source.strip():
        raise RuleBroken(_("Say where this stands: the call, the decision or the table."), field="source")


def _overlap(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    return first <= (other_last or date.max) and other_first <= (last or date.max)


def _count_anew(rule: FunderRule) -> None:
    """Months that still wait show their hours by the new rule."""
    waiting = Certificate.objects.filter(
        programme=rule.programme, month__gte=rule.valid_from, state__in=[Certificate.State.OPEN, Certificate.State.CONFIRMED]
    )
    if rule.valid_to:
        waiting = waiting.filter(month__lte=rule.valid_to)
    rows = list(waiting)
    minutes: dict[int, list[int]] = {one.pk: [] for one in rows}
    covered = CertificateLine.objects.filter(certificate_id__in=minutes).values_list("certificate_id", "minutes")
    for certificate_id, line in covered:
        minutes[certificate_id].append(line)
    for one in rows:
        one.hours = rules.certified_hours(minutes[one.pk], rule.rounding)
    Certificate.objects.bulk_update(rows, ["hours"], batch_size=500)
