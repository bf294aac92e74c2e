"""What stands around every page: programme, stations, my tasks, me, banners."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from handrail.desk.queries import shell_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page, made only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request)), "local_mode": settings.LOCAL_MODE}
