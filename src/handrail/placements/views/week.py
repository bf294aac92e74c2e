"""A person's own page by link, in their language, on any phone, without an account or script; and the card that leads to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import as_json, link, message, page, screen
from handrail.kit.text import _
from handrail.kit.throttle import too_often
from handrail.mentoring.queries import first_language, lifeline_of
from handrail.placements import access, actions
from handrail.placements.forms.week import OpinionForm, OwnCardForm, OwnDayForm
from handrail.placements.models import Opinion, OwnPage
from handrail.placements.queries import week as queries
from handrail.placements.rules import week as rules

MOST, WITHIN = 60, queries.HOUR  # what one page may send: a phone that catches up after two weeks stays far below
SAID = ("saved", "again", "aside")


@csrf_exempt  # the secret in the address is what lets one write; a phone that keeps no cookies must be able to
@link(queries.PURPOSE)
def week(request: HttpRequest, found: Link) -> HttpResponse:
    """One's own days, in a minute; behind a code what comes next, and one's own side of the star. The page names nobody and no company."""
    own = queries.own_page_behind(found)
    if own is None:
        return _ended(request)
    language = request.POST.get("language") or request.GET.get("language", "")
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _show(request, own, language, said=said if said in SAID else "")
    if too_often("week", str(own.uid), limit=MOST, within=WITHIN):
        return as_json({"fault": "too_many"}, 429) if _wants_json(request) else _show(request, own, language, said="too_many", status=429)
    act = request.POST.get("act", "")
    if act in ("open", "star", "review"):
        return _behind(request, own, language, act)
    return _day(request, own, language)


def _day(request: HttpRequest, own: OwnPage, language: str) -> HttpResponse:
    """A day, once for each key made on the phone."""
    placement = queries.placement_of_page(own)
    form = OwnDayForm(request.POST, days=queries.days_writable(placement))
    said, status = "", 422
    if placement is not None and form.is_valid():
        facts = {"placement": placement, "key": request.POST.get("key", ""), "programme": own.case.programme.uid, **form.cleaned_data}
        receipt, _wrong = attempt(actions.say_day, **facts)
        if receipt is not None:
            if _wants_json(request):
                return as_json({"key": receipt.key, "sha256": receipt.sha256, "state": receipt.state}, receipt.status)
            said = {"new": "saved", "again": "again", "aside": "aside"}[receipt.state]
            # Seen again by GET: going back or reloading sends nothing twice.
            where = reverse("placements:week", args=[request.link_token])  # type: ignore[attr-defined]
            return HttpResponseRedirect(f"{where}?{urlencode({'language': language, 'said': said} if language else {'said': said})}")
    said = form.fault or "wrong_day"
    return as_json({"fault": said}, status) if _wants_json(request) else _show(request, own, language, said=said, status=status, sent=form)


def _behind(request: HttpRequest, own: OwnPage, language: str, act: str) -> HttpResponse:
    """What lies behind the code: opening it, and what is said there."""
    if act == "open":
        try:
            is_right = actions.open_with_code(own=own, code=request.POST.get("code", ""))
        except RuleBroken:
            return _show(request, own, language, said="code_locked", status=422)
        return _show(request, own, language, proof=queries.proof_of(own)) if is_right else _show(request, own, language, said="code_wrong", status=422)
    proof = request.POST.get("proof", "")
    if not queries.is_proven(own, proof):
        return _show(request, own, language, said="code_old", status=422)
    state = _star(request, own) if act == "star" else _review(request, own)
    said = {"new": "saved", "again": "again", "aside": "aside"}.get(state, "star_nothing")
    return _show(request, own, language, proof=proof, said=said, status=200 if state in ("new", "again") else 422)


def _star(request: HttpRequest, own: OwnPage) -> str:
    """The steps chosen on the star; what came of it."""
    known = [point.code for point in rules.star_points("en")]
    values = {code: int(sent) for code in known if (sent := request.POST.get(f"star_{code}", "")[:4]).isascii() and sent.isdigit()}
    receipt, _wrong = attempt(actions.say_star, own=own, key=request.POST.get("key", ""), values=values)
    return receipt.state if receipt is not None else ""


def _review(request: HttpRequest, own: OwnPage) -> str:
    """The answers to a follow-up's questions; what came of it."""
    placement = queries.placement_of_page(own)
    asked = queries.follow_up_asked(placement) if placement is not None else None
    form = OpinionForm(request.POST)
    if asked is None or not form.is_valid():
        return ""
    kept, _wrong = attempt(actions.say_opinion, follow_up=asked, side=Opinion.Side.PARTICIPANT, **form.cleaned_data)
    return "new" if kept is not None else ""


def _show(
    request: HttpRequest, own: OwnPage, language: str, *, proof: str = "", said: str = "", status: int = 200, sent: OwnDayForm | None = None
) -> HttpResponse:
    shown = queries.week_shown(own, language)
    context: dict[str, Any] = {
        "it": shown, "key": ids.secret(), "star_key": ids.secret(), "said": shown.words.get(said, ""), "is_good": said in ("saved", "again"), "sent": sent,
        "behind": queries.opened(own, shown.language, proof) if proof else None, "questions": rules.QUESTIONS, "steps": rules.STEPS,
    }  # fmt: skip
    answer = render(request, "placements/week.html", context, status=status)
    answer["Content-Language"] = shown.language.code
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _ended(request: HttpRequest) -> HttpResponse:
    """As for any link whose time has passed: nothing about whom it was."""
    return render(request, "kit/link_spent.html", {"purpose": queries.PURPOSE}, status=410)


@screen(cases_visible_to, may=access.may_make_own_page)
def own_card(request: HttpRequest, case: Case) -> HttpResponse:
    """Make the card with the link to a person's own days, or a new one; its address is shown in this answer alone."""
    own = queries.own_page_of(case)
    first = own.language if own else first_language(case, lifeline_of(case))
    form = OwnCardForm.of(request, offered=queries.week_offered(case.programme), first=first)
    if made := form.perform(actions.make_own_page, case=case, by=request.person):
        return page(request, "placements/own_card.html", case=case, **queries.own_card_of(*made))
    lead = _("Whoever holds the card can write down days and see hours, and nothing else: no name, no company. The plan and the star open with the person's code.")
    if queries.works(own):
        lead = _("There is a card already. A new one makes the old one useless at once.")
    return page(request, "placements/own_card_form.html", case=case, form=form, lead=lead)


@screen(cases_visible_to, may=access.may_make_own_page)
def own_card_end(request: HttpRequest, case: Case) -> HttpResponse:
    """The card is lost, or somebody else has it."""
    if request.method == "POST":
        actions.end_own_page(case=case.uid, by=request.person)
        message(request, _("The card no longer works. Make a new one when you meet."))
    return redirect("cases:case_detail", uid=case.uid)
