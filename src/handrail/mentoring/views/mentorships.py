"""A person's mentor and card, for caseworker and coordinator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.mentoring import access, actions, queries
from handrail.mentoring.forms import BackupForm, CardForm, MatchForm, RelieveForm
from handrail.mentoring.models import Mentorship


@screen(cases_visible_to, may=access.may_match_mentor)
def mentor_match(request: HttpRequest, case: Case) -> HttpResponse:
    """Who stands beside this person, and who behind?"""
    form = MatchForm.of(request, free=queries.free_mentors(case))
    if form.perform(actions.match_mentor, case=case, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "mentoring/case_form.html", case=case, form=form, heading=_("Who stands beside this person?"))


@screen(queries.mentorships_steered_by, may=access.may_relieve_mentor)
def backup(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """Who is told when the mentor does not answer?"""
    form = BackupForm.of(request, mentorship=mentorship, free=queries.free_mentors(mentorship.case))
    if form.perform(actions.name_backup, mentorship=mentorship, by=request.person):
        return redirect("cases:case_detail", uid=mentorship.case.uid)
    return page(request, "mentoring/case_form.html", case=mentorship.case, form=form, heading=_("Who is told when the mentor does not answer?"))


@screen(queries.mentorships_steered_by, may=access.may_relieve_mentor)
def mentor_relieve(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """Relieve the mentor, and hand over."""
    form = RelieveForm.of(request, mentorship=mentorship, free=queries.free_mentors(mentorship.case))
    if form.perform(actions.relieve_mentor, mentorship=mentorship, by=request.person):
        message(request, _("It has ended. The mentor no longer sees the person."))
        return redirect("cases:case_detail", uid=mentorship.case.uid)
    lead = _("The mentor's own notes are deleted. A call that is open goes to the coordinator at once.")
    return page(request, "mentoring/case_form.html", case=mentorship.case, form=form, heading=_("Why does it end, and who goes on?"), lead=lead)


@screen(cases_visible_to, may=access.may_make_lifeline)
def card(request: HttpRequest, case: Case) -> HttpResponse:
    """Make the card, or a new one; its address is shown in this answer alone."""
    lifeline = queries.lifeline_of(case)
    form = CardForm.of(request, offered=queries.offered_languages(case.programme), first=queries.first_language(case, lifeline))
    if made := form.perform(actions.make_lifeline, case=case, by=request.person):
        return page(request, "mentoring/card.html", case=case, **queries.card_of(*made))
    lead = _("The address stands on the card alone: it is shown once and kept nowhere. Whoever holds the card can ask for the mentor and see nothing else, not even a name.")
    if queries.works(lifeline):
        lead = _("There is a card already. A new one makes the old one useless at once.")
    return page(request, "mentoring/case_form.html", case=case, form=form, heading=_("A card with the way to the mentor"), lead=lead)


@screen(cases_visible_to, may=access.may_make_lifeline)
def card_end(request: HttpRequest, case: Case) -> HttpResponse:
    """The card is lost, or somebody else has it."""
    lifeline = queries.lifeline_of(case)
    if request.method == "POST" and lifeline is not None:
        actions.end_lifeline(lifeline=lifeline, by=request.person)
        message(request, _("The card no longer works. Make a new one when you meet."))
    return redirect("cases:case_detail", uid=case.uid)
