"""A placement from the decision to the last day, and what somebody does afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to, names_of_cases
from handrail.kit import clock
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.placements import access, actions, queries, rules
from handrail.placements.forms import AgreeForm, ExtendForm, FollowUpForm, StatusForm, StopForm
from handrail.placements.models import FollowUp, Placement
from handrail.placements.queries.opinions import opinions_of


@screen(cases_visible_to, may=access.may_place)
def placement_agree(request: HttpRequest, case: Case) -> HttpResponse:
    """Decide on a position for a person."""
    offers = queries.offers_of(queries.companies_visible_to(request.person).filter(programme=case.programme), only_free=True)
    weeks = min((rules.rule_for(one.position.company.country, clock.today()).longest_weeks for one in offers), default=1)  # what every one of them allows
    form = AgreeForm.of(request, offers=offers, hours=case.hours_wanted, today=clock.today(), weeks=weeks, initial={"position": request.GET.get("position", "")})
    if placement := form.perform(actions.agree_placement, case=case, by=request.person):
        return redirect("placements:placement_detail", uid=placement.uid)
    return page(request, "placements/placement_agree.html", case=case, form=form, offers=offers, name=names_of_cases(request.person, [case])[case.person_id])


@screen(queries.placements_at_companies_of)
def placement_detail(request: HttpRequest, placement: Placement) -> HttpResponse:
    """One placement: what is missing before it starts, the timeline, follow-ups; support steps for whoever may see the case."""
    person = request.person
    return page(
        request, "placements/placement_detail.html", **queries.placement_page(person, placement), may_prepare=access.may_prepare(person, placement),
        may_start=access.may_start(person, placement), may_run=access.may_run(person, placement),
    )  # fmt: skip


@screen(queries.placements_at_companies_of, may=access.may_prepare)
def placement_sign(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Note a signature."""
    return _act(request, placement, actions.sign_placement, part=request.POST.get("part", ""))


@screen(queries.placements_at_companies_of, may=access.may_prepare)
def placement_prepare(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Tick an item of the company's preparation, or waive it with a reason."""
    return _act(request, placement, actions.settle_preparation, item=request.POST.get("item", ""), waived=request.POST.get("waived", ""))


@screen(queries.placements_visible_to, may=access.may_start)
def placement_start(request: HttpRequest, placement: Placement) -> HttpResponse:
    """The first company day."""
    return _act(request, placement, actions.start_placement)


@screen(queries.placements_visible_to, may=access.may_start)
def placement_call_off(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Call it off before it starts."""
    return _act(request, placement, actions.call_off_placement)


@screen(queries.placements_visible_to, may=access.may_run)
def placement_extend(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Let it go on."""
    form = ExtendForm.of(request)
    if form.perform(actions.extend_placement, placement=placement, by=request.person):
        return redirect("placements:placement_detail", uid=placement.uid)
    return page(request, "placements/placement_form.html", placement=placement, form=form, heading=_("Until when does it go on?"))


@screen(queries.placements_visible_to, may=access.may_run)
def placement_complete(request: HttpRequest, placement: Placement) -> HttpResponse:
    """The full agreed time is over."""
    return _act(request, placement, actions.complete_placement)


@screen(queries.placements_visible_to, may=access.may_run)
def placement_stop(request: HttpRequest, placement: Placement) -> HttpResponse:
    """It stops early, with a reason."""
    form = StopForm.of(request)
    if form.perform(actions.stop_placement, placement=placement, by=request.person):
        return redirect("placements:placement_detail", uid=placement.uid)
    return page(request, "placements/placement_form.html", placement=placement, form=form, heading=_("Why does it stop?"))


@screen(queries.follow_ups_visible_to, may=access.may_follow_up)
def follow_up(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    """Note a follow-up talk."""
    initial = {"participant_says": follow_up.participant_says, "company_says": follow_up.company_says}
    form = FollowUpForm.of(request, initial=initial)
    if form.perform(actions.hold_follow_up, follow_up=follow_up, by=request.person):
        return redirect("placements:placement_detail", uid=follow_up.placement.uid)
    heading = _("How is it going in week %(week)d?") % {"week": follow_up.week}
    return page(request, "placements/placement_form.html", placement=follow_up.placement, form=form, heading=heading, beside=opinions_of(follow_up))


@screen(cases_visible_to, may=access.may_note_status)
def status_note(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    """Note what somebody does at one of the clocks' days."""
    asked = next((one for one in queries.clocks_of(case) if one.clock == name and one.has_come), None)
    if asked is None:
        raise Http404
    initial = {"does": asked.status.does, "evidence": asked.status.evidence} if asked.status else {}
    form = StatusForm.of(request, initial=initial)
    if form.perform(actions.note_status, case=case, clock_name=name, by=request.person):
        message(request, _("It is noted."))
        return redirect("cases:case_detail", uid=case.uid)
    return render(request, "placements/status_note.html", {"case": case, "asked": asked, "form": form, "name": names_of_cases(request.person, [case])[case.person_id]})


def _act(request: HttpRequest, placement: Placement, action: Callable[..., Any], **facts: str) -> HttpResponse:
    """Do one thing behind a button and say what was wrong, if it was."""
    if request.method == "POST":
        _done, wrong = attempt(action, placement=placement, by=request.person, **facts)
        if wrong:
            message(request, wrong, kind="alarm")
    return redirect("placements:placement_detail", uid=placement.uid)
