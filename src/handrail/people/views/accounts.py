"""Choosing a password from an invitation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.kit.screens import page, public


@public
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and come in."""
    return page(request, "people/invitation.html")
