"""A month is handed in to the funder, and is frozen by it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from handrail.evidence import rules
from handrail.evidence.actions.tallies import month_changed
from handrail.evidence.events import MonthSubmitted
from handrail.evidence.models import Claim, LedgerLine
from handrail.evidence.queries import claim_digest, lines_to_claim, unclaimed_months
from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium, month_name
from handrail.people.models import Person
from handrail.programmes.models import Programme


@transaction.atomic
def submit_month(*, programme: Programme, month: date, by: Person) -> Claim:
    """Hand in a month: its certified lines, and corrections of months handed in before, frozen with their totals and digest.

    What is certified or corrected later goes with the next month that is handed in. Months are handed in in order.
    """
    month = month.replace(day=1)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if Claim.objects.filter(programme=programme, month=month).exists():
        raise Conflict(_("%(month)s is handed in already.") % {"month": month_name(month)})
    if not rules.is_over(month, clock.today()):
        raise RuleBroken(
            _("%(month)s is not over yet. It can be handed in from %(date)s.")
            % {"month": month_name(month), "date": date_medium(rules.next_month(month))}
        )
    if waiting := [one for one in unclaimed_months(programme) if one < month]:
        raise RuleBroken(
            _("%(month)s has certified hours that are not handed in. Hand in that month first.") % {"month": month_name(waiting[0])}
        )
    lines = list(lines_to_claim(programme, month).select_for_update(of=("self",), no_key=True).select_related("unit_cost", "certificate"))
    if not any(line.month == month for line in lines):
        raise RuleBroken(_("Nothing is certified for %(month)s yet.") % {"month": month_name(month)})
    claim = Claim.objects.create(
        programme=programme, month=month, submitted_at=clock.now(), submitted_by=by, hours=sum(line.hours for line in lines),
        amount=sum((line.amount for line in lines), Decimal(0)), digest=claim_digest(lines),
    )  # fmt: skip
    LedgerLine.objects.filter(pk__in=[line.pk for line in lines], claim=None).update(claim=claim)
    month_changed(programme.pk, [line.month for line in lines])
    announce(MonthSubmitted(claim.uid, programme.uid, month, claim.hours, claim.digest), by=by)
    return claim
