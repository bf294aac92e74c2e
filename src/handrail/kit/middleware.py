"""What every answer carries, and the language it is written in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]


def safety(answer: Answer) -> Answer:
    """Nothing behind a sign-in or a secret is kept by a cache."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not request.path.startswith(settings.STATIC_URL) and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return handle


def language(answer: Answer) -> Answer:
    """The language that the person chose (cookie), else the browser's, else the site's. Arabic in local mode is a check of layout."""
    offered = {code for code, _name in settings.LANGUAGES} | ({"ar"} if settings.LOCAL_MODE else set())

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in offered:
            chosen = translation.get_language_from_request(request)
            chosen = chosen if chosen in offered else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = answer(request)
            response.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return handle
