"""What this app shows on lower screens: its station, what waits, the small map, a person's levels."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.competences import access, queries
from handrail.competences.queries import NOTHING, Cell
from handrail.kit import drawing as draw
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, number, plural, signed
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, names_visible_to
from handrail.people.rules import Part
from handrail.programmes.models import Programme
from handrail.research.models import Finding

LEADS = frozenset({Role.COORDINATOR, Role.PROCESS_LEADER})


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """The map for those who lead; the own unit for a line manager."""
    if programme is None:
        return []
    url = reverse("competences:map", args=[programme.uid])
    if authority_of(person).roles(programme.uid) & LEADS:
        return [Station(30, _("Mapping"), url, url)]
    return [Station(30, _("My unit"), url, url)] if queries.has_reports_in(person, programme) else []


@fill("home.waiting", where=lambda person, _programme: queries.requests_asked(person))
def waiting(person: Person, programme: Programme | None) -> list[Waiting]:
    """A manager's question about sharing waits for the person."""
    asked = list(queries.requests_of(person))
    names = names_visible_to(person, [one.manager_id for one in asked], also=[one.manager_id for one in asked])
    return [
        Waiting(
            _("%(name)s asks to see your levels") % {"name": names[one.manager_id]},
            _("You decide. Whatever you answer, you can change it any day."), _("Answer"), reverse("competences:levels"),
        )
        for one in asked
    ]  # fmt: skip


@fill("public.areas")
def competences_by_area(programme: Programme) -> dict[int, str]:
    """What staff learn in each development area, for the public page: its competences in one line."""
    framework = queries.framework_of(programme)
    found: dict[int, list[str]] = {}
    for one in queries.competences_of(framework) if framework else []:
        if one.area.development_area_id:
            found.setdefault(one.area.development_area_id, []).append(str(one))
    return {area: f"{', '.join([names[0], *(_inside(one) for one in names[1:])])}." for area, names in found.items()}


def _inside(name: str) -> str:
    """A name within a sentence: without its capital, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


@fill("home.panels")
def small_map(person: Person, programme: Programme | None) -> list[Panel]:
    """Areas by municipalities, for those who lead: levels against targets, and where the gap is widest."""
    if programme is None or not authority_of(person).roles(programme.uid) & LEADS:
        return []
    framework = queries.framework_of(programme)
    release = queries.release_to_show(queries.releases_of(framework), "") if framework else None
    if framework is None or release is None or not release.answers:
        return []
    sight = queries.sight_of(person, programme)
    table = queries.municipalities_table(framework, release, sight)
    own = [one for one in table.columns if one.is_own] or [one for one in table.columns if one.is_total]
    found = queries.MapTable(own, table.competences).widest_gap()
    table.columns = [one for one in table.columns if not one.is_total]
    url = reverse("competences:map", args=[programme.uid])
    people = sum(one.people for one in table.columns)
    context: dict[str, Any] = {
        "url": url, "columns": [{"label": one.label, "own": one.is_own} for one in table.columns],
        "areas": [{"rows": [{"label": str(area), "cells": [_small(cell) for cell in cells]} for area, cells in queries.area_means(table)]}],
        "note": plural("Level compared with target, %(n)s answer. Fewer than five are not shown.", "Level compared with target, %(n)s answers. Fewer than five are not shown.", people) % {"n": number(people)},
        "gap": {
            "where": found[1].label, "competence": str(found[0]), "distance": signed(found[2].distance),
            "url": f"{url}?cell={found[0].uid}&column={found[1].uid or 'all'}#cell",
        } if found else None,
    }  # fmt: skip
    return [Panel(30, "competences/_map_panel.html", context, column="side")]


@fill("home.panels")
def own_levels(person: Person, programme: Programme | None) -> list[Panel]:
    """The way to one's own levels, for those who take part."""
    if programme is None:
        return []
    rows = [row for row in queries.levels_of(person, programme=programme, only_rated=True) if row.target is not None and row.now]
    if not rows:
        return []
    widest = sorted(rows, key=lambda row: (-row.gap, row.competence.order))[:3]
    return [Panel(60, "competences/_levels_panel.html", {"rows": _lines(widest), "url": reverse("competences:levels"), "own": True})]


@fill("person.panels")
def levels_of_person(viewer: Person, person: Person, programme: Programme | None) -> list[Panel]:
    """A person's levels, for the person and the line manager while it is agreed."""
    if not access.may_see_levels(viewer, person):
        return []
    rows = [row for row in queries.levels_of(person, programme=programme) if row.target is not None and row.now]
    if not rows:
        return []
    url = reverse("competences:levels") if viewer.pk == person.pk else reverse("competences:levels_shared", args=[person.uid])
    return [Panel(40, "competences/_levels_panel.html", {"rows": _lines(rows), "url": url, "own": viewer.pk == person.pk})]


def _small(cell: Cell) -> dict[str, Any]:
    if cell.why_hidden:
        return {"hidden": True}
    if cell is NOTHING or cell.distance is None:
        return {"step": "none"}
    return {"distance": signed(cell.distance), "step": draw.step(cell.distance)}


def _lines(rows: list[queries.LevelRow]) -> list[dict[str, Any]]:
    return [
        {
            "label": str(row.competence), "value": number(row.now.level), "line": draw.level_line(row.now.level, row.target or 0, lowest=0),
            "note": _("Target %(level)s") % {"level": number(row.target)},
        }
        for row in rows
        if row.now
    ]  # fmt: skip


@fill("erasure.parts", order=40)
def parts_of_levels(person: Person) -> list[Part]:
    """Levels and the map."""
    return [
        Part(_("Levels and role profile.")),
        Part(_("That levels were shared, with whom and until when: what a manager has seen must go on counting when small groups are hidden."), "stays"),
        Part(_("The sums of maps that are drawn already, since two looks may not differ by one person: they are drawn without the person once five of the unit are gone."), "stays"),
    ]


@fill("finding.panels")
def competences_that_answer(person: Person, finding: Finding) -> list[Panel]:
    """On a need's page: the competences that answer it, how many lack them, and the way on to what came of it."""
    if finding.kind == Finding.Kind.HELP:
        return []
    may_link = access.may_link_need(person, finding)
    rows = queries.answering(finding, person)
    return [Panel(40, "competences/_answering.html", {"rows": rows, "finding": finding, "may_link": may_link})] if rows or may_link else []
