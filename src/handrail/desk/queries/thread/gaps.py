"""The gap behind: the municipality's from the drawn map, a manager's unit's, one's own; or why it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from handrail.competences.models import MapRelease
from handrail.competences.queries import (
    ColumnView,
    MapTable,
    measurement_name,
    municipalities_table,
    own_units_table,
    profile_of,
    release_to_show,
    releases_of,
    targets_of,
)
from handrail.desk.queries.thread.facts import Facts
from handrail.desk.queries.thread.trail import Level, Trail
from handrail.instruments.models import Round
from handrail.kit.text import _


@dataclass(frozen=True)
class Gap:
    """A level against its target, or the reason why it is not shown."""

    where: str = ""
    level: float = 0
    target: float = 0
    distance: float = 0  # under the target is negative
    people: int = 0
    source: str = ""
    url: str = ""
    is_own: bool = False
    closed: Any = ""


def gap_of(trail: Trail, facts: Facts) -> Gap:
    """The gap of this trail, as far as its reader may see it."""
    if trail.sight.is_auditor:
        return Gap(closed=_("Ratings and answers belong to those who gave them. They are not part of an audit."))
    if facts.is_own or not trail.sight.map:
        return _own_gap(trail)
    releases = releases_of(trail.framework) if trail.framework else []
    release = _release_behind(releases)
    if release is None or trail.framework is None or trail.competence is None:
        return Gap(closed=_("No mapping has been drawn yet."))
    if trail.sight.map.municipalities:
        table = municipalities_table(trail.framework, release, trail.sight.map)
        column = _municipality(trail, table)
    else:
        table = own_units_table(trail.framework, release, trail.sight.map)
        column = _unit(table, facts)
    return _from_map(trail, release, column)


def _release_behind(releases: list[MapRelease]) -> MapRelease | None:
    """The measurement before the training, the reason for it; else the one that the map shows."""
    before = [one for one in releases if one.answers and one.round is not None and one.round.phase == Round.Phase.BEFORE]
    return release_to_show(before or [one for one in releases if one.answers], "")


def _municipality(trail: Trail, table: MapTable) -> ColumnView | None:
    wanted = trail.organisation
    if wanted is not None:
        return next((one for one in table.columns if not one.is_total and one.organisation_uid == wanted.uid), None)
    own = next((one for one in table.columns if one.is_own), None)
    total = next((one for one in table.columns if one.is_total), None)
    is_leader = bool(trail.sight.led) and not trail.sight.is_owner and trail.start != Level.GAP
    return (own if is_leader else total) or total or own or next(iter(table.columns), None)


def _unit(table: MapTable, facts: Facts) -> ColumnView | None:
    unit = facts.work.unit if facts.work else None
    return next((one for one in table.columns if unit is not None and one.uid == unit.uid), None) or next(iter(table.columns), None)


def _from_map(trail: Trail, release: MapRelease, column: ColumnView | None) -> Gap:
    cell = column.cells.get(trail.competence.pk) if column and trail.competence else None
    where = column.label if column else str(trail.organisation or "")
    if column is not None and column.is_total:
        where = where[:1].lower() + where[1:]  # "all five" stands inside a sentence
    if cell is not None and cell.why_hidden:
        return Gap(where, closed=_("Hidden: fewer than five have answered, or it could be worked out who they are."))
    if column is None or cell is None or cell.level is None or cell.target is None or cell.distance is None:
        return Gap(where, closed=_("Nobody there has answered about this competence."))
    asked = {"cell": trail.competence.uid if trail.competence else "", "column": "all" if column.uid is None else column.uid}
    if release.round is not None:
        asked["round"] = release.round.uid
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return Gap(
        where, cell.level, cell.target, cell.distance, cell.people, measurement_name(release),
        f"{reverse('competences:map', args=[trail.programme.uid])}?{query}#cell",
    )  # fmt: skip


def _own_gap(trail: Trail) -> Gap:
    """One's own level against what one's role asks, for the person alone."""
    viewer, rating = trail.sight.viewer, trail.rating
    if rating is None or rating.person_id != viewer.pk or trail.framework is None:
        return Gap(closed=_("How groups stand is seen by the project owner, the process leaders and line managers."))
    profile = profile_of([viewer.pk], trail.framework).get(viewer.pk)
    target = targets_of(trail.framework).get((profile.pk, rating.competence_id)) if profile else None
    if target is None:
        return Gap(closed=_("Your role does not ask for a level in this competence."))
    return Gap(
        level=rating.level, target=target.level, distance=rating.level - target.level, people=1, is_own=True,
        source=str(rating.round.title) if rating.round else "", url=reverse("competences:levels"),
    )  # fmt: skip
