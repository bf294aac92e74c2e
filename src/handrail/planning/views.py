"""Screens of plans, pins and organisational plans."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import EmptyForm, attempt
from handrail.kit.screens import message, page, screen
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
    """What people need, by area; the plans there are."""
    rows = queries.plans_visible_to(who(request)).filter(programme=programme)
    return page(
        request, "planning/plans.html", programme=programme, plans=rows, adopted=next((one for one in rows if one.state == Plan.State.ADOPTED), None),
        proposed=next((one for one in rows if one.state == Plan.State.PROPOSED), None), areas=queries.areas_needed(programme),
        may_ask=access.may_ask_plan(who(request), programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_ask_plan)
def plan_ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask for a plan."""
    form = forms.AskPlanForm.of(request, initial=queries.ask_defaults(programme))
    if plan := form.perform(actions.ask_plan, programme=programme, by=who(request)):
        return redirect("planning:plan", uid=plan.uid)
    return page(request, "planning/plan_ask.html", programme=programme, form=form)


@screen(queries.plans_visible_to, may=access.may_see_plan)
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """One plan: five facts, its sessions, the opened one with a sentence for each seat and refusal."""
    viewer = who(request)
    context: dict[str, Any] = {"plan": plan, "programme": plan.programme, "may_adopt": access.may_adopt_plan(viewer, plan)}
    if plan.state == Plan.State.COMPUTING:
        return page(request, "planning/plan_waits.html#progress", long_task=queries.task_of(plan), **context)
    if plan.state == Plan.State.FAILED:
        return page(request, "planning/plan_failed.html", **context)
    lines = queries.session_lines(plan, viewer)
    chosen = next((line for line in lines if str(line.session.uid) == request.GET.get("session")), None)
    if chosen is not None:
        context["seats"], context["refusals"] = queries.opened(plan, chosen.session, viewer)
    return page(
        request, "planning/plan.html", lines=lines, chosen=chosen, shares=queries.shares(plan), bound=queries.bound_sentence(plan),
        may_pin=access.may_pin(viewer, plan), **context,
    )  # fmt: skip


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
    found = queries.to_pin(plan, who(request), request.POST or request.GET)
    if found is None:
        raise Http404
    form = forms.PinForm.of(request, initial=found.initial)
    form.fields["session"].required = False
    if request.method == "POST" and form.is_valid():
        done, wrong = attempt(
            actions.pin, programme=plan.programme, kind=found.kind, session=found.session, person=found.person,
            reason=form.cleaned_data["reason"], by=who(request),
        )  # fmt: skip
        if done:
            message(request, _("Decided. The next plan respects it."))
            return redirect(f"{queries.url_of(plan)}?session={found.session.uid}")
        form.add_error("reason", wrong)
    return page(request, "planning/pin.html", plan=plan, programme=plan.programme, form=form, found=found)


@screen(queries.pins_visible_to)
def pin_lift(request: HttpRequest, pin: Pin) -> HttpResponse:
    """Let a decision no longer hold."""
    if request.method == "POST":
        actions.lift_pin(pin=pin, by=who(request))
        message(request, _("Lifted. The next plan is free to choose."))
    return redirect("planning:plans", uid=pin.programme.uid)


@screen(programmes_visible_to, may=access.may_see_organisational_plans)
def organisational_plans(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each municipality: its process leader and its plan, red where one is missing."""
    rows = queries.municipalities(programme)
    mine = {one.organisation.pk for one in rows if access.may_write_organisational_plan(who(request), programme, one.organisation)}
    return page(request, "planning/organisational_plans.html", programme=programme, municipalities=rows, mine=mine, red=sum(1 for one in rows if one.is_red))


@screen(queries.organisational_plans_visible_to)
def organisational_plan(request: HttpRequest, plan: OrganisationalPlan) -> HttpResponse:
    """A municipality's plan with its measures and earlier versions."""
    return page(
        request, "planning/organisational_plan.html", plan=plan, programme=plan.programme, measures=plan.measures.select_related("competence"),
        earlier=queries.earlier_versions(plan), may_write=access.may_finish_measure(who(request), plan), today=queries.today(),
    )  # fmt: skip


@screen(queries.organisational_plans_visible_to, may=access.may_finish_measure)
def measure_done(request: HttpRequest, plan: OrganisationalPlan, measure: int) -> HttpResponse:
    """Say that a measure is done."""
    if request.method == "POST":
        done, wrong = attempt(actions.finish_measure, plan=plan, measure_id=measure, by=who(request))
        message(request, _("Noted as done.") if done else wrong, kind="ok" if done else "alarm")
    return redirect("planning:organisational_plan", uid=plan.uid)


@screen(programmes_visible_to, may=access.may_see_organisational_plans)
def organisational_plan_write(request: HttpRequest, programme: Programme, organisation: str) -> HttpResponse:
    """Write or renew a municipality's plan."""
    found = next((one for one in queries.municipalities(programme) if str(one.organisation.uid) == str(organisation)), None)
    if found is None or not access.may_write_organisational_plan(who(request), programme, found.organisation):
        raise Http404
    people = queries.possible_owners(found.organisation)
    form = forms.OrganisationalPlanForm.of(
        request, owners=queries.owner_names(who(request), people), people=people, competences=queries.competences_of(programme), current=found.plan
    )
    if plan := form.perform(actions.save_organisational_plan, programme=programme, organisation=found.organisation, by=who(request)):
        message(request, _("The organisational plan is saved."))
        return redirect("planning:organisational_plan", uid=plan.uid)
    return page(request, "planning/organisational_plan_write.html", programme=programme, organisation=found.organisation, form=form, current=found.plan)
