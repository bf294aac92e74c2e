"""Screens that span apps: home, my tasks, search, start, outbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.desk import access
from handrail.kit.screens import page, public, screen


@public
def start(request: HttpRequest) -> HttpResponse:
    """The way in."""
    return page(request, "desk/start.html")


@screen(may=access.may_have_home)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    return page(request, "desk/home.html")


@screen(may=access.may_have_home)
def tasks(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me."""
    return page(request, "desk/home.html")


@screen(may=access.may_have_home)
def search(request: HttpRequest) -> HttpResponse:
    """Find a person, a session, a figure."""
    return page(request, "desk/home.html")
