"""Answering without an account: by an address that hangs on a wall, by a link of one's own, together with an interviewer, from paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from handrail.instruments import access, actions, queries
from handrail.instruments.models import Collection
from handrail.instruments.queries.collecting import Visit, visit
from handrail.instruments.rules.keeping import can_be_kept
from handrail.instruments.views.device import device_answers
from handrail.instruments.views.filling import draw_start, show, show_once, step
from handrail.instruments.views.machine import is_machine
from handrail.kit.intake import Receipt, was_taken
from handrail.kit.screens import public, screen
from handrail.kit.throttle import network_of, too_often

HOUR, SAMPLE = timedelta(hours=1), 16

# The code in the address is what lets one answer: a request forged elsewhere could do no more than whoever has the poster. Without cookies
# nothing is lost when a phone keeps none, and nothing is kept when it does.


@csrf_exempt
@public
def collect(request: HttpRequest, token: str, secret: str = "") -> HttpResponse:
    """Who asks, what becomes of it, then the questions; nothing is stored before it is sent."""
    asked = _asked(token)
    if request.method == "POST" and is_machine(request):
        return device_answers(request, asked, secret, is_flood=lambda: _is_flood(request, asked, request.body))
    at = _visit(request, asked, secret)
    if not at.takes_answers:
        return show(request, at, "closed", status=410, why="ahead" if at.state == "ahead" else "closed", opens=at.opens)
    if asked.way == Collection.Way.STAFFED:
        return show(request, at, "closed", why="staffed")
    if asked.way == Collection.Way.CLOSED and at.ticket is None:
        if request.method == "POST" and was_taken(key=at.key, scope=actions.scope_of_collection(asked)):
            return redirect(_sent_url(at))  # pressed twice
        return show(request, at, "closed", status=410, why="spent")
    if request.method != "POST":
        return draw_start(request, at, offline_url=_kept_url(at))
    return step(request, at, sent_url=_sent_url(at), send=lambda at: _send(request, at))


@public
def collect_kept(request: HttpRequest, token: str) -> HttpResponse:
    """The whole form on one page that a phone keeps and that works without a line. Only empty forms are kept, and answers until they have arrived."""
    asked = _asked(token)
    at = _visit(request, asked, "")
    if not at.takes_answers or asked.way != Collection.Way.OPEN or not can_be_kept(at.form):
        return redirect("instruments:collect", token=token)
    asks = at.words["asks"].format(who=asked.organisation.name)
    start_url = reverse("instruments:collect", kwargs={"token": token})
    # The same for everybody: it carries no key, which is made on the phone.
    return show_once(request, at, "kept", lambda: {"items": queries.kept_page(at), "asks": asks, "start_url": start_url})


@public
def collect_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a kept form without a line; it reaches addresses that begin with /c/ alone."""
    return HttpResponse(render_to_string("instruments/collect_worker.txt"), content_type="text/javascript; charset=utf-8")


@public
def collect_sent(request: HttpRequest, token: str) -> HttpResponse:
    """Thank you, and nothing else."""
    at = _visit(request, _asked(token), "")
    return show(request, at, "sent", was_before="before" in request.GET)


@screen(queries.collections_visible_to, may=access.may_interview)
def interview(request: HttpRequest, collection: Collection, channel: str) -> HttpResponse:
    """The same form in the hands of an interviewer, or typed in from paper."""
    if channel not in ("interviewer", "paper"):
        raise Http404
    at = visit(collection, request.POST if request.method == "POST" else {}, wanted=request.GET.get("language", ""), channel=channel)
    if not at.takes_answers:
        return show(request, at, "closed", status=410, why="ahead" if at.state == "ahead" else "closed", opens=at.opens)
    if request.method != "POST":
        return draw_start(request, at, was_sent="sent" in request.GET, was_before="before" in request.GET)
    own = reverse("instruments:interview", kwargs={"uid": collection.uid, "channel": channel})
    return step(request, at, sent_url=f"{own}?{urlencode({'language': at.language, 'sent': 1})}", send=lambda at: _give(at, by=request.person))  # type: ignore[attr-defined]


def _asked(code: str) -> Collection:
    asked = queries.collection_at(code)
    if asked is None:
        raise Http404
    return asked


def _visit(request: HttpRequest, asked: Collection, secret: str) -> Visit:
    sent: Any = request.POST if request.method == "POST" else {"desk": request.GET.get("desk", "")}
    ticket = queries.ticket_of(asked, secret) if secret else None
    return visit(asked, sent, wanted=request.GET.get("language", ""), ticket=ticket, secret=secret)


def _sent_url(at: Visit) -> str:
    """Without the link of one's own: the page that stays open on a phone leads to nothing."""
    more = {"language": at.language, **({"desk": "1"} if at.is_desk else {})}
    return f"{reverse('instruments:collect_sent', kwargs={'token': at.collection.code})}?{urlencode(more)}"


def _kept_url(at: Visit) -> str:
    """Where the form stands that works without a line; nowhere at the desk, for a link of one's own, and for forms that ask too much of a page."""
    if at.is_desk or at.collection.way != Collection.Way.OPEN or not can_be_kept(at.form):
        return ""
    return f"{reverse('instruments:collect_kept', kwargs={'token': at.collection.code})}?{urlencode({'language': at.language})}"


def _send(request: HttpRequest, at: Visit) -> Receipt | None:
    return None if _is_flood(request, at.collection, at.key.encode()) else _give(at)


def _give(at: Visit, by: Any = None) -> Receipt:
    return actions.give_response(
        collection=at.collection, answers=at.answers, language=at.language, key=at.key, channel=at.channel, ticket=at.ticket, word=at.word, by=by
    )


def _is_flood(request: HttpRequest, asked: Collection, sent: bytes) -> bool:
    """Whether more comes than a room full of people sends. What is counted is a keyed hash of network and collection, gone after two days."""
    most = settings.ANSWERS_AN_HOUR
    if too_often("collect-network", f"{asked.uid}:{network_of(request)}", limit=most, within=HOUR):
        return True
    # Of all together one in sixteen is counted: one row that everybody writes would let them in one by one.
    is_counted = salted_hmac("handrail.sample", sent).digest()[0] % SAMPLE == 0
    return is_counted and too_often("collect", str(asked.uid), limit=max(1, 10 * most // SAMPLE), within=HOUR)
