"""Reviewing a practice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.library import access, actions, queries, rules
from handrail.library.forms import ReviewForm
from handrail.library.models import Review


@screen(queries.reviews_visible_to, may=access.may_review)
def review(request: HttpRequest, found: Review) -> HttpResponse:
    """The card on one side, the criteria on the other."""
    practice = found.version.practice
    text = queries.text_of(practice, practice.language, number=found.version.number)
    form = ReviewForm.of(request)
    if form.perform(actions.give_review, review=found, by=request.person):
        message(request, _("Thank you. Your review is kept as it is."))
        return redirect("library:practice", uid=practice.uid)
    parts = [(one.code, one.label, text.parts[one.code]) for one in rules.card_parts() if text and text.parts.get(one.code) and one.code != "title"]
    return page(request, "library/review.html", status=422 if form.is_bound else 200, programme=practice.programme, practice=practice, review=found, text=text, parts=parts, form=form)
