"""The funnel, the people behind each of its figures, and bringing people in."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases.queries import case_rows, cases_visible_to
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.screens import download, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.placements import access, actions, formats, queries
from handrail.placements.actions.histories import Refused
from handrail.placements.forms import HistoriesForm
from handrail.placements.models import Workbook
from handrail.placements.queries.funnel import LABELS
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORE = {"unasked_project": _("Not asked yet: what they did when the programme ended"), "unasked_project_six": _("Not asked yet: what they did six months after the programme's end"),
        "claimed": _("Say that they are in work: no evidence yet"), "claimed_plus": _("Say that they are in work six months later: no evidence yet"),
        "stopped": _("Stopped before the agreed time was over"), "exit": _("In work within four weeks of leaving"), "exit_six": _("In work six months after leaving")}  # fmt: skip


def asked_day(request: HttpRequest) -> date:
    """The day that the address asks about; today when it says none, nonsense, or one to come."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
    return min(day, clock.today())


@screen(programmes_visible_to, may=access.may_see_funnel)
def funnel(request: HttpRequest, programme: Programme) -> HttpResponse:
    """From start to work, against what was promised."""
    day, person = asked_day(request), request.person
    steps = queries.funnel_of(programme, day)
    count, median = queries.days_to_company(programme, day)
    return page(
        request, "placements/funnel.html", programme=programme, day=day, today=clock.today(), steps=steps, top=queries.longest(steps),
        stopped=queries.people_of(programme, "stopped", day).count(), reasons=queries.reasons_of_stopping(programme, day), exits=queries.exits_of(programme, day),
        count=count, median=median, may_open=access.may_see_funnel_people(person, programme), may_bring_in=access.may_bring_in(person, programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_see_funnel_people)
def funnel_people(request: HttpRequest, programme: Programme, step: str) -> HttpResponse:
    """Exactly the people whom a figure counts, as far as they are one's own to see. How many are not is not said: a coordinator who sees all
    but one would learn that somebody is kept from them."""
    label = LABELS.get(step) or MORE.get(step)
    if label is None:
        raise Http404
    day = asked_day(request)
    counted = queries.people_of(programme, step, day)
    mine = cases_visible_to(request.person).filter(pk__in=counted.values("pk")).order_by("search_name", "id")
    total = counted.count()
    rows = paged(request, mine, per_page=50)
    return page(
        request, "placements/funnel_people.html", programme=programme, step=step, label=label, day=day, total=total, paged=rows,
        table=case_rows(request.person, list(rows.rows)),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_bring_in)
def histories(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Hand in people with their histories; a worker brings them in, all or none."""
    form, problems = HistoriesForm.of(request, organisations=queries.organisations_with_caseworkers(request.person, programme)), list[formats.Problem]()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            waiting = actions.hand_in_workbook(programme=programme, content=file.read(), name=file.name, organisation=form.cleaned_data["organisation"], by=request.person)
        except Refused as refused:
            problems = refused.problems
        except RuleBroken as broken:
            form.add_error("file", str(broken.message))
        else:
            return redirect("placements:workbook", uid=waiting.uid)
    return page(request, "placements/histories.html", programme=programme, form=form, problems=problems[:200], more=max(0, len(problems) - 200))


@screen(queries.workbooks_visible_to)
def workbook(request: HttpRequest, workbook: Workbook) -> HttpResponse:
    """How far a workbook is, and what came of it."""
    return page(request, "placements/workbook.html#progress", workbook=workbook, programme=workbook.programme, long_task=queries.task_of(workbook))


@screen(programmes_visible_to, may=access.may_bring_in)
def histories_empty(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The empty workbook to start from."""
    return download(formats.write_histories(), name="people.xlsx", kind=XLSX)
