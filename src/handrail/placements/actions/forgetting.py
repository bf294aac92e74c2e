"""What placements forget of somebody who is erased."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.forgetting import forget_scope
from handrail.people.models import Person
from handrail.placements.models import (
    Choice,
    Extension,
    FollowUp,
    Listed,
    Opinion,
    OwnPage,
    Placement,
    Preparation,
    Refusal,
    Seeking,
    Shortlist,
    Workbook,
)
from handrail.placements.queries.days import day_scopes


@atomic
def forget_in_placements(*, person: Person) -> int:
    """Drop words about a person: adaptations, what was said in follow-ups and by link, reasons, their own page; a placement that was only being prepared is called off, one that
    runs ends today.

    Days, hours, state and the kind of reason stay under the number: the funder's funnel still adds up. Answers how many placements.
    """
    Workbook.objects.filter(state=Workbook.State.WAITING).update(state=Workbook.State.STOPPED, content=None)  # it may name the person: handed in again, it does not
    rows = Placement.objects.filter(case__person=person)
    rows.filter(state=Placement.State.PREPARED).update(state=Placement.State.CALLED_OFF)
    rows.filter(state=Placement.State.RUNNING).update(state=Placement.State.STOPPED, ended_on=clock.today(), reason=Placement.Reason.OTHER)
    FollowUp.objects.filter(placement__in=rows).update(participant_says="", company_says="")
    Opinion.objects.filter(follow_up__placement__in=rows).delete()
    OwnPage.objects.filter(case__person=person).delete()  # its links end with the person's others
    forget_scope(*(scope for row in rows for scope in day_scopes(row)))
    Extension.objects.filter(placement__in=rows).update(reason="")
    Preparation.objects.filter(placement__in=rows).exclude(waived="").update(waived="–")
    forget_in_matching(person=person)
    return rows.update(adaptations="", over_limit_reason="", tasks=[])


@atomic
def forget_in_matching(*, person: Person) -> None:
    """Drop what somebody wished for, every no, who decided why, and the sentences and what points were worked out from; rounds, places and points stay."""
    Seeking.objects.filter(case__person=person).delete()
    Refusal.objects.filter(case__person=person).delete()
    Choice.objects.filter(listed__shortlist__case__person=person).update(why="")
    Listed.objects.filter(shortlist__case__person=person).update(worked={}, for_person=[], for_company=[], why=[], change=[])
    Shortlist.objects.filter(case__person=person).update(mentor=None, mentor_why=[], nothing=[], blocked=[])
