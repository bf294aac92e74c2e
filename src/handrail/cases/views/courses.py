"""Places in courses, from a person's page and from a course's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import CourseForm, PlacesForm, TakeBackForm
from handrail.cases.models import Case
from handrail.delivery import actions as delivery
from handrail.delivery.models import Seat, Session
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _, plural


@screen(queries.cases_visible_to, may=access.may_give_place)
def course_choose(request: HttpRequest, case: Case) -> HttpResponse:
    """Give one person places in courses."""
    offered = [(str(one.uid), queries.course_label(one)) for one in queries.courses_to_come(case)]
    form = CourseForm.of(request, sessions=offered)
    if form.is_bound and form.is_valid():
        sessions = queries.sessions_chosen(case, form.cleaned_data["sessions"])
        given, wrong = attempt(actions.take_part_in_courses, case=case, sessions=sessions, domain=form.cleaned_data["domain"], by=request.person)
        message(request, wrong or _given(given), kind="alarm" if wrong else "ok")
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/course_choose.html", case=case, form=form, offered=offered)


@screen(queries.courses_visible_to, may=access.may_give_places)
def course_places(request: HttpRequest, session: Session) -> HttpResponse:
    """Give some of one's own people places in a course."""
    words = request.GET.get("q", "").strip()[:60]
    people = queries.people_to_place(request.person, session, words)
    form = PlacesForm.of(request, people=[(str(case.uid), name) for case, name in people])
    if form.is_bound and form.is_valid():
        cases = queries.cases_chosen(request.person, session, form.cleaned_data["cases"], words)
        given, wrong = attempt(actions.give_course_places, session=session, cases=cases, by=request.person)
        message(request, wrong or _given(given), kind="alarm" if wrong else "ok")
        return redirect("delivery:session_detail", uid=session.uid)
    return page(request, "cases/course_places.html", session=session, form=form, people=people, q=words)


@screen(queries.places_visible_to, may=access.may_take_place_back)
def course_leave(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take a person's place back; whoever waited longest has it then."""
    case = queries.case_of_place(request.person, seat)
    form = TakeBackForm.of(request)
    if form.perform(delivery.withdraw_seat, seat=seat, by=request.person):
        message(request, _("The place is taken back."))
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Take the place back?"), lead=queries.course_line(seat.session))


@screen(queries.places_visible_to, may=access.may_note_told)
def course_told(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The person has been told."""
    if request.method == "POST":
        delivery.note_told(seat=seat, by=request.person)
        message(request, _("Noted: they know."))
    return redirect("cases:case_detail", uid=queries.case_of_place(request.person, seat).uid)


def _given(given: int | bool | None) -> str:
    count = int(given or 0)
    return plural("One place is given.", "%(n)d places are given.", count) % {"n": count}
