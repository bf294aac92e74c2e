"""The kit's own screens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from handrail.kit import later
from handrail.kit.models import LongTask
from handrail.kit.screens import back_to, local_only, page, public, screen

YEAR = 365 * 24 * 3600


@public
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose language and theme; kept in a cookie on this device, without an account too."""
    answer = HttpResponseRedirect(back_to(request, "/"))
    for name, allowed in (("language", {"ar", *dict(settings.LANGUAGES)}), ("theme", {"light", "dark", "auto"})):
        value = request.POST.get(name, "")
        if value in allowed:
            answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=not settings.LOCAL_MODE, httponly=True)
    return answer


@local_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    from handrail.kit.gallery import gallery_context

    return page(request, "kit/gallery.html", **gallery_context(request))


def own_tasks(person: Any) -> QuerySet[LongTask]:
    """The long tasks that this person asked for."""
    return LongTask.objects.filter(asked_by=person.uid)


@screen(own_tasks)
def task_progress(request: HttpRequest, long_task: LongTask) -> HttpResponse:
    """How far a long task is; asked again every two seconds by the page that shows it."""
    return page(request, "kit/task.html#progress", long_task=long_task)


@screen(own_tasks)
def task_stop(request: HttpRequest, long_task: LongTask) -> HttpResponse:
    """Stop a long task, keeping the best it has."""
    if request.method == "POST":
        later.ask_stop(long_task.uid)
    return redirect(back_to(request, settings.LOGIN_REDIRECT_URL))
