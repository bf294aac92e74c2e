"""My answers: all that I sent, and the way to what I am asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.instruments import access, actions, queries
from handrail.instruments.models import Invitation, Submission
from handrail.kit.screens import page, screen
from handrail.kit.tables import paged
from handrail.people.models import Person


@screen(may=access.may_have_answers)
def own_answers(request: HttpRequest) -> HttpResponse:
    """What I am asked and what I sent, the latest first."""
    person: Person = request.person  # type: ignore[attr-defined]
    shown = paged(request, queries.whole_submissions(person))
    return page(
        request, "instruments/own_answers.html", paged=shown, rows=queries.own_rows(person, shown.rows), waiting=queries.asked_now(person)
    )


@screen(queries.submissions_visible_to)
def own_submission(request: HttpRequest, submission: Submission) -> HttpResponse:
    """One set of my answers, as I gave it."""
    form = queries.form_of(submission.invitation.round.version)
    language = queries.language_for(form, request.GET.get("language", submission.language))
    return page(
        request, "instruments/own_submission.html", submission=submission, said=queries.in_words(submission, language), language=language,
        is_latest=queries.is_latest(submission), direction=queries.direction_of(language),
        about=queries.own_rows(request.person, [submission])[0].about,  # type: ignore[attr-defined]
    )  # fmt: skip


@screen(queries.invitations_visible_to)
def answer_start(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """From my home straight to the questions, by a personal link made now."""
    if request.method != "POST":
        return redirect("instruments:own_answers")
    return redirect(actions.link_for(invitation))
