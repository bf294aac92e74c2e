"""What the ledger comes to month by month, kept, so that nobody who looks has to add it up.

A month's sums are kept in `MonthTally`. Whatever changes a month says so in the same transaction with a row of `MonthChange` (rows are only
added, so that nobody waits for anybody); a month of which any stands is added up anew from its lines for whoever looks, until a worker
has kept its sums again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum

from handrail.evidence.models import Certificate, MonthChange, MonthTally
from handrail.evidence.queries.claims import COUNTED, WAITING, lines_with_review
from handrail.evidence.queries.scope import ALL, Scope
from handrail.evidence.queries.signers import valid_certificates
from handrail.programmes.models import Programme

NOTHING = Decimal(0)
UNCLAIMED = Q(claim=None, waits=False)


@dataclass
class MonthSums:
    """One month of the whole programme: what counts, of that corrections, hours above the cap; what waits, and what is not handed in."""

    month: date
    counted: int = 0
    value: Decimal = NOTHING
    corrected: int = 0
    over: int = 0
    anew: int = 0  # handed-in hours that are signed anew
    rate: Decimal | None = None  # the unit cost of its lines; None where it has none
    unsigned: int = 0
    people: int = 0  # months that wait for a signature
    unclaimed: int = 0
    unclaimed_people: int = 0

    @property
    def has_lines(self) -> bool:
        """Whether anything of the month stands in the ledger."""
        return self.rate is not None


FIELDS = ("counted", "value", "corrected", "over", "anew", "rate", "unsigned", "people", "unclaimed", "unclaimed_people")


def month_sums(programme: Programme) -> dict[date, MonthSums]:
    """Every month with hours of a programme: as kept, and added up where something has changed since."""
    # Asked before the tallies: a worker that keeps sums in between is then not missed, and a change in between is as if it came after this look.
    changed = set(MonthChange.objects.filter(programme=programme).order_by().values_list("month", flat=True).distinct())
    kept = MonthTally.objects.filter(programme=programme).exclude(month__in=changed)
    found = {row["month"]: MonthSums(**row) for row in kept.values("month", *FIELDS)}
    if changed:
        found |= {one.month: one for one in added_up(programme, changed)}
    return {month: found[month] for month in sorted(found) if found[month].has_lines or found[month].people}


def line_sums() -> dict[str, Sum]:
    """What lines add up to: what counts, of that corrections, hours above the cap, and handed-in hours that are signed anew."""
    return {
        "counted": Sum("hours", filter=COUNTED, default=0),
        "value": Sum("amount", filter=COUNTED, default=NOTHING),
        "corrected": Sum("hours", filter=COUNTED & Q(corrects__isnull=False), default=0),
        "over": Sum("not_counted", filter=COUNTED, default=0),
        "anew": Sum("hours", filter=Q(waits=True, claim__isnull=False), default=0),
    }


def added_up(programme: Programme, months: Collection[date] | None = None, scope: Scope = ALL) -> list[MonthSums]:
    """Months from nothing but their ledger lines and certificates; those without any are left out."""
    lines, waiting = scope.of(lines_with_review(programme)), scope.of(valid_certificates(programme)).filter(state__in=WAITING)
    if months is not None:
        lines, waiting = lines.filter(month__in=months), waiting.filter(month__in=months)
    found: dict[date, MonthSums] = {}
    unclaimed = {"unclaimed": Sum("hours", filter=UNCLAIMED, default=0), "unclaimed_people": Count("person", filter=UNCLAIMED, distinct=True)}
    for row in lines.order_by().values("month").annotate(**line_sums(), **unclaimed, rate=Max("unit_cost__amount")):
        found[row["month"]] = MonthSums(**row)
    for month, hours, count in waiting.order_by().values_list("month").annotate(Sum("hours"), Count("pk")):
        one = found.setdefault(month, MonthSums(month))
        one.unsigned, one.people = hours, count
    return sorted(found.values(), key=lambda one: one.month)


def programmes_to_tally() -> list[Programme]:
    """Programmes of which months have changed since their sums were kept."""
    return list(Programme.objects.filter(pk__in=MonthChange.objects.order_by().values("programme")).order_by("pk"))


def programmes_with_sums() -> list[Programme]:
    """Programmes with anything in their ledger or waiting for it."""
    return list(Programme.objects.filter(Exists(Certificate.objects.filter(programme=OuterRef("pk")))).order_by("pk"))


def wrong_tallies(programmes: Iterable[Programme]) -> list[tuple[Programme, date]]:
    """Months whose sums as shown are not what their lines come to; none, or something changed a month without saying so."""
    wrong = []
    for programme in programmes:
        shown, counted = month_sums(programme), {one.month: one for one in added_up(programme)}
        wrong += [(programme, month) for month in sorted({*shown, *counted}) if shown.get(month) != counted.get(month)]
    return wrong
