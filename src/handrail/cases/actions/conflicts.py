"""Keeping somebody away from a case: a relative, a former partner, a neighbour."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.cases import events
from handrail.cases.models import Case, Conflict
from handrail.cases.queries import coordinators_left, persons_to_keep_away
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@atomic
def note_conflict(*, case: Case, person: Person, tie: str, by: Person) -> Conflict:
    """Keep somebody away from a case, whatever role they hold. They are not told; their own case is nobody's until it is given to another.

    Raises RuleBroken without a reason, for somebody whom no role leads to the case, and when no coordinator would be left to see it.
    """
    if tie not in Conflict.Tie.values:
        raise RuleBroken(_("Choose why."), field="tie")
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # two at one instant do not leave the case to nobody
    if not persons_to_keep_away(case).filter(pk=person.pk).exists():
        raise RuleBroken(_("Choose one of the people on the list."), field="person")
    if not coordinators_left(case, without=person):
        raise RuleBroken(_("Nobody would be left who could take this back. Let somebody else become placement coordinator first."), field="person")
    found = Conflict.objects.create(case=case, person=person, tie=tie, noted_by=by, noted_at=clock.now())
    if case.caseworker_id == person.pk:
        Case.objects.filter(pk=case.pk).update(caseworker=None)
    announce(events.ConflictNoted(case.uid, person.uid), by=by)
    return found


@atomic
def lift_conflict(*, conflict: Conflict, by: Person) -> Conflict:
    """Somebody may see the case again as their role lets them. Saying it twice changes nothing."""
    if Conflict.objects.filter(pk=conflict.pk, lifted_at=None).update(lifted_at=clock.now(), lifted_by=by):
        announce(events.ConflictLifted(conflict.case.uid, conflict.person.uid), by=by)
    conflict.refresh_from_db(fields=["lifted_at"])
    return conflict
