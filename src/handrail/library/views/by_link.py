"""Writing a practice by link, without an account."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import link, message, page
from handrail.kit.text import _
from handrail.library import actions, queries
from handrail.library.models import Practice
from handrail.library.views.writing import PARTS, following, form_of, saved, stages

PURPOSE = "practice"


@csrf_exempt
@link(PURPOSE)
def written(request: HttpRequest, found: Link) -> HttpResponse:
    """What is written so far, what is missing, and handing it in."""
    practice = _practice(found)
    if practice is None:
        return _ended(request)
    if request.method == "POST" and practice.state == Practice.State.DRAFT:
        _done, wrong = attempt(actions.submit_practice, practice=practice, by=None)
        message(request, wrong or _("Thank you. It is handed in."), kind="alarm" if wrong else "ok")
        return redirect("library:written", token=request.link_token)
    text = queries.text_of(practice, practice.language)
    shown = stages(practice, "", lambda part: reverse("library:write_by_link", args=[request.link_token, part]))
    reason = queries.history_of(practice)[-1].reason if practice.state == Practice.State.DRAFT else ""
    return page(request, "library/by_link.html", practice=practice, text=text, stages=shown, is_open=practice.state == Practice.State.DRAFT, reason=reason)


@csrf_exempt
@link(PURPOSE)
def write_by_link(request: HttpRequest, found: Link, part: str) -> HttpResponse:
    """Write one part; it is kept at once."""
    practice = _practice(found)
    if practice is None:
        return _ended(request)
    if part not in PARTS:
        raise Http404
    home = reverse("library:written", args=[request.link_token])
    if practice.state != Practice.State.DRAFT:
        return redirect(home)
    form = form_of(request, practice, part)
    if saved(form, practice, part, None):
        message(request, _("Saved."))
        return redirect("library:write_by_link", token=request.link_token, part=following(part)) if part != "contact" else redirect(home)
    shown = stages(practice, part, lambda one: reverse("library:write_by_link", args=[request.link_token, one]))
    return page(request, "library/write_by_link.html", status=422 if form.is_bound else 200, practice=practice, form=form, stages=shown, heading=PARTS[part], home=home)


def _practice(found: Link) -> Practice | None:
    practice = queries.practice_by_uid(UUID(str(found.subject)))
    return practice if practice is not None and practice.state != Practice.State.ARCHIVED else None


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/link_spent.html", {"purpose": PURPOSE}, status=410)
