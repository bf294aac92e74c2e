"""Needs and steps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import NeedForm, PathForm, StepForm
from handrail.cases.models import Case, Need, Step
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _


@screen(queries.cases_visible_to, may=access.may_change_case)
def need_note(request: HttpRequest, case: Case) -> HttpResponse:
    """Write down a need."""
    form = NeedForm.of(request)
    if form.perform(actions.note_need, case=case, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("What does the person need?"))


@screen(queries.cases_visible_to, may=access.may_change_case)
def path_plan(request: HttpRequest, case: Case) -> HttpResponse:
    """Plan a step of the pathway."""
    form = PathForm.of(request)
    if form.perform(actions.plan_on_path, case=case, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Which step comes next?"))


@screen(queries.needs_visible_to, may=access.may_change_need)
def need_settle(request: HttpRequest, need: Need) -> HttpResponse:
    """Say that a need is met or no longer one."""
    if request.method == "POST":
        _done, wrong = attempt(actions.settle_need, need=need, state=request.POST.get("state", ""), by=request.person)
        if wrong:
            message(request, wrong, kind="alarm")
    return redirect("cases:case_detail", uid=need.case.uid)


@screen(queries.needs_visible_to, may=access.may_change_need)
def step_plan(request: HttpRequest, need: Need) -> HttpResponse:
    """Plan a step towards a need."""
    form = StepForm.of(request)
    if form.perform(actions.plan_step, need=need, by=request.person):
        return redirect("cases:case_detail", uid=need.case.uid)
    return page(request, "cases/case_form.html", case=need.case, form=form, heading=_("Which step, and when?"), lead=need.text)


@screen(queries.steps_visible_to, may=access.may_do_step)
def step_done(request: HttpRequest, step: Step) -> HttpResponse:
    """Say that a step was taken."""
    if request.method == "POST":
        actions.do_step(step=step, by=request.person)
        message(request, _("The step is done."))  # never its words: messages travel in a cookie
    return redirect("cases:case_detail", uid=step.need.case.uid)
