"""Rounds of matching: who takes part, starting one, both ways side by side, choosing, proposing again; ways between towns."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases.queries import conflicts_with, names_of_cases
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.placements import access, rules
from handrail.placements.actions import matching as actions
from handrail.placements.forms import AgainForm, AskForm, ReachForm, WayChoiceForm, WayForm
from handrail.placements.models import Round
from handrail.placements.queries import matching as queries
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_match)
def round_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The rounds of one's organisations, the latest first."""
    rows = paged(request, queries.rounds_listed(request.person, programme), per_page=25)
    return page(request, "placements/round_list.html", programme=programme, paged=rows, may_ask=bool(queries.organisations_matching(request.person, programme)))


@screen(programmes_visible_to, may=access.may_match)
def round_ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who would take part, who cannot and why; and starting."""
    organisations = queries.organisations_matching(request.person, programme)
    wanted = request.GET.get("organisation") or request.POST.get("organisation")
    chosen = next((one for one in organisations if str(one.uid) == wanted), organisations[0] if organisations else None)
    if chosen is None:
        raise Http404
    form = AskForm.of(request, organisations=organisations, chosen=chosen)
    if found := form.perform(actions.ask_round, programme=programme, by=request.person):
        return redirect("placements:round", uid=found.uid)
    part = queries.taking_part(programme, chosen)
    hidden = conflicts_with(request.person)
    out = paged(request, [one for one in part.out if one[0].pk not in hidden], per_page=25)
    names = names_of_cases(request.person, [case for case, _code in out.rows])
    return page(
        request, "placements/round_ask.html", programme=programme, organisations=organisations, chosen=chosen, form=form, part=part, paged=out,
        out=[(case, names[case.person_id], rules.OUT[code]) for case, code in out.rows],
    )  # fmt: skip


@screen(queries.rounds_visible_to)
def round_detail(request: HttpRequest, found: Round) -> HttpResponse:
    """One round: how far it is; then what each way is worth, who is proposed what, and what happened since."""
    if found.state == Round.State.COMPUTING:
        return page(request, "placements/round_waits.html#progress", found=found, long_task=queries.task_of_round(found))
    context = {"found": found, "fault": rules.FAULTS.get(found.fault, "")}
    if found.state == Round.State.PROPOSED:
        rows = paged(request, queries.shortlists_of(found, request.person), per_page=25)
        figures = queries.figures_of_round(found)
        context |= {
            "paged": rows, "table": queries.round_rows(request.person, found, rows.rows), "figures": figures, "bars": queries.bars_of_round(found),
            "choice": found.choices.select_related("by__identity").first(), "may_choose": access.may_choose_way(request.person, found) and len(figures) > 1,
            "may_again": access.may_ask_again(request.person, found), "form": _way_form(request, found), "log": queries.log_of_round(found, request.person),
        }  # fmt: skip
    answer = page(request, "placements/round.html", **context)
    if request.headers.get("HX-Request") == "true":  # the page that showed how far it is asks no more: it becomes this one
        answer["HX-Refresh"] = "true"
    return answer


def _way_form(request: HttpRequest, found: Round) -> WayChoiceForm:
    return WayChoiceForm(request.POST or None, found=found, ways=[(one.way, one.label) for one in queries.figures_of_round(found)])


@screen(queries.rounds_visible_to, may=access.may_choose_way)
def round_way(request: HttpRequest, found: Round) -> HttpResponse:
    """Choose openly which way is used."""
    form = _way_form(request, found)
    if form.perform(actions.choose_way, found=found, by=request.person):
        message(request, _("It is on record. Caseworkers see the proposals for their own people from now on."))
        return redirect("placements:round", uid=found.uid)
    return page(request, "placements/round_form.html", found=found, form=form, heading=_("Which way is used?"))


@screen(queries.rounds_visible_to, may=access.may_ask_again)
def round_again(request: HttpRequest, found: Round) -> HttpResponse:
    """Propose again: what was proposed stays wherever that costs little."""
    form = AgainForm.of(request)
    if again := form.perform(actions.ask_again, before=found, by=request.person):
        return redirect("placements:round", uid=again.uid)
    return page(request, "placements/round_form.html", found=found, form=form, heading=_("Propose again"), is_again=True)


@screen(queries.rounds_visible_to, may=access.may_stop_round)
def round_stop(request: HttpRequest, found: Round) -> HttpResponse:
    """Give up a round that is being worked out."""
    if request.method == "POST":
        actions.stop_round(found=found, by=request.person)
    return redirect("placements:round", uid=found.uid)


@screen(programmes_visible_to, may=access.may_match)
def ways(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Minutes between towns, and where mentors set out from."""
    form = WayForm.of(request)
    if form.perform(actions.note_way, programme=programme, by=request.person):
        return redirect("placements:ways", uid=programme.uid)
    return _ways(request, programme, form, None)


@screen(programmes_visible_to, may=access.may_match)
def mentor_reach(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Say where a mentor sets out from."""
    form = _reach_form(request, programme)
    if form.is_bound and form.is_valid():
        facts = dict(form.cleaned_data)
        _done, wrong = attempt(actions.note_reach, by=request.person, **facts)
        if not wrong:
            return redirect("placements:ways", uid=programme.uid)
        form.add_error(None, wrong)
    return _ways(request, programme, WayForm(), form)


def _reach_form(request: HttpRequest, programme: Programme) -> ReachForm:
    mentors = queries.mentor_reaches(programme, queries.organisations_matching(request.person, programme))
    return ReachForm(request.POST if request.method == "POST" else None, mentors=mentors, areas=queries.areas_of(programme))


def _ways(request: HttpRequest, programme: Programme, form: object, reach: ReachForm | None) -> HttpResponse:
    mentors = queries.mentor_reaches(programme, queries.organisations_matching(request.person, programme))
    return page(
        request, "placements/ways.html", programme=programme, form=form, ways=queries.ways_of(programme), mentors=mentors,
        reach=reach or ReachForm(mentors=mentors, areas=queries.areas_of(programme)),
    )  # fmt: skip
