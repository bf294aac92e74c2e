"""Who asks: the person behind the account, once per request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from handrail.people.queries import person_of_account


def person(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the signed-in person on the request; None for visitors."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.person = person_of_account(user) if user.is_authenticated else None  # type: ignore[attr-defined]
        return answer(request)

    return handle
