"""The company's own page by link, without an account; and sending that link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from handrail.kit import ids, slots
from handrail.kit.errors import RuleBroken
from handrail.kit.forms import attempt
from handrail.kit.intake import take_once
from handrail.kit.models import Link
from handrail.kit.screens import back_to, link, message, page, screen
from handrail.kit.text import _, date_long
from handrail.placements.actions.by_company import PURPOSE, send_company_link, tick_preparation
from handrail.placements.actions.days import record_day
from handrail.placements.actions.own_pages import say_opinion
from handrail.placements.forms.company import DayForm
from handrail.placements.forms.week import CompanyOpinionForm
from handrail.placements.models import Contact, Day, Opinion
from handrail.placements.queries.company import (
    PlacementShown,
    company_page,
    contact_of,
    contacts_served_by,
    placement_shown_to,
    told_of,
)
from handrail.placements.queries.week import follow_up_asked

# The secret in the address is what lets one write: a request forged elsewhere does not have it, and a phone that keeps no cookies loses nothing.


@csrf_exempt
@link(PURPOSE)
def company(request: HttpRequest, found: Link) -> HttpResponse:
    """The company's placements while they last, the days of this week, what is to be prepared, and the front door for questions."""
    contact = contact_of(found)
    return _show(request, contact) if contact else _ended(request)


@csrf_exempt
@link(PURPOSE)
def company_day(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """Write down one day of one placement."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    placement = placement_shown_to(contact, uid)
    if placement is None:
        raise Http404
    back = _url(request)
    if request.method != "POST":
        return redirect(back)
    shown = next(one for one in company_page(contact) if one.placement.pk == placement.pk)
    form = DayForm(request.POST, days=shown.to_write, uid=placement.uid.hex[:8])
    if form.is_valid():
        content = {name: str(value) for name, value in form.cleaned_data.items()}

        def perform() -> UUID:
            line: UUID = record_day(placement=placement, said_by=Day.Said.COMPANY, **form.cleaned_data).uid
            return line

        try:
            receipt = take_once(
                key=request.POST.get("key", ""), scope=f"company-day:{placement.uid}", content=content, perform=perform,
                programme=contact.company.programme.uid,
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken.message))
        else:
            _tell(request, receipt.state, date_long(form.cleaned_data["day"]))
            _tell_of_change(request, contact, placement)
            return redirect(f"{back}#p{placement.uid.hex[:8]}")
    return _show(request, contact, {placement.pk: form}, status=422)


@csrf_exempt
@link(PURPOSE)
def company_prepare(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """Tick what is prepared."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    placement = placement_shown_to(contact, uid)
    if placement is None:
        raise Http404
    if request.method == "POST":
        new, wrong = attempt(tick_preparation, placement=placement, items=request.POST.getlist("items"), contact=contact)
        if wrong:
            message(request, wrong, kind="alarm")
        else:
            message(request, _("Saved. Thank you.") if new else _("That stood there already."))
        _tell_of_change(request, contact, placement)
    return redirect(f"{_url(request)}#p{placement.uid.hex[:8]}")


@csrf_exempt
@link(PURPOSE)
def company_review(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """Answer a follow-up's questions as the company."""
    contact = contact_of(found)
    if contact is None:
        return _ended(request)
    placement = placement_shown_to(contact, uid)
    if placement is None:
        raise Http404
    asked = follow_up_asked(placement)
    if request.method == "POST" and asked is not None:
        form = CompanyOpinionForm(request.POST, uid=placement.uid.hex[:8])
        kept = form.perform(say_opinion, follow_up=asked, side=Opinion.Side.COMPANY, contact=contact)
        message(request, _("Saved. Thank you.") if kept else _("Answer at least one question."), kind="ok" if kept else "wait")
    return redirect(f"{_url(request)}#p{placement.uid.hex[:8]}")


@screen(contacts_served_by)
def link_send(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Send a company's contact a new link; earlier ones end."""
    if request.method == "POST":
        _done, wrong = attempt(send_company_link, contact=contact, by=request.person)
        message(request, wrong or _("A new link is on its way by mail. Earlier links no longer work."), kind="alarm" if wrong else "ok")
    return redirect(back_to(request, "/home/"))


def _show(request: HttpRequest, contact: Contact, bound: dict[int, DayForm] | None = None, status: int = 200) -> HttpResponse:
    token = request.link_token
    rows = [_row(one, (bound or {}).get(one.placement.pk)) for one in company_page(contact)]
    panels = sorted(slots.gathered("company.page", contact, token), key=lambda panel: panel.order)
    return page(request, "placements/company.html", status=status, company=contact.company, rows=rows, panels=panels, token=token)


def _row(shown: PlacementShown, form: DayForm | None) -> dict[str, Any]:
    if form is None and shown.to_write:
        form = DayForm(days=shown.to_write, uid=shown.placement.uid.hex[:8])
    review = CompanyOpinionForm(uid=shown.placement.uid.hex[:8], said=shown.opinion) if shown.review else None
    return {"shown": shown, "form": form, "review": review, "key": ids.secret(), "id": f"p{shown.placement.uid.hex[:8]}"}


def _tell(request: HttpRequest, state: str, day: str) -> None:
    if state == "aside":
        message(request, _("This page had been sent before with something else. Both are kept; look at the day below, and write it once more if it is wrong."), kind="wait")
    else:
        message(request, _("Saved: %(day)s.") % {"day": day})


def _tell_of_change(request: HttpRequest, contact: Contact, placement: Any) -> None:
    """The person may have taken a consent back while the page stood open: it is obeyed at once, and whoever had the page is told."""
    now = told_of([placement], contact.company)[placement.pk]["shown"]
    if "shown" in request.POST and request.POST["shown"] != now:
        message(request, _("What this page may show has changed meanwhile. What you sent is saved."), kind="wait")


def _ended(request: HttpRequest) -> HttpResponse:
    """As for any link whose time has passed: nothing about whom it was."""
    return render(request, "kit/link_spent.html", {"purpose": PURPOSE}, status=410)


def _url(request: HttpRequest) -> str:
    return reverse("placements:company_page", args=[request.link_token])
