"""The page behind a person's card: one tap, in their language, on any phone, without an account or script."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from handrail.kit import clock, ids
from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import link, public
from handrail.kit.throttle import too_often
from handrail.mentoring import actions, queries
from handrail.mentoring.models import Lifeline

MOST, WITHIN = 12, timedelta(hours=1)  # taps that do something: nobody in need comes near, a prank does


@csrf_exempt  # the secret in the address is what lets one ask; a phone that keeps no cookies must be able to
@link("lifeline")
def lifeline(request: HttpRequest, found: Link) -> HttpResponse:
    """Ask for the mentor with one tap; see who is told, who has seen it, who rings. The page names no person but the mentor."""
    it = queries.lifeline_by_uid(found.subject)
    if it is None:
        raise Http404
    language = request.POST.get("language") or request.GET.get("language", "")
    if request.method != "POST":
        return _show(request, it, language)
    if too_often("lifeline", str(it.uid), limit=MOST, within=WITHIN):
        return _show(request, it, language, said="many", status=429)
    act = actions.take_call_back if request.POST.get("act") == "back" else actions.ask_for_mentor
    known = {} if act is actions.take_call_back else {"language": language}
    receipt, _wrong = attempt(act, lifeline=it, key=request.POST.get("key", ""), **known)
    if receipt is None or receipt.state == "aside":
        return _show(request, it, language, said="wrong", status=422)
    # Seen again by GET: going back or reloading sends nothing twice.
    where = reverse("mentoring:lifeline", args=[request.link_token])  # type: ignore[attr-defined]
    return HttpResponseRedirect(where + (f"?{urlencode({'language': language})}" if language else ""))


def _show(request: HttpRequest, it: Lifeline, language: str, *, said: str = "", status: int = 200) -> HttpResponse:
    shown = queries.shown(it, language)
    answer = render(request, "mentoring/lifeline.html", {"it": shown, "key": ids.secret(), "said": shown.words.get(said, ""), "token": request.link_token}, status=status)  # type: ignore[attr-defined]
    answer["Content-Language"] = shown.language.code
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public
def away(request: HttpRequest) -> HttpResponse:
    """A month's calendar, where the quick exit leads: it says nothing and links to nothing."""
    with translation.override("en"):
        return render(request, "mentoring/away.html", {"weeks": queries.month_of(clock.today()), "today": clock.today()})
