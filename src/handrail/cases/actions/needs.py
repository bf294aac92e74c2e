"""Needs by field of life, and dated steps towards them."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from handrail.cases import events, rules
from handrail.cases.models import Case, Need, Step
from handrail.curriculum.models import Module
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@atomic
def note_need(*, case: Case, domain: str, text: str, by: Person) -> Need:
    """Write down what a person needs, in words that one could read together.

    Raises RuleBroken for an unknown field of life and without words.
    """
    if domain not in dict(rules.domains()):
        raise RuleBroken(_("Choose a field of life."), field="domain")
    words = rules.check_text(text, field="text", message=_("Write in a sentence what is needed."))
    need = Need.objects.create(case=case, domain=domain, text=words[:300], noted_by=by, noted_at=clock.now())
    announce(events.NeedNoted(case.uid, need.uid), by=by)
    return need


@atomic
def settle_need(*, need: Need, state: str, by: Person) -> Need:
    """Say that a need is met, or no longer one. Saying the same twice changes nothing.

    Raises RuleBroken for anything else than met or dropped.
    """
    if state not in (Need.State.MET, Need.State.DROPPED):
        raise RuleBroken(_("Say whether it is met or no longer needed."), field="state")
    if Need.objects.filter(pk=need.pk, state=Need.State.OPEN).update(state=state):
        announce(events.NeedSettled(need.uid, state), by=by)
    need.refresh_from_db(fields=["state"])
    return need


@atomic
def plan_step(*, need: Need, title: str, due_on: date, helper: str = "", module: Module | None = None, by: Person) -> Step:
    """Plan a step towards a need for a day; `module` is the course it is, where it is one.

    Raises RuleBroken without words, for a need that is settled, and for a day before the person began.
    """
    if need.state != Need.State.OPEN:
        raise RuleBroken(_("This need is settled. Write down a new one."))
    if due_on < need.case.opened_on:
        raise RuleBroken(_("The day lies before the person began."), field="due_on")
    words = rules.check_text(title, field="title", message=_("Write what is to be done."))
    step = Step.objects.create(need=need, title=words[:200], due_on=due_on, helper=helper.strip()[:120], module=module)
    announce(events.StepPlanned(need.uid, step.uid, due_on), by=by)
    return step


@atomic
def plan_on_path(*, case: Case, domain: str, title: str, due_on: date, helper: str = "", module: Module | None = None, by: Person) -> Step:
    """Plan a step of somebody's pathway by its field of life: legal help, job orientation, language, mediation …

    It leads to the open need of that field; where there is none, the step's words are written down as one. Raises as `note_need` and
    `plan_step` do.
    """
    need = Need.objects.filter(case=case, domain=domain, state=Need.State.OPEN).order_by("id").first()
    if need is None:
        words = rules.check_text(title, field="title", message=_("Write what is to be done."))
        need = note_need(case=case, domain=domain, text=words, by=by)
    return plan_step(need=need, title=title, due_on=due_on, helper=helper, module=module, by=by)


@atomic
def do_step(*, step: Step, done_on: date | None = None, by: Person) -> Step:
    """Say that a step was taken. Saying it twice keeps the first day.

    Raises RuleBroken for a day in the future.
    """
    day = done_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="done_on")
    if Step.objects.filter(pk=step.pk, done_on=None).update(done_on=day, done_by=by):
        announce(events.StepDone(step.uid), by=by)
    step.refresh_from_db()
    return step
