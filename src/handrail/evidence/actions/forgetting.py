"""What the ledger forgets of somebody who is erased: words. Hours, signatures and money stay under the participation number."""

from __future__ import annotations

from django.db import transaction

from handrail.evidence.models import Certificate, LedgerLine, MonthObjection
from handrail.people.models import Person

State = Certificate.State


@transaction.atomic
def forget_in_months(*, person: Person) -> None:
    """Objections and their answers go; a month that was never confirmed, and of which nothing was counted, can no longer be signed."""
    MonthObjection.objects.filter(certificate__person=person).delete()
    counted = set(LedgerLine.objects.filter(person=person).values_list("programme_id", "month"))
    for one in Certificate.objects.filter(person=person, state=State.OPEN):
        if (one.programme_id, one.month) not in counted:
            Certificate.objects.filter(pk=one.pk).update(state=State.REPLACED)
