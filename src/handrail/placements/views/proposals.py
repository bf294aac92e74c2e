"""What is proposed for one person, and for one place: wishes, reasons on both sides, a no, a decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to, names_of_cases
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.screens import back_to, message, page, screen
from handrail.kit.text import _
from handrail.mentoring.queries import free_mentors, mentorship_of_case
from handrail.placements import access, queries, rules
from handrail.placements.actions import matching as actions
from handrail.placements.forms import AsksForm, CompanyRefuseForm, DecideForm, ExcludeForm, RefuseForm, WishesForm
from handrail.placements.models import Listed, Position, Refusal
from handrail.placements.queries import matching


@screen(cases_visible_to, may=access.may_say_wishes)
def wishes(request: HttpRequest, case: Case) -> HttpResponse:
    """What the person wishes for and can do."""
    offers = queries.offers_of(queries.companies_visible_to(request.person).filter(programme=case.programme))
    form = WishesForm.of(request, seeking=matching.seeking_of(case), areas=matching.areas_of(case.programme), offers=offers)
    if form.perform(actions.say_wishes, case=case, by=request.person):
        message(request, _("It is written down. It counts from the next round on."))
        return redirect("cases:case_detail", uid=case.uid)
    return _wishes(request, case, form, None)


def _wishes(request: HttpRequest, case: Case, form: ActionForm | None, exclude: ExcludeForm | None) -> HttpResponse:
    offers = queries.offers_of(queries.companies_visible_to(request.person).filter(programme=case.programme))
    form = form or WishesForm(seeking=matching.seeking_of(case), areas=matching.areas_of(case.programme), offers=offers)
    companies = {one.position.company_id: one.position.company for one in offers}
    return page(
        request, "placements/wishes.html", case=case, form=form, exclude=exclude or ExcludeForm(companies=list(companies.values())),
        refusals=matching.shortlist_page(case)["refusals"], name=names_of_cases(request.person, [case])[case.person_id],
    )  # fmt: skip


@screen(cases_visible_to, may=access.may_say_wishes)
def company_exclude(request: HttpRequest, case: Case) -> HttpResponse:
    """Somebody is not to be proposed to a company, whichever side asks for it."""
    companies = list(queries.companies_visible_to(request.person).filter(programme=case.programme, withdrawn_on=None))
    form = ExcludeForm(request.POST if request.method == "POST" else None, companies=companies)
    if form.perform(actions.refuse_company, case=case, by=request.person):
        return redirect("placements:wishes", uid=case.uid)
    return _wishes(request, case, None, form if form.is_bound else None)


@screen(cases_visible_to)
def shortlist(request: HttpRequest, case: Case) -> HttpResponse:
    """What is proposed for a person: three to five places with reasons, and what it would cost the others; who looked stands on record."""
    person = request.person
    if now := matching.shortlist_now(case):
        actions.note_look(round=now.round, case=case, by=person)
    return page(
        request, "placements/shortlist.html", case=case, name=names_of_cases(person, [case])[case.person_id], may_answer=access.steers(person, case),
        may_decide=access.may_place(person, case), may_say=access.may_say_wishes(person, case),
        **matching.shortlist_page(case),
    )  # fmt: skip


def _name(request: HttpRequest, listed: Listed) -> str:
    case = listed.shortlist.case
    return str(names_of_cases(request.person, [case])[case.person_id])


@screen(matching.listed_visible_to, may=access.may_answer_proposal)
def proposal_refuse(request: HttpRequest, listed: Listed) -> HttpResponse:
    """Note that the person, or the company, says no."""
    contacts = list(listed.position.company.contacts.filter(ended_on=None))
    form = RefuseForm.of(request, contacts=contacts)
    if form.perform(actions.refuse_listed, listed=listed, by=request.person):
        message(request, _("It is noted. This is not proposed again until the no is taken back."))
        return redirect("placements:shortlist", uid=listed.shortlist.case.uid)
    return page(request, "placements/proposal_form.html", listed=listed, name=_name(request, listed), form=form, heading=_("Who says no?"))


@screen(matching.listed_visible_to, may=access.may_answer_proposal)
def mentor_refuse(request: HttpRequest, listed: Listed) -> HttpResponse:
    """Note that the person wants another mentor."""
    if request.method == "POST" and listed.shortlist.mentor is not None:
        actions.refuse_mentor(case=listed.shortlist.case, mentor=listed.shortlist.mentor, by=request.person)
        message(request, _("It is noted. This mentor is not proposed again."))
    return redirect("placements:shortlist", uid=listed.shortlist.case.uid)


@screen(matching.listed_visible_to, may=access.may_decide)
def proposal_decide(request: HttpRequest, listed: Listed) -> HttpResponse:
    """A named person decides: the placement is prepared from here, with person, position and mentor filled in."""
    case = listed.shortlist.case
    weeks = rules.rule_for(listed.position.company.country, clock.today()).longest_weeks
    no = matching.refused_mentors(case.pk)
    mentors = [pair for pair in free_mentors(case) if pair[0].pk not in no]
    form = DecideForm.of(request, listed=listed, today=clock.today(), weeks=weeks, mentors=mentors, may_give=mentorship_of_case(case) is None)
    if placement := form.perform(actions.decide_on, listed=listed, by=request.person):
        return redirect("placements:placement_detail", uid=placement.uid)
    return page(request, "placements/proposal_form.html", listed=listed, name=_name(request, listed), form=form, heading=_("Prepare this placement"), is_decision=True)


@screen(matching.listed_at_companies_of, may=access.may_answer_for_company)
def company_refuse(request: HttpRequest, listed: Listed) -> HttpResponse:
    """Note the company's no to what is proposed for its place."""
    contacts = list(listed.position.company.contacts.filter(ended_on=None))
    form = CompanyRefuseForm.of(request, contacts=contacts)
    if form.perform(actions.refuse_listed, listed=listed, side=Refusal.Side.COMPANY, by=request.person):
        message(request, _("It is noted. This is not proposed again until the no is taken back."))
        return redirect("placements:position_proposals", uid=listed.position.uid)
    return page(request, "placements/company_refuse.html", position=listed.position, form=form)


@screen(matching.refusals_visible_to, may=access.may_take_back)
def refusal_take_back(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A no no longer holds."""
    if request.method == "POST":
        actions.take_back_refusal(refusal=refusal, by=request.person)
        message(request, _("The no is taken back. It counts from the next round on."))
    return redirect(back_to(request, "/home/"))


@screen(queries.positions_visible_to, may=access.may_edit_position)
def position_asks(request: HttpRequest, position: Position) -> HttpResponse:
    """What a place asks for and lets grow."""
    form = AsksForm.of(request, position=position)
    if form.perform(actions.describe_position, position=position, by=request.person):
        return redirect("placements:company_detail", uid=position.company.uid)
    return page(request, "placements/position_asks.html", position=position, form=form)


@screen(queries.positions_visible_to, may=access.may_see_proposals_for)
def position_proposals(request: HttpRequest, position: Position) -> HttpResponse:
    """What is proposed for a place: the company's reasons alone, without names, points or order; who looked stands on record."""
    rows = matching.proposals_for(request.person, position)
    for found in {one.listed.shortlist.round for one in rows}:
        actions.note_look(round=found, position=position, by=request.person)
    refusals = list(matching.companys_refusals(position))
    return page(request, "placements/position_proposals.html", position=position, rows=rows, refusals=refusals)
