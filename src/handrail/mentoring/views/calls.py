"""A call, for whoever was told of it: on one's own page, or by the link in the mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import link, message, page, screen
from handrail.kit.text import _
from handrail.mentoring import access, actions, queries
from handrail.mentoring.forms import ReachedForm
from handrail.mentoring.models import Call
from handrail.people.models import Person
from handrail.people.queries import person_named


@screen(queries.calls_visible_to)
def call_detail(request: HttpRequest, call: Call) -> HttpResponse:
    """Somebody asks for me: I ring now; we have spoken."""
    return _call(request, call, request.person, token="")


@csrf_exempt  # the secret in the address is what lets one answer; a mail program keeps no cookies
@link("call")
def call_by_link(request: HttpRequest, found: Link) -> HttpResponse:
    """The same without signing in, from the mail. Looking changes nothing, since mail programs look too."""
    call = queries.call_by_uid(found.subject)
    person = person_named(found.person) if found.person else None
    if call is None or person is None or not queries.takes_part_in(person, call):
        raise Http404
    return _call(request, call, person, token=request.link_token)  # type: ignore[attr-defined]


def _call(request: HttpRequest, call: Call, person: Person, *, token: str) -> HttpResponse:
    act, wrong = request.POST.get("act", ""), ""
    form = ReachedForm(request.POST if act == "reached" else None)
    if act == "ring":
        done, wrong = attempt(actions.answer_call, call=call, by=person)
        if done:
            return redirect("mentoring:call_by_link", token=token) if token else redirect("mentoring:call_detail", uid=call.uid)
    elif form.is_bound and form.perform(actions.report_reached, call=call, by=person):
        if token:
            return page(request, "mentoring/call_thanks.html")
        message(request, _("Logged with the call. Thank you."))
        return redirect("desk:home")
    it = queries.call_page(call, person)
    may_close = not token and access.may_close_call(person, call)
    return page(
        request, "mentoring/call_by_link.html" if token else "mentoring/call_detail.html", it=it, form=form, wrong=wrong, token=token, may_close=may_close
    )


@screen(queries.calls_visible_to, may=access.may_close_call)
def call_close(request: HttpRequest, call: Call) -> HttpResponse:
    """Nobody could be reached: the coordinator closes the call."""
    if request.method == "POST":
        _done, wrong = attempt(actions.close_call, call=call, by=request.person)
        message(request, wrong or _("Closed. The person can ask again at any time."), kind="alarm" if wrong else "ok")
    return redirect("desk:home")
