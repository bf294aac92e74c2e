"""The three guards: every view is a screen for a known person, a link for a secret's holder, or public. A house test demands one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from handrail.kit import links, slots

View = Callable[..., HttpResponse]
READ, WRITE = "read", "write"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def screen(
    find: Callable[[Any], QuerySet[Any]] | None = None, *, may: Callable[..., bool] | None = None, key: str = "uid", again: bool = False,
    sensitive: str = "",
) -> Callable[[View], View]:
    """A screen for a signed-in person: find the object among what this person may see, ask `may`, then show it.

    `find(person)` answers a queryset; the address carries the object's uid as `key`. `may(person, object)`, or `may(person)`
    where there is no object. Absent and forbidden are the same 404. Without either the view is refused at import. With `again` whoever
    may is asked to show who they are once more, unless they did so a moment ago. A `sensitive` page (READ, or WRITE where something is typed)
    asks whoever was away too long to sign in again; one that is only read leaves the screen by itself then.
    """
    if find is None and may is None:
        raise TypeError("A screen says whom it is for: give `find`, `may`, or both.")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _refuse_methods(request)
            person = getattr(request, "person", None)
            if person is None:
                return _to_sign_in(request)
            for gate in slots.filled("screen.gate", request):
                if isinstance(gate, HttpResponse):
                    return gate
            for gate in slots.filled("screen.sensitive", request) if sensitive else ():
                if isinstance(gate, HttpResponse):
                    return gate
            if find is None:
                if may is not None and not may(person):
                    raise Http404
                answer = view(request, *args, **kwargs)
                return fading(answer, request) if sensitive == READ else answer
            found = _one(find(person), kwargs.pop(key))
            if may is not None and not may(person, found):
                raise Http404
            for gate in slots.filled("screen.again", request) if again else ():
                if isinstance(gate, HttpResponse):
                    return gate
            answer = view(request, found, *args, **kwargs)
            return fading(answer, request) if sensitive == READ else answer

        guarded.guard, guarded.find, guarded.may, guarded.sensitive = "screen", find, may, sensitive  # type: ignore[attr-defined]
        return guarded

    return guard


def link(purpose: str) -> Callable[[View], View]:
    """A page for whoever holds a secret: the view is given the link (purpose, subject, person, expiry)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            _refuse_methods(request)
            found = links.find_link(purpose, token)
            if found is None:
                if links.is_spent(purpose, token):
                    return render(request, "kit/link_spent.html", {"purpose": purpose}, status=410)
                raise Http404
            request.link_token = token  # type: ignore[attr-defined]
            return view(request, found, *args, **kwargs)

        guarded.guard = "link"  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """A page for everybody."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _refuse_methods(request)
        return view(request, *args, **kwargs)

    guarded.guard = "public"  # type: ignore[attr-defined]
    return guarded


def local_only(view: View) -> View:
    """A public page that does not exist outside local mode (continue as, outbox, turning the clock)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.LOCAL_MODE:
            raise Http404
        return view(request, *args, **kwargs)

    return public(guarded)


def page(request: HttpRequest, template: str, /, status: int = 200, **context: Any) -> HttpResponse:
    """The page; to htmx only the partial named behind `#`, to everybody else the whole of it."""
    name, _sep, partial = template.partition("#")
    if partial and request.headers.get("HX-Request") == "true":
        return render(request, f"{name}#{partial}", context, status=status)
    return render(request, name, context, status=status)


def download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """A file to keep, never shown inline; `name` carries no person's name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def fading(answer: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A page with sensitive data that is gone from the screen when nobody has done anything for too long: it asks for itself anew, and is
    answered with signing in unless its reader was busy on another page meanwhile. Only for pages on which nothing is typed."""
    if answer.status_code == 200:
        answer["Refresh"] = f"{settings.IDLE_MINUTES * 60 + 5}; url={request.path}"
    return answer


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the form came from (`next`), if that is a page of this site."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else otherwise


def message(request: HttpRequest, text: Any, *, kind: str = "ok") -> None:
    """Say what happened on the next page (`ok`, `wait` or `alarm`)."""
    from django.contrib import messages

    level = {"ok": messages.SUCCESS, "wait": messages.WARNING, "alarm": messages.ERROR}[kind]
    messages.add_message(request, level, text)


def as_json(value: Any, status: int = 200) -> HttpResponse:
    """A JSON answer that no cache keeps."""
    return HttpResponse(json.dumps(value, default=str), content_type="application/json", status=status)


def error_page(request: HttpRequest, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """An error page that touches neither body nor session: what happened, what is safe, where to go."""
    html = _error_html(status, **context) if context else _plain_error_html(status, translation.get_language() or "")
    return HttpResponse(html, status=status)


@cache
def _plain_error_html(status: int, language: str) -> str:
    """Without facts of its own a page is the same for everybody: written once a language, whatever was absent (security.md A3)."""
    return _error_html(status)


def _error_html(status: int, **context: Any) -> str:
    return render_to_string(f"kit/{status}.html", {"status": status, "shell": {}, **context})


def _one(rows: QuerySet[Any], uid: Any) -> Any:
    try:
        found = rows.filter(uid=uid).first()
    except (ValidationError, ValueError):
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _refuse_methods(request: HttpRequest) -> None:
    if request.method not in METHODS:
        from django.core.exceptions import BadRequest

        raise BadRequest("method")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(settings.LOGIN_URL + (f"?{back}" if back else ""))
