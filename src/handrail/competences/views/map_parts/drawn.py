"""The map itself: columns, rows and cells, of groups and of the single people who share with their manager."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from handrail.competences import queries
from handrail.competences.models import Competence
from handrail.competences.queries import NOTHING, ColumnView, MapTable
from handrail.competences.views.map_parts.figures import Printed, beginnings, column_name, is_meant, legend
from handrail.competences.views.map_parts.look import Look
from handrail.kit import drawing as draw
from handrail.kit.tables import with_query
from handrail.kit.text import _, number, plural, signed
from handrail.people.models import Person
from handrail.people.queries import Names
from handrail.programmes.models import Programme

Named = list[tuple[ColumnView, str]]  # columns, each as the address calls it
MARK = UUID(int=0)  # stands where a competence's uid will


def drawing(look: Look) -> dict[str, Any]:
    """Columns, rows and legend for the heat map."""
    assert look.table is not None
    chosen = (look.request.GET.get("cell", ""), look.request.GET.get("column", ""))
    named = list(zip(look.table.columns, beginnings(column_name(one.uid) for one in look.table.columns), strict=True))
    short = dict(zip(look.table.competences, beginnings(str(one.uid) for one in look.table.competences), strict=True))
    kept = with_query(look.request, cell=None, column=None)
    printed = Printed(kept if kept.startswith("?") else "")
    start, end = reverse("desk:thread", args=["competence", MARK]).split(str(MARK))
    areas = [
        {"name": area, "rows": [_row(one, short[one], named, chosen, printed, SafeString(f"{start}{one.uid}{end}")) for one in competences]}
        for area, competences in look.table.areas()
    ]
    answers = {people: _answers(people) for people in {one.people for one in look.table.columns}}
    return {
        "columns": [_head(look, column, answers[column.people]) for column in look.table.columns], "areas": areas, "legend": legend(),
        "caption": _("Competences by %(columns)s: level and distance to the target")
        % {"columns": _("municipality") if look.organisation is None and look.sight.municipalities else _("unit")},
    }  # fmt: skip


def _head(look: Look, column: ColumnView, answers: Any) -> dict[str, Any]:
    url = with_query(look.request, **{"in": column.uid, "cell": None, "column": None}) if column.opens else ""
    return {"label": column.label, "sub": answers, "own": column.is_own, "total": column.is_total, "url": url}


def _answers(people: int) -> Any:
    return str(plural("%(n)s answer", "%(n)s answers", people) % {"n": number(people)}) if people else _("hidden")


def _row(competence: Competence, short: str, named: Named, chosen: tuple[str, str], printed: Printed, url: str) -> dict[str, Any]:
    key = competence.pk
    total = next((one.cells.get(key) for one, _name in named if one.is_total), None)
    target = printed.target(total.target) if total and total.target is not None else ""
    is_opened = is_meant(str(competence.uid), chosen[0])
    address = printed.addresses(short)
    cells: list[Any] = []
    for column, name in named:
        cell = column.cells.get(key, NOTHING)
        if cell.why_hidden or cell.level is None:
            cells.append(printed.face(cell, is_total=column.is_total))
        elif is_opened and is_meant(column_name(column.uid), chosen[1]):
            cells.append({**printed.face(cell, is_total=column.is_total), "chosen": True, "url": SafeString(address % name)})
        else:
            cells.append((printed.face(cell, is_total=column.is_total), SafeString(address % name)))
    return {"label": str(competence), "sub": target, "cells": cells, "url": url}


def people_drawing(programme: Programme, shared: list[Person], names: Names) -> dict[str, Any]:
    """Competences by people: own level now and distance to the role's target."""
    framework = queries.framework_of(programme)
    if framework is None or not shared:
        return {"columns": [], "areas": []}
    levels = queries.levels_side_by_side(framework, [one.pk for one in shared])
    columns = [
        {"label": names[one.pk].text, "url": reverse("competences:levels_shared", args=[one.uid])} for one in shared
    ]
    table = MapTable([], list(queries.competences_of(framework)))
    single = cache(_single)  # one face for each pair of level and target
    areas = [
        {"name": area, "rows": [{"label": str(one), "cells": [single(levels.get((person.pk, one.pk))) for person in shared]} for one in of_area]}
        for area, of_area in table.areas()
    ]
    return {"columns": columns, "areas": areas, "legend": legend()}


def _single(row: tuple[int | None, int] | None) -> dict[str, Any]:
    if row is None or row[0] is None:
        return {"step": "none"}
    distance = row[0] - row[1]
    return {"level": number(row[0]), "distance": signed(distance, 0), "step": draw.step(distance)}
