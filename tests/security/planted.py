"""Faults planted on purpose: each must be noticed, else the tests prove nothing. Our own addresses stand behind these."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path

from handrail.config.urls import handler400, handler403, handler404, handler500  # noqa: F401  (Django asks for them by name)
from handrail.config.urls import urlpatterns as ours
from handrail.curriculum.models import Module
from handrail.curriculum.queries import modules_visible_to
from handrail.evidence.models import Certificate
from handrail.instruments.models import Submission
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


@screen(modules_visible_to)
def module_change(request: HttpRequest, module: Module) -> HttpResponse:
    """A page that writes whatever field it is sent."""
    if request.method == "POST":
        Module.objects.filter(pk=module.pk).update(**{name: request.POST[name] for name in ("code", "prepares_for") if name in request.POST})
    return HttpResponse("done")


@public
def about(request: HttpRequest, uid: Any) -> HttpResponse:
    """A page that quotes what somebody answered."""
    return HttpResponse(" ".join(str(one.answers) for one in Submission.objects.all()))


def unguarded(request: HttpRequest) -> HttpResponse:
    """A view that nobody decided about."""
    return HttpResponse("everything")


for view, module in ((certificate, "evidence"), (participations, "evidence"), (staff, "people"), (levels, "competences"), (module_change, "curriculum"), (about, "programmes")):
    view.__module__ = f"handrail.{module}.views"

urlpatterns = [
    path("certificates/<uuid:uid>/", certificate, name="certificate"),
    path("participations/<uuid:uid>/hours/", participations, name="person_hours"),
    path("organisations/<uuid:uid>/staff/", staff, name="staff"),
    path("my/levels/", levels, name="levels"),
    path("modules/<uuid:uid>/change/", module_change, name="module_change"),
    path("programmes/<uuid:uid>/", about, name="about"),
    *ours,
]
