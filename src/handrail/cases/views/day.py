"""A caseworker's day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.cases import access, queries
from handrail.kit.screens import page, screen
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_list_cases)
def day(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who waits, what is overdue, which clock runs, what is today."""
    found = queries.day_of(request.person, programme)
    return page(request, "cases/day.html", programme=programme, day=found, urgent=len(found["waits"]) + len(found["late"]), total=sum(map(len, found.values())))
