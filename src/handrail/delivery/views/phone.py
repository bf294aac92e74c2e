"""What is kept on a phone: the page that says so, the worker that keeps it, and what the worker asks before it sends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from handrail.delivery.queries import screens
from handrail.delivery.rules import KEPT_FOR_HOURS
from handrail.kit.screens import as_json, page, public


@public
def phone(request: HttpRequest) -> HttpResponse:
    """What this phone keeps; also what opens when a list or a code is asked for without a line."""
    return page(request, "delivery/phone.html", hours=KEPT_FOR_HOURS)


@public
def phone_now(request: HttpRequest) -> HttpResponse:
    """Whether there is a line, who is signed in, and the token that a form would carry."""
    return as_json({"who": screens.phone_mark(getattr(request, "person", None)), "token": get_token(request)})


@public
def phone_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the site without a line. It stands at the root, since it answers for lists, seats and codes alike."""
    return HttpResponse(render_to_string("delivery/phone_worker.txt", {"hours": KEPT_FOR_HOURS}), content_type="text/javascript; charset=utf-8")
