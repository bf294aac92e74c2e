"""Faults planted on purpose: each must be noticed, else the tests prove nothing. Our own addresses stand behind these."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path

from handrail.config.urls import handler400, handler403, handler404, handler500  # noqa: F401  (Django asks for them by name)
from handrail.config.urls import urlpatterns as ours
from handrail.evidence.models import Certificate
from handrail.kit import clock
from handrail.kit.models import SignOfLife
from handrail.kit.screens import public, screen
from handrail.people.models import Person


def finds_everything(person: Person) -> Any:
    """A query that forgot who asks."""
    return Certificate.objects.all()


@screen(finds_everything)
def certificate(request: HttpRequest, found: Certificate) -> HttpResponse:
    """A month that everybody opens."""
    return HttpResponse("hours")


@public
def participations(request: HttpRequest, uid: Any) -> HttpResponse:
    """A page that says no instead of nothing."""
    return HttpResponseForbidden("not yours")


@public
def staff(request: HttpRequest, uid: Any) -> HttpResponse:
    """A page that does its work before it asks."""
    SignOfLife.objects.update_or_create(worker="planted", defaults={"seen_at": clock.now()})
    raise Http404


@public
def levels(request: HttpRequest) -> HttpResponse:
    """A page that breaks."""
    raise RuntimeError("planted")


def unguarded(request: HttpRequest) -> HttpResponse:
    """A view that nobody decided about."""
    return HttpResponse("everything")


for view, module in ((certificate, "evidence"), (participations, "evidence"), (staff, "people"), (levels, "competences")):
    view.__module__ = f"handrail.{module}.views"

urlpatterns = [
    path("certificates/<uuid:uid>/", certificate, name="certificate"),
    path("participations/<uuid:uid>/hours/", participations, name="person_hours"),
    path("organisations/<uuid:uid>/staff/", staff, name="staff"),
    path("my/levels/", levels, name="levels"),
    *ours,
]
