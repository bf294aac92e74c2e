"""The map as one person may see it: read from the drawn columns, which hold no number that is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from handrail.competences.models import Competence, Framework, MapColumn, MapRelease, Rating, RoleProfile
from handrail.competences.queries.frameworks import competences_of
from handrail.competences.queries.known import told_by_the_rest
from handrail.competences.queries.sight import Sight
from handrail.competences.rules import FEW, NEIGHBOUR, shown_mean
from handrail.kit.text import _, spelled
from handrail.people.models import Organisation, Unit
from handrail.programmes.models import Partner, Programme

SELF, MANAGER = str(Rating.Kind.SELF), str(Rating.Kind.MANAGER)


@dataclass(frozen=True)
class Cell:
    """One cell: a mean level against the mean target, or why it is hidden; without people there is nothing."""

    people: int = 0
    level: float | None = None
    target: float | None = None
    end: str = ""  # "low" or "high": the mean lies beyond what is shown
    why_hidden: str = ""

    @cached_property
    def distance(self) -> float | None:
        """Levels over (+) or under (-) the target, from the figures as they are printed: 1.9 against 3.0 is -1.1."""
        if self.level is None or self.target is None:
            return None
        return round(round(self.level, 1) - round(self.target, 1), 1)


NOTHING = Cell()


@dataclass
class ColumnView:
    """One column with its cells by competence."""

    uid: Any  # of the organisation or unit; None for all together, "" for people without a unit
    label: str
    people: int = 0
    is_own: bool = False
    is_total: bool = False
    is_unit: bool = False
    unit_id: int | None = None
    organisation_uid: Any = None
    opens: bool = False  # whether its units may be seen
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass
class MapTable:
    """Competences by columns."""

    columns: list[ColumnView]
    competences: list[Competence]

    def areas(self) -> list[tuple[Any, list[Competence]]]:
        """The competences by area, in order."""
        found: dict[int, tuple[Any, list[Competence]]] = {}
        for one in self.competences:
            found.setdefault(one.area_id, (one.area, []))[1].append(one)
        return list(found.values())

    def hidden(self) -> tuple[int, int]:
        """How many cells are hidden because they are few, and how many to protect a neighbour."""
        reasons = [cell.why_hidden for column in self.columns for cell in column.cells.values()]
        return reasons.count(FEW), reasons.count(NEIGHBOUR)

    def widest_gap(self) -> tuple[Competence, ColumnView, Cell] | None:
        """The competence furthest under its target, in the total where there is one, else in any column shown."""
        columns = [one for one in self.columns if one.is_total] or self.columns
        found = [
            (cell.distance, -index, one, column, cell)
            for index, one in enumerate(self.competences)
            for column in columns
            if (cell := column.cells.get(one.pk, NOTHING)).distance is not None and cell.distance < 0
        ]
        if not found:
            return None
        _distance, _index, one, column, cell = min(found, key=lambda row: (row[0], -row[1]))
        return one, column, cell


def releases_of(framework: Framework) -> list[MapRelease]:
    """The drawn measurements of a framework, the newest first."""
    rows = MapRelease.objects.filter(framework=framework).select_related("round")
    return sorted(rows, key=lambda one: (one.round.opens_on if one.round else date.min, one.pk), reverse=True)


def release_to_show(releases: Iterable[MapRelease], wanted: str) -> MapRelease | None:
    """The measurement that was asked for, else the newest that half as many answered as the fullest."""
    rows = list(releases)
    for one in rows:
        if wanted and one.round is not None and str(one.round.uid) == wanted:
            return one
    most = max((one.answers for one in rows), default=0)
    return next((one for one in rows if one.answers and 2 * one.answers >= most), rows[0] if rows else None)


def profiles_in(release: MapRelease) -> QuerySet[RoleProfile]:
    """The role profiles that can be told apart in a measurement."""
    return RoleProfile.objects.filter(
        pk__in=MapColumn.objects.filter(release=release, organisation=None).exclude(profile=None).values("profile_id")
    )


@dataclass(frozen=True)
class UnitName:
    """A unit that has a column: the column's id, the unit (None: people without one), and what it is called."""

    column: int
    unit_id: int | None
    uid: Any
    label: str


@dataclass(frozen=True)
class UnitPart:
    """Some of a municipality's units, and how many there are in all: which figures are hidden follows from all of them."""

    units: Sequence[UnitName]
    of: int


def unit_names(release: MapRelease, organisation: Organisation, *, kind: str = SELF, profile: RoleProfile | None = None) -> list[UnitName]:
    """A municipality's units that have a column, in the order in which they stand on the map."""
    rows = _columns(release, kind, profile).filter(organisation=organisation, is_unit=True)
    named = sorted(rows.values_list("pk", "unit_id", "unit__uid", "unit__name"), key=lambda row: (row[1] is None, row[3] or "", row[1] or 0))
    nobody = str(_("Without unit"))
    return [UnitName(pk, unit, uid or "", name or nobody) for pk, unit, uid, name in named]


def municipalities_table(
    framework: Framework, release: MapRelease, sight: Sight, *, kind: str = SELF, profile: RoleProfile | None = None
) -> MapTable:
    """Every municipality with the total of all: for those who see municipalities; the own one comes first."""
    rows = _columns(release, kind, profile).filter(is_unit=False)
    drawn = {row.organisation_id: row for row in rows}
    partners = [one.organisation for one in Partner.objects.filter(programme_id=framework.programme_id).select_related("organisation")]
    partners.sort(key=lambda one: one.pk != sight.own_organisation)
    shown = [one for one in partners if one.pk in drawn]
    columns = [
        ColumnView(
            one.uid, str(one), is_own=one.pk == sight.own_organisation, organisation_uid=one.uid, opens=sight.sees_units_of(one.pk)
        )
        for one in shown
    ]
    for one, column in zip(shown, columns, strict=True):
        _fill(column, drawn[one.pk])
    if len(columns) > 1 and None in drawn:
        total = ColumnView(None, str(_("All %(count)s") % {"count": spelled(len(columns))}), is_total=True)
        columns.append(_fill(total, drawn[None]))
    return MapTable(columns, list(competences_of(framework)))


def units_table(
    framework: Framework, release: MapRelease, organisation: Organisation, sight: Sight, *, kind: str = SELF,
    profile: RoleProfile | None = None, part: UnitPart | None = None,
) -> MapTable:  # fmt: skip
    """A municipality's units (or some of them) and the municipality itself: for its process leader."""
    of_all = _columns(release, kind, profile).filter(organisation=organisation)
    shown = part.units if part else unit_names(release, organisation, kind=kind, profile=profile)
    rows = {row.pk: row for row in (of_all.filter(Q(is_unit=False) | Q(pk__in=[one.column for one in shown])) if part else of_all)}
    columns = [
        _fill(ColumnView(one.uid, one.label, is_unit=True, unit_id=one.unit_id, organisation_uid=organisation.uid), rows[one.column])
        for one in shown
        if one.column in rows
    ]
    for row in rows.values():
        if not row.is_unit:
            is_total = (part.of if part else len(columns)) > 1
            columns.append(_fill(ColumnView(organisation.uid, str(organisation), is_total=is_total, organisation_uid=organisation.uid), row))
    _protect_the_rest(framework, release, organisation.pk, columns, sight, of_all)
    return MapTable(columns, list(competences_of(framework)))


def own_units_table(framework: Framework, release: MapRelease, sight: Sight) -> MapTable:
    """The units of a line manager's own reports: own ratings of everybody in them, never single people."""
    of_all = _columns(release, SELF, None).filter(is_unit=True, unit_id__in=[one for one in sight.own_units if one])
    rows = list(of_all)
    columns: list[ColumnView] = []
    for organisation in Organisation.objects.filter(pk__in={row.organisation_id for row in rows}):
        of_one = [row for row in rows if row.organisation_id == organisation.pk]
        made = _unit_columns(of_one, organisation)
        _protect_the_rest(framework, release, organisation.pk, made, sight, of_all.filter(organisation=organisation))
        columns += made
    for column in columns:
        column.is_own = True
    return MapTable(columns, list(competences_of(framework)))


def counterpart(release: MapRelease, kind: str, column: ColumnView, competence: Competence) -> Cell:
    """The same cell by the other kind of rating: own beside the manager's."""
    where = Q(organisation=None) if column.organisation_uid is None else Q(organisation__uid=column.organisation_uid)
    if column.is_unit:
        where &= Q(unit=None) if not column.uid else Q(unit__uid=column.uid)
    row = _columns(release, MANAGER if kind == SELF else SELF, None).filter(where, is_unit=column.is_unit).first()
    return _cell(row.cells.get(str(competence.pk))) if row else NOTHING


def area_means(table: MapTable) -> list[tuple[Any, list[Cell]]]:
    """Each area's mean distance by column, for the small map: hidden as soon as one of its competences is, for it could be worked out."""
    found = []
    for area, competences in table.areas():
        cells = []
        for column in table.columns:
            parts = [column.cells[one.pk] for one in competences if one.pk in column.cells]
            if not parts:
                cells.append(NOTHING)
            elif any(part.why_hidden for part in parts):
                cells.append(Cell(why_hidden=NEIGHBOUR))
            else:
                levels = sum(part.level or 0 for part in parts) / len(parts)
                cells.append(Cell(max(part.people for part in parts), levels, sum(part.target or 0 for part in parts) / len(parts)))
        found.append((area, cells))
    return found


def measurement_name(release: MapRelease) -> str:
    """What a measurement is called."""
    return str(release.round.title) if release.round else str(_("Ratings outside rounds"))


def _columns(release: MapRelease, kind: str, profile: RoleProfile | None) -> QuerySet[MapColumn]:
    return MapColumn.objects.filter(release=release, kind=kind, profile=profile)


def _unit_columns(rows: Iterable[MapColumn], organisation: Organisation) -> list[ColumnView]:
    drawn = {row.unit_id: row for row in rows}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for pk in drawn if pk])}
    columns = []
    for unit_id in sorted(drawn, key=lambda pk: (pk is None, units[pk].name if pk else "")):
        unit = units.get(unit_id) if unit_id else None
        column = ColumnView(
            unit.uid if unit else "", str(unit or _("Without unit")), is_unit=True, unit_id=unit_id, organisation_uid=organisation.uid
        )
        columns.append(_fill(column, drawn[unit_id]))
    return columns


def _fill(column: ColumnView, row: MapColumn) -> ColumnView:
    column.people = row.people
    column.cells = {int(competence): _cell(said) for competence, said in row.cells.items()}
    return column


def _cell(said: Any) -> Cell:
    if said is None:
        return NOTHING
    if isinstance(said, str):
        return Cell(why_hidden=said)
    return _mean_cell(*said)


@lru_cache(maxsize=4096)
def _mean_cell(people: int, levels: int, targets: int) -> Cell:
    mean, end = shown_mean(levels, people)
    return Cell(people, mean, targets / people, end)


def _protect_the_rest(
    framework: Framework, release: MapRelease, organisation_id: int, columns: list[ColumnView], sight: Sight, of_all: QuerySet[MapColumn]
) -> None:
    hidden = told_by_the_rest(framework, release, organisation_id, sight, of_all)
    for column in columns:
        for competence in column.cells if column.is_unit and hidden else ():
            if (column.unit_id, competence) in hidden:
                column.cells[competence] = Cell(why_hidden=NEIGHBOUR)


def municipality(programme: Programme, uid: Any) -> Organisation | None:
    """A municipality of a programme."""
    partner = Partner.objects.filter(programme=programme, organisation__uid=uid).select_related("organisation").first()
    return partner.organisation if partner else None
