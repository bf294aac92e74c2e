"""The mentor's own screens: my people, one of them, minutes, the next day, notes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import ActionForm
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.mentoring import access, actions, queries
from handrail.mentoring.forms import ContactForm, NextForm, NoteForm
from handrail.mentoring.models import Mentorship
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_own_people)
def my_people(request: HttpRequest, programme: Programme) -> HttpResponse:
    """My people: given name, language, how to reach, when we speak next."""
    calls = [queries.call_page(one, request.person) for one in queries.calls_waiting_for(request.person, programme)]
    return page(request, "mentoring/my_people.html", programme=programme, people=queries.mentees_of(request.person, programme), calls=calls)


@screen(queries.mentorships_visible_to)
def mentee(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """One person: log minutes, agree on the next day, my own notes."""
    return _mentee(request, mentorship)


@screen(queries.mentorships_to_log, may=access.may_log_contact)
def contact_log(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """Log minutes; a coordinator does so for a mentor without an account."""
    form = ContactForm.of(request)
    is_mentor = mentorship.mentor.person_id == request.person.pk
    if form.perform(actions.log_contact, mentorship=mentorship, by=request.person):
        message(request, _("Logged. Thank you."))
        return redirect("mentoring:mentee", uid=mentorship.uid) if is_mentor else redirect("cases:case_detail", uid=mentorship.case.uid)
    if is_mentor:
        return _mentee(request, mentorship, contact=form)
    return page(request, "mentoring/case_form.html", case=mentorship.case, form=form, heading=_("Minutes of contact"))


@screen(queries.mentorships_visible_to)
def next_contact(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """When and where we speak next."""
    form = NextForm.of(request)
    if form.perform(actions.agree_next_contact, mentorship=mentorship, by=request.person):
        return redirect("mentoring:mentee", uid=mentorship.uid)
    return _mentee(request, mentorship, following=form)


@screen(queries.mentorships_visible_to)
def note(request: HttpRequest, mentorship: Mentorship) -> HttpResponse:
    """Keep my own notes."""
    form = NoteForm.of(request)
    if form.perform(actions.keep_note, mentorship=mentorship, by=request.person):
        message(request, _("Kept, for you alone."))
        return redirect("mentoring:mentee", uid=mentorship.uid)
    return _mentee(request, mentorship, note=form)


def _mentee(
    request: HttpRequest, mentorship: Mentorship, *, contact: ActionForm | None = None, following: ActionForm | None = None, note: ActionForm | None = None
) -> HttpResponse:
    agreed = {"next_on": mentorship.next_on, "next_where": mentorship.next_where}
    return page(
        request, "mentoring/mentee.html", it=queries.mentee_of(mentorship), mentorship=mentorship, contact=contact or ContactForm(),
        following=following or NextForm(initial=agreed), note=note or NoteForm(initial={"text": queries.note_of(mentorship)}),
        contacts=queries.contacts_of(mentorship),
    )  # fmt: skip
