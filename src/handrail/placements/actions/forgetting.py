"""What placements forget of somebody who is erased."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.people.models import Person
from handrail.placements.models import Extension, FollowUp, Placement, Preparation


@atomic
def forget_in_placements(*, person: Person) -> int:
    """Drop words about a person: adaptations, what was said in follow-ups, reasons; a placement that was only being prepared is called off.

    Days, hours, state and the kind of reason stay under the number: the funder's funnel still adds up. Answers how many placements.
    """
    rows = Placement.objects.filter(case__person=person)
    rows.filter(state=Placement.State.PREPARED).update(state=Placement.State.CALLED_OFF)
    FollowUp.objects.filter(placement__in=rows).update(participant_says="", company_says="")
    Extension.objects.filter(placement__in=rows).update(reason="")
    Preparation.objects.filter(placement__in=rows).exclude(waived="").update(waived="–")
    return rows.update(adaptations="", over_limit_reason="", tasks=[])
