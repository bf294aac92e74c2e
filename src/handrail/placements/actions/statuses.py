"""Where people work when a clock strikes, and what a programme promised."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.models import FunnelTarget, WorkStatus
from handrail.placements.queries import days_of_clocks
from handrail.programmes.models import Programme

STEPS = ("started", "placed", "completed", "employed", "plus")


@atomic
def note_status(*, case: Case, clock_name: str, does: str, evidence: str = WorkStatus.Evidence.NONE, by: Person) -> WorkStatus:
    """Note what somebody does at one of the clocks' days. In work counts with evidence alone; without it, it is claimed.

    A later word replaces an earlier one, which stays. Raises RuleBroken for an unknown clock, before its day, and for evidence of
    anything but work.
    """
    day = days_of_clocks(case).get(clock_name)
    if day is None:
        raise RuleBroken(_("This clock does not run for the person: the stay has not ended."), field="clock_name")
    if day > clock.today():
        raise RuleBroken(_("The day asked about has not come yet."), field="clock_name")
    if does not in WorkStatus.Does.values:
        raise RuleBroken(_("Choose what the person does."), field="does")
    if evidence not in WorkStatus.Evidence.values or (evidence != WorkStatus.Evidence.NONE and does != WorkStatus.Does.EMPLOYED):
        raise RuleBroken(_("Evidence is for being in work. Choose none, or say that the person is in work."), field="evidence")
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    before = WorkStatus.objects.filter(case=case, clock=clock_name, is_current=True)
    same = before.filter(does=does, evidence=evidence, on=day).first()
    if same is not None:
        return same
    before.update(is_current=False)
    found = WorkStatus.objects.create(case=case, clock=clock_name, on=day, does=does, evidence=evidence, noted_by=by, noted_at=clock.now())
    announce(events.WorkStatusNoted(case.uid, clock_name, does, evidence != WorkStatus.Evidence.NONE), by=by)
    return found


@atomic
def set_target(*, programme: Programme, step: str, people: int, source: str, by: Person | None) -> FunnelTarget:
    """Say how many people a programme promised for a step, and where that is written.

    Raises RuleBroken for an unknown step and without a source.
    """
    if step not in STEPS:
        raise RuleBroken(_("Choose a step of the funnel."), field="step")
    if not source.strip():
        raise RuleBroken(_("Write where the number stands."), field="source")
    found, _is_new = FunnelTarget.objects.update_or_create(programme=programme, step=step, defaults={"people": people, "source": source.strip()})
    return found

