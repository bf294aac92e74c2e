"""The heat map: from all municipalities down to a unit, as a map, a table and a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from handrail.competences import access, queries
from handrail.competences.views import map_parts
from handrail.kit.kept import kept_screen
from handrail.kit.screens import download, page, screen
from handrail.kit.tables import paged
from handrail.people.models import Person
from handrail.people.queries import names_visible_to
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@screen(programmes_visible_to, may=access.may_see_map)
@kept_screen
def map_show(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Where staff stand against what their roles ask."""
    look = map_parts.look_at(request, programme)
    if look.table is None:
        return page(request, "competences/map_empty.html", look=look, programme=programme, may_bring_in=access.may_bring_in_framework(request.person, programme))
    if look.is_table:
        rows = map_parts.table_rows(look)
        shown = paged(request, rows)
        context: dict[str, Any] = {"paged": shown, "columns": map_parts.table_columns(look), "rows": [map_parts.as_cells(look, row) for row in shown.rows]}
        return page(request, "competences/map_table.html", look=look, programme=programme, **map_parts.frame(look), **context)
    return page(
        request, "competences/map.html", look=look, programme=programme, **map_parts.frame(look), **map_parts.drawing(look),
        panel=map_parts.panel(look),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_see_map)
def map_file(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    """Exactly what the screen shows, as a file."""
    look = map_parts.look_at(request, programme, whole=True)
    if kind not in FILES or look.table is None:
        raise Http404
    return download(map_parts.as_file(look, kind), name=f"competence-map.{kind}", kind=FILES[kind])


@screen(programmes_visible_to, may=access.may_see_reports)
def map_people(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The reports who share their levels with their line manager, side by side; who does not share is not shown."""
    reports, shared = queries.reports_of(request.person, programme)  # asked each time: what was seen goes with the agreement
    return _side_by_side(request, programme, reports, shared, kept_by=[[one.pk for one in reports], [one.pk for one in shared]])


@kept_screen
def _side_by_side(request: HttpRequest, programme: Programme, reports: list[Person], shared: list[Person]) -> HttpResponse:
    names = names_visible_to(request.person, [one.pk for one in reports])
    context = map_parts.people_drawing(programme, shared, names)
    asked = {one.person_id for one in queries.requests_by(request.person)}
    others = [(one, names[one.pk], one.pk in asked) for one in reports if one not in shared]
    return page(request, "competences/map_people.html", programme=programme, others=others, shared=shared, **context)
