"""Sums of months are kept, and said to be out of date by whatever changes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from handrail.evidence import queries
from handrail.evidence.models import MonthChange, MonthTally
from handrail.programmes.models import Programme


def month_changed(programme_id: int, months: Iterable[date]) -> None:
    """Say that lines or certificates of these months have changed: their kept sums no longer hold. In the transaction that changes them."""
    MonthChange.objects.bulk_create(MonthChange(programme_id=programme_id, month=month) for month in sorted(set(months)))


@transaction.atomic
def keep_tallies(*, programme: Programme) -> int:
    """Keep the sums of the months that have changed; answers how many.

    What changes after the changes were read leaves a row of its own, and the month is added up again; two workers take turns.
    """
    if not MonthChange.objects.filter(programme=programme).exists():
        return 0
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    changes = list(MonthChange.objects.filter(programme=programme).values_list("pk", "month"))
    months = {month for _pk, month in changes}
    sums = queries.added_up(programme, months)
    MonthTally.objects.filter(programme=programme, month__in=months).delete()
    MonthTally.objects.bulk_create(
        MonthTally(programme=programme, month=one.month, **{name: getattr(one, name) for name in queries.TALLY_FIELDS}) for one in sums
    )
    MonthChange.objects.filter(pk__in=[pk for pk, _month in changes]).delete()
    return len(months)


@transaction.atomic
def recount_tallies(*, programme: Programme) -> int:
    """Keep the sums of every month anew, from nothing but lines and certificates; answers how many months there are."""
    kept = set(MonthTally.objects.filter(programme=programme).values_list("month", flat=True))
    month_changed(programme.pk, kept | {one.month for one in queries.added_up(programme)})
    return keep_tallies(programme=programme)
