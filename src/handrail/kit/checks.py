"""A route without a guard stops the start (security.md A5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern of the site with its full route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def is_foreign(route: str) -> bool:
    """Whether a route belongs to a library, by the named list in the settings."""
    return any(route.lstrip("^").startswith(start) for start, _reason in settings.FOREIGN_ROUTES)


@register()
def every_route_is_guarded(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each view of ours carries one of the three guards."""
    return [
        Error(f"The view at {route!r} has no guard: use @screen, @link or @public.", id="kit.E001")
        for route, pattern in routes()
        if not is_foreign(route) and getattr(pattern.callback, "guard", "") not in {"screen", "link", "public"}
    ]
