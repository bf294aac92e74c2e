"""Who asks: the person behind the account, once per request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from handrail.people.accounts import note_seen
from handrail.people.queries import person_of_account


def person(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the signed-in person on the request, None for visitors; and let the browser carry when they were here."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.person = person_of_account(user) if user.is_authenticated else None  # type: ignore[attr-defined]
        response = answer(request)
        if request.user.is_authenticated and request.session.session_key:
            note_seen(request, response)
        return response

    return handle
