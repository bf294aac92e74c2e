"""The figures of a programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.desk import access, queries
from handrail.kit.kept import kept_screen
from handrail.kit.screens import page, screen
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_figures)
@kept_screen
def evidence(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each figure with its definition and its thread."""
    person = request.person  # type: ignore[attr-defined]
    heading, figures = queries.figures_of(person, programme)
    return page(
        request, "desk/evidence.html", programme=programme, heading=heading, figures=figures, is_auditor=access.only_looks(person, programme)
    )
