"""What the ledger forgets of somebody who is erased: words. Hours, signatures and money stay under the participation number."""

from __future__ import annotations

from random import SystemRandom

from django.db import transaction

from handrail.evidence import rules
from handrail.evidence.actions.tallies import month_changed
from handrail.evidence.models import Certificate, LedgerLine, LeftOut, MonthObjection
from handrail.evidence.queries import counted_in_change, said_in_change
from handrail.people.models import Person
from handrail.programmes.models import Participation, Programme

State = Certificate.State


@transaction.atomic
def forget_in_months(*, person: Person) -> None:
    """Figures of change lose the person and four others at once. Objections and their answers go; a month that was never confirmed, and of which nothing was counted, can no longer be signed."""
    for programme in Programme.objects.filter(pk__in=Participation.objects.filter(person=person).values("programme_id")):
        _leave_change(programme, person)
    MonthObjection.objects.filter(certificate__person=person).delete()
    counted = set(LedgerLine.objects.filter(person=person).values_list("programme_id", "month"))
    for one in Certificate.objects.filter(person=person, state=State.OPEN):
        if (one.programme_id, one.month) not in counted:
            Certificate.objects.filter(pk=one.pk).update(state=State.REPLACED)
            month_changed(one.programme_id, [one.month])


def _leave_change(programme: Programme, person: Person) -> None:
    """These figures are counted live: without four others who leave with the person, they would tell what the person said."""
    places = counted_in_change(programme)
    if person.pk in places:
        said = said_in_change(programme, [one for one, place in places.items() if place == places[person.pk]])
        gone = rules.who_leaves(person.pk, places, said, chance=SystemRandom())
        LeftOut.objects.bulk_create(LeftOut(programme=programme, person_id=one) for one in sorted(gone))
    LeftOut.objects.filter(person=person).delete()
