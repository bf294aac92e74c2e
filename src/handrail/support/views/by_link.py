"""What a company's contact does and reads by link, beside the page of its placements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.intake import take_once
from handrail.kit.models import Link
from handrail.kit.screens import link, message, page
from handrail.kit.text import _, moment
from handrail.kit.throttle import too_often
from handrail.placements.actions.by_company import PURPOSE
from handrail.placements.models import Contact
from handrail.placements.queries.company import contact_of
from handrail.support import actions, queries, rules
from handrail.support.forms import AskForm, SearchForm

MOST = 30
MOST_QUESTIONS, WITHIN = 10, timedelta(hours=1)  # by one contact: a busy day comes nowhere near, a link that fell into wrong hands does


@csrf_exempt
@link(PURPOSE)
def company_ask(request: HttpRequest, found: Link) -> HttpResponse:
    """Ask a question; it is taken exactly once, whatever the line does."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    form = AskForm.of(request, placements=queries.placements_to_ask_about(contact.company, contact))
    if request.method == "POST" and form.is_valid() and too_often("company-question", str(contact.uid), limit=MOST_QUESTIONS, within=WITHIN):
        form.add_error(None, str(_("You have sent many questions within the hour. What you wrote is still here; send it a little later, or ring.")))
        return _show(request, "ask", status=429, form=form, key=request.POST.get("key") or ids.secret(), agreed=queries.agreed_today(contact.company.country))
    if request.method == "POST" and form.is_valid() and _taken(request, contact, form):
        return redirect(_back(request) + "#questions")
    key = request.POST.get("key") or ids.secret()
    return _show(request, "ask", status=422 if form.is_bound else 200, form=form, key=key, agreed=queries.agreed_today(contact.company.country))


@csrf_exempt
@link(PURPOSE)
def company_guidance(request: HttpRequest, found: Link) -> HttpResponse:
    """What companies often ask."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    search = SearchForm(request.GET)
    guidance = queries.guidance_found(contact.company.programme, search.words(), offered=True, most=MOST)
    return _show(request, "guidance", search=search, guidance=guidance, is_filtered=bool(search.words()))


@csrf_exempt
@link(PURPOSE)
def company_playbook(request: HttpRequest, found: Link, code: str) -> HttpResponse:
    """What to do in one situation, and whom to ring."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    playbook = rules.playbook(code)
    if playbook is None:
        raise Http404
    return _show(request, "playbook", playbook=playbook)


@csrf_exempt
@link(PURPOSE)
def company_times(request: HttpRequest, found: Link) -> HttpResponse:
    """How soon companies get an answer: the same figures that everybody sees."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    return _show(request, "times", times=queries.times_of(contact.company.programme, contact.company.country))


def _taken(request: HttpRequest, contact: Contact, form: Any) -> bool:
    """Take the question under the page's key; False with the reason in the form."""
    placement = form.cleaned_data["placement"]
    content = {"text": form.cleaned_data["text"], "placement": str(placement.uid) if placement else ""}

    def perform() -> UUID:
        asked: UUID = actions.ask_question(company=contact.company, contact=contact, **form.cleaned_data).uid
        return asked

    try:
        receipt = take_once(key=request.POST.get("key", ""), scope=f"company-question:{contact.uid}", content=content, perform=perform, programme=contact.company.programme.uid)
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken.message))
        return False
    question = queries.question_by_uid(receipt.result) if receipt.result else None
    if receipt.state == "aside":
        message(request, _("This page had been sent before with other words. Both are kept, and somebody looks at them. Ask once more below if it is something new."), kind="wait")
    elif question is not None:
        message(request, _("Your question is with %(name)s. You get an answer by %(until)s at the latest.") % {"name": question.owner.called, "until": moment(question.due_at)})
    return True


def _show(request: HttpRequest, name: str, status: int = 200, **context: object) -> HttpResponse:
    return page(request, f"support/company_{name}.html", status=status, token=request.link_token, back=_back(request), **context)  # type: ignore[attr-defined]


def _back(request: HttpRequest) -> str:
    return reverse("placements:company_page", args=[request.link_token])  # type: ignore[attr-defined]


def _ended(request: HttpRequest) -> HttpResponse:
    """As for any link whose time has passed: nothing about whom it was."""
    return render(request, "kit/link_spent.html", {"purpose": PURPOSE}, status=410)
