"""Screens of plans, pins and organisational plans."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.forms import EmptyForm, attempt
from handrail.kit.screens import back_to, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning import access, actions, forms, queries
from handrail.planning.models import OrganisationalPlan, Pin, Plan
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


def who(request: HttpRequest) -> Person:
    """The person who asks; the guard has made sure there is one."""
    return request.person  # type: ignore[attr-defined,no-any-return]


@screen(programmes_visible_to, may=access.may_see_plans)
def plans(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What people need, by area; the plans there are; the decisions that every plan respects."""
    areas, may_ask = queries.areas_needed(programme), access.may_ask_plan(who(request), programme)
    off = queries.called_off(programme) if may_ask else []
    return page(
        request, "planning/plans.html", programme=programme, plans=paged(request, queries.plans_visible_to(who(request)).filter(programme=programme)),
        areas=areas, heading=queries.need_finding(areas), counted_from=queries.counted_from(programme), may_ask=may_ask, has_candidates=queries.candidates_exist(programme),
        pins=queries.pin_lines(who(request), programme), called_off=off, called_off_words=[one.words for one in off], answers=queries.replan_waits(programme, off) if off else None,
        has_planned=may_ask and queries.planned_exist(programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_ask_plan)
def plan_ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask for a plan."""
    form = forms.AskPlanForm.of(request, currency=programme.currency, initial=queries.ask_defaults(programme))
    if plan := form.perform(actions.ask_plan, programme=programme, by=who(request)):
        return redirect("planning:plan", uid=plan.uid)
    return page(request, "planning/plan_ask.html", programme=programme, form=form, has_candidates=queries.candidates_exist(programme))


@screen(programmes_visible_to, may=access.may_ask_plan)
def what_if_ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask what the sessions still to come could close within other limits."""
    form = forms.WhatIfForm.of(request, currency=programme.currency, initial=queries.what_if_defaults(programme))
    if plan := form.perform(actions.ask_what_if, programme=programme, by=who(request)):
        return redirect("planning:plan", uid=plan.uid)
    return page(request, "planning/what_if_ask.html", programme=programme, form=form)


@screen(programmes_visible_to, may=access.may_ask_plan)
def replan_ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask how to go on after sessions were called off."""
    found = queries.called_off(programme)
    form = forms.ReplanForm.of(request, currency=programme.currency, sessions=found, initial=queries.replan_defaults(found))
    if plan := form.perform(actions.ask_replan, programme=programme, by=who(request)):
        return redirect("planning:plan", uid=plan.uid)
    return page(request, "planning/replan_ask.html", programme=programme, form=form, called_off=found)


@screen(queries.plans_visible_to, may=access.may_see_plan)
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """One plan: being computed, impossible, or its five facts and sessions."""
    viewer = who(request)
    context: dict[str, Any] = {"plan": plan, "programme": plan.programme, "may_ask": access.may_ask_plan(viewer, plan.programme)}
    if plan.state == Plan.State.COMPUTING:
        return page(request, "planning/plan_waits.html#progress", long_task=queries.task_of(plan), may_stop=plan.asked_by_id == viewer.pk, **context)
    if plan.state == Plan.State.FAILED:
        return page_at_last(request, "planning/plan_failed.html", words=queries.conflict_words(plan), pins=queries.pin_lines(viewer, plan.programme), **context)
    lines = queries.session_lines(plan, viewer)
    chosen = next((line for line in lines if str(line.session.uid) == request.GET.get("session")), None)
    if chosen is not None:
        context["seats"], context["refusals"] = queries.opened(plan, chosen.session, viewer)
    return page_at_last(
        request, "planning/plan.html", held=[line for line in lines if line.row.is_held], not_held=[line for line in lines if not line.row.is_held],
        chosen=chosen, shares=queries.shares(plan), figures=queries.figures_of(plan), fairness=queries.fairness_sentence(plan), compared=queries.compared(plan),
        beside=queries.beside(plan), groups=queries.groups(plan, viewer), more_money=queries.more_money(plan), weights=queries.weights(plan),
        answers=queries.answer_cards(queries.answers_of(plan)) if plan.kind == Plan.Kind.REPLAN else [],
        may_adopt=access.may_adopt_plan(viewer, plan), may_pin=access.may_pin(viewer, plan), **context,
    )  # fmt: skip


def page_at_last(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page; whoever was watching the progress is sent to the whole of it."""
    answer = page(request, template, **context)
    if request.headers.get("HX-Request") == "true":
        answer["HX-Refresh"] = "true"
    return answer


@screen(queries.plans_visible_to, may=access.may_adopt_plan)
def plan_adopt(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Look at what adopting does, then do it."""
    form = EmptyForm.of(request)
    if form.perform(actions.adopt_plan, plan=plan, by=who(request)):
        message(request, _("The plan is adopted. Its sessions are planned and the invitations are on their way."))
        return redirect("planning:plan", uid=plan.uid)
    return page(request, "planning/plan_adopt.html", plan=plan, programme=plan.programme, form=form)


@screen(queries.plans_visible_to, may=access.may_pin)
def pin(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Decide about a session or a seat, with the reason."""
    found = queries.to_pin(plan, who(request), request.POST if request.method == "POST" else request.GET)
    if found is None:
        raise Http404
    back = f"{reverse('planning:plan', kwargs={'uid': plan.uid})}?session={found.session.uid}"
    form = forms.PinForm.of(request, initial=found.initial)
    if request.method == "POST" and form.is_valid():
        done, wrong = attempt(
            actions.pin, programme=plan.programme, kind=found.kind, session=found.session, person=found.person,
            reason=form.cleaned_data["reason"], by=who(request),
        )  # fmt: skip
        if done:
            message(request, _("Decided. The next plan respects it."))
            return redirect(back)
        form.add_error(None, wrong)
    return page(request, "planning/pin.html", plan=plan, programme=plan.programme, form=form, found=found, back=back)


@screen(queries.pins_visible_to, may=access.may_lift_pin)
def pin_lift(request: HttpRequest, pin: Pin) -> HttpResponse:
    """Let a decision no longer hold."""
    if request.method == "POST":
        actions.lift_pin(pin=pin, by=who(request))
        message(request, _("Lifted. The next plan is free to choose."))
    return redirect(back_to(request, reverse("planning:plans", kwargs={"uid": pin.programme.uid})))


@screen(programmes_visible_to, may=access.may_see_organisational_plans)
def organisational_plans(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each municipality: its process leader and its plan, red where one is missing."""
    rows = queries.municipalities(programme, who(request))
    mine = [one.organisation.pk for one in rows if access.may_write_organisational_plan(who(request), programme, one.organisation)]
    return page(
        request, "planning/organisational_plans.html", programme=programme, municipalities=rows, mine=mine, heading=queries.municipalities_finding(rows),
        may_name=access.may_ask_plan(who(request), programme),
    )  # fmt: skip


@screen(queries.organisational_plans_visible_to)
def organisational_plan(request: HttpRequest, plan: OrganisationalPlan) -> HttpResponse:
    """A municipality's plan with its measures and earlier versions."""
    return page(
        request, "planning/organisational_plan.html", plan=plan, programme=plan.programme, measures=queries.measures_of(plan),
        earlier=queries.earlier_versions(plan), may_write=access.may_finish_measure(who(request), plan), today=clock.today(),
        owner=queries.owner_name(plan, who(request)),
    )  # fmt: skip


@screen(queries.organisational_plans_visible_to, may=access.may_finish_measure)
def measure_done(request: HttpRequest, plan: OrganisationalPlan, measure: int) -> HttpResponse:
    """Say that a measure is done."""
    if request.method == "POST":
        done, wrong = attempt(actions.finish_measure, plan=plan, measure_id=measure, by=who(request))
        message(request, _("Noted as done.") if done else wrong, kind="ok" if done else "alarm")
    return redirect("planning:organisational_plan", uid=plan.uid)


@screen(programmes_visible_to, may=access.may_see_organisational_plans)
def organisational_plan_write(request: HttpRequest, programme: Programme, organisation: UUID) -> HttpResponse:
    """Write or renew a municipality's plan."""
    found = queries.organisation_in(programme, organisation)
    if found is None or not access.may_write_organisational_plan(who(request), programme, found):
        raise Http404
    current = queries.current_plan(programme, found)
    form = forms.OrganisationalPlanForm.of(
        request, owners=queries.possible_owners(who(request), programme, found, current), competences=queries.competences_to_name(programme), current=current
    )
    if saved := form.perform(actions.save_organisational_plan, programme=programme, organisation=found, by=who(request)):
        message(request, _("The organisational plan is saved."))
        return redirect("planning:organisational_plan", uid=saved.uid)
    return page(request, "planning/organisational_plan_write.html", programme=programme, organisation=found, form=form, current=current)
