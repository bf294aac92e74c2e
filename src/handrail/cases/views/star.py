"""The star of progress towards work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import StarForm
from handrail.cases.models import Case, StarTalk
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _


@screen(queries.cases_visible_to, may=access.may_change_case)
def star_note(request: HttpRequest, case: Case) -> HttpResponse:
    """Both sides on one screen."""
    form = StarForm.of(request)
    if form.perform(actions.note_star, case=case, by=request.person):
        message(request, _("Kept."))
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/star_note.html", case=case, form=form)


@screen(queries.star_talks_visible_to)
def star(request: HttpRequest, talk: StarTalk) -> HttpResponse:
    """The star as it stood at one talk."""
    return page(request, "cases/star.html", case=talk.case, star=queries.star_of(talk.case, talk), name=queries.names_of_cases(request.person, [talk.case])[talk.case.person_id])
