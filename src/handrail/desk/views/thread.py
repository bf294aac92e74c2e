"""The thread."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.desk import access, queries
from handrail.kit.kept import kept_screen
from handrail.kit.screens import page, screen
from handrail.kit.tables import with_query
from handrail.kit.text import _


@screen(may=access.may_have_home)
@kept_screen
def thread(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """From a figure down to its reasons and up again, as a drawing or as a list."""
    found = queries.thread_of(request.person, kind, uid, via=_uids(request.GET.getlist("via")), organisation=_place(request))  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    request.stands_at = found.station  # type: ignore[attr-defined]
    is_list = request.GET.get("view") == "list"
    views = [
        {"label": _("Thread"), "url": with_query(request, view=None), "current": not is_list},
        {"label": _("List"), "url": with_query(request, view="list"), "current": is_list},
    ]
    return page(request, "desk/thread.html", thread=found, views=views, is_list=is_list)


def _place(request: HttpRequest) -> UUID | None:
    wanted = request.GET.get("organisation", "")
    return _uids([wanted])[0] if wanted else None


def _uids(wanted: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in wanted[:9]]
    except ValueError:
        raise Http404 from None
