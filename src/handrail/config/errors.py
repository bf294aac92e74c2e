"""What a person sees when something is wrong; these touch neither the request's body nor its session (security.md 31)."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from handrail.kit import ids
from handrail.kit.screens import error_page

logger = logging.getLogger("handrail.fault")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long, or the form came from elsewhere."""
    return error_page(request, 403, {"stale": True})


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent and forbidden look the same."""
    return error_page(request, 404)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: tried too often; it says how long to wait, and nothing about whom it concerns."""
    answer = error_page(request, 429)
    answer["Retry-After"] = "60"
    return answer


def fault(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where the disk is full or the database away. The log gets the place, never the values."""
    kind, error, trace = sys.exc_info()
    number = ids.secret()[:8]
    place = traceback.extract_tb(trace)[-1] if trace else None
    route = getattr(getattr(request, "resolver_match", None), "view_name", "?")
    where = f"{place.filename}:{place.lineno}" if place else "?"
    logger.error("fault %s: %s in %s at %s", number, kind.__name__ if kind else "?", route, where)
    if is_passing(error):
        answer = error_page(request, 503, {"number": number})
        answer["Retry-After"] = "10"
        return answer
    return error_page(request, 500, {"number": number})


def is_passing(error: Any) -> bool:
    """Faults of the machine, not of the programme: disk full, database away or busy."""
    return isinstance(error, OperationalError) or (isinstance(error, OSError) and error.errno == 28)
