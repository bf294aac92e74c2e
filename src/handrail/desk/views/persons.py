"""A person's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.desk import queries
from handrail.kit.screens import page, screen
from handrail.people.models import Person
from handrail.people.queries import persons_visible_to
from handrail.programmes.queries import current_programme


@screen(persons_visible_to)
def person(request: HttpRequest, found: Person) -> HttpResponse:
    """Who it is, and what each app shows of them to this viewer."""
    viewer: Person = request.person  # type: ignore[attr-defined]
    shown = queries.person_page(viewer, found, current_programme(viewer, request))
    return page(request, "desk/person.html", name=shown.name, line=shown.line, panels=shown.panels)
