"""The days of a placement with everybody's word on each; the caseworker settles what contradicts."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases.queries import cases_visible_to
from handrail.kit import clock
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.placements import access, actions, queries
from handrail.placements.forms.week import StaffDayForm
from handrail.placements.models import Day, Placement
from handrail.placements.queries import days
from handrail.placements.rules.days import days_between


@screen(queries.placements_at_companies_of)
def day_list(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Every day with who said what; for whoever steers the case what settles a day, or writes one down."""
    may_settle = access.may_settle_days(request.person, placement)
    return _show(request, placement, StaffDayForm(days=_writable(placement)) if may_settle else None)


@screen(queries.placements_visible_to, may=access.may_settle_days)
def day_write(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Write down a day as the caseworker says it was."""
    if request.method != "POST":
        return redirect("placements:day_list", uid=placement.uid)
    form = StaffDayForm(request.POST, days=_writable(placement))
    if form.perform(actions.record_day, placement=placement, said_by=Day.Said.STAFF, by=request.person):
        message(request, _("It is noted."))
        return redirect("placements:day_list", uid=placement.uid)
    return _show(request, placement, form)


def _writable(placement: Placement) -> list[date]:
    return days_between(placement.starts_on, min(placement.ends_on, placement.ended_on or placement.ends_on, clock.today()))


def _show(request: HttpRequest, placement: Placement, form: StaffDayForm | None) -> HttpResponse:
    sees_case = cases_visible_to(request.person).filter(pk=placement.case_id).exists()
    return page(
        request, "placements/day_list.html", placement=placement, sees_case=sees_case, may_settle=form is not None, form=form, days=days.days_of(placement),
        asides=days.asides_of(placement) if form is not None else [],
    )  # fmt: skip


@screen(queries.placements_visible_to, may=access.may_settle_days)
def day_settle(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Take one of the words that were said of a day as the one that holds."""
    if request.method == "POST":
        line = days.line_of(placement, request.POST.get("line", ""))
        if line is None:
            raise Http404
        facts = {"day": line.day, "minutes": line.minutes, "absence": Day.Absence.AWAY if line.absence else ""}
        _done, wrong = attempt(actions.record_day, placement=placement, said_by=Day.Said.STAFF, by=request.person, **facts)
        message(request, wrong or _("It is settled."), kind="alarm" if wrong else "ok")
    return redirect("placements:day_list", uid=placement.uid)


@screen(queries.placements_visible_to, may=access.may_settle_days)
def aside_settle(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Take or leave something that came under a used key."""
    if request.method == "POST":
        aside = days.aside_of(placement, request.POST.get("aside", ""))
        if aside is None:
            raise Http404
        _done, wrong = attempt(actions.settle_aside, placement=placement, aside=aside, take=request.POST.get("act") == "take", by=request.person)
        message(request, wrong or _("It is settled."), kind="alarm" if wrong else "ok")
    return redirect("placements:day_list", uid=placement.uid)
