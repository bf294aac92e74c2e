"""The map's numbers in the shapes that the components take."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import xlsxwriter
from django.http import Http404, HttpRequest
from django.urls import reverse

from handrail.competences import queries
from handrail.competences.forms import MapFilters
from handrail.competences.models import Competence, Framework, MapRelease, RoleProfile
from handrail.competences.queries import NOTHING, Cell, ColumnView, MapTable, Sight
from handrail.competences.rules import FEW
from handrail.kit import drawing as draw
from handrail.kit.tables import with_query
from handrail.kit.text import _, number, plural, signed
from handrail.people.models import Organisation, Person
from handrail.people.queries import Names
from handrail.programmes.models import Programme

Row = tuple[Competence, ColumnView, Cell]


@dataclass
class Look:
    """What the address asks for, and what is there to see."""

    request: HttpRequest
    programme: Programme
    sight: Sight
    framework: Framework | None = None
    release: MapRelease | None = None
    releases: list[MapRelease] = field(default_factory=list)
    kind: str = queries.SELF
    profile: RoleProfile | None = None
    organisation: Organisation | None = None
    table: MapTable | None = None

    @property
    def is_table(self) -> bool:
        """Whether the table is asked for instead of the map."""
        return self.request.GET.get("view") == "table"

    @property
    def is_preliminary(self) -> bool:
        """Whether answers still come in."""
        return self.release is not None and self.release.round is not None and self.kind not in self.release.closed_kinds


def look_at(request: HttpRequest, programme: Programme) -> Look:
    """Read the address: whose rating, which role profile, which measurement, which municipality. Raises Http404 for what one may not see."""
    asked, person = request.GET, request.person  # type: ignore[attr-defined]
    look = Look(request, programme, queries.sight_of(person, programme), queries.framework_of(programme))
    if look.framework is None:
        return look
    look.releases = [one for one in queries.releases_of(look.framework) if one.answers]
    look.release = queries.release_to_show(look.releases, asked.get("round", ""))
    if look.release is None:
        return look
    if look.sight.may_filter:
        look.kind = queries.MANAGER if asked.get("kind") == queries.MANAGER else queries.SELF
        wanted = asked.get("profile", "")
        look.profile = next((one for one in queries.profiles_in(look.release) if str(one.uid) == wanted), None)
    look.organisation = _organisation(look, asked.get("in", ""))
    if look.organisation is not None:
        look.table = queries.units_table(
            look.framework, look.release, look.organisation, look.sight, kind=look.kind, profile=look.profile
        )
    elif look.sight.municipalities:
        look.table = queries.municipalities_table(look.framework, look.release, look.sight, kind=look.kind, profile=look.profile)
    else:
        look.table = queries.own_units_table(look.framework, look.release, look.sight)
    return look


def _organisation(look: Look, wanted: str) -> Organisation | None:
    if not wanted:
        return None
    try:
        found = queries.municipality(look.programme, UUID(wanted))
    except ValueError:
        raise Http404 from None
    if found is None or not look.sight.sees_units_of(found.pk):
        raise Http404
    return found


# --- around the map -------------------------------------------------------------------------------------------------------------


def frame(look: Look) -> dict[str, Any]:
    """Heading, finding, filters, and the ways to look at the same."""
    assert look.table is not None and look.release is not None
    found = look.table.widest_gap()
    profiles = queries.profiles_in(look.release) if look.sight.may_filter else []
    chosen = {**look.request.GET.dict(), "kind": look.kind}
    chosen["round"] = str(look.release.round.uid) if look.release.round else ""
    few, neighbours = look.table.hidden()
    return {
        "filters": MapFilters(chosen=chosen, releases=look.releases, profiles=profiles, may_filter=look.sight.may_filter),
        "finding": {"where": _where(look, found[1]), "competence": str(found[0]), "distance": signed(found[2].distance)} if found else None,
        "views": [
            {"label": _("Map"), "url": with_query(look.request, view=None, page=None, sort=None), "current": not look.is_table},
            {"label": _("Table"), "url": with_query(look.request, view="table", cell=None, column=None), "current": look.is_table},
        ],
        "files": [
            {"label": kind.upper(), "url": reverse("competences:map_file", args=[look.programme.uid, kind]) + _query(look.request)}
            for kind in ("xlsx", "csv")
        ],
        "hidden_note": hidden_note(few, neighbours),
        "trail": _trail(look),
    }  # fmt: skip


def hidden_note(few: int, neighbours: int) -> str:
    """How many cells are hidden, and why."""
    if not few + neighbours:
        return ""
    text = str(plural("%(n)d cell is hidden.", "%(n)d cells are hidden.", few + neighbours) % {"n": few + neighbours})
    why = _("%(few)d have fewer than five answers, %(neighbours)d could otherwise be worked out from the sum.")
    return f"{text} {why % {'few': few, 'neighbours': neighbours}}"


def _where(look: Look, column: ColumnView) -> Any:
    if column.is_total and look.organisation is None:
        return _("all %(count)s municipalities") % {"count": queries.counted(sum(not one.is_total for one in look.table.columns))}  # type: ignore[union-attr]
    return column.label


def _trail(look: Look) -> list[tuple[Any, str]]:
    if look.organisation is None:
        return []
    return [(_("All municipalities"), with_query(look.request, **{"in": None, "cell": None, "column": None})), (str(look.organisation), "")]


def _query(request: HttpRequest) -> str:
    found = with_query(request, page=None, cell=None, column=None)
    return found if found.startswith("?") else ""


# --- the map --------------------------------------------------------------------------------------------------------------------


def drawing(look: Look) -> dict[str, Any]:
    """Columns, rows and legend for the heat map."""
    assert look.table is not None
    chosen = (look.request.GET.get("cell", ""), look.request.GET.get("column", ""))
    kept = with_query(look.request, cell=None, column=None)
    printed = Printed(kept if kept.startswith("?") else "")
    areas = [
        {"name": area, "rows": [_row(look, one, chosen, printed) for one in competences]} for area, competences in look.table.areas()
    ]
    return {
        "columns": [_head(look, column) for column in look.table.columns], "areas": areas, "legend": legend(),
        "caption": _("Competences by %(columns)s: level and distance to the target")
        % {"columns": _("municipality") if look.organisation is None and look.sight.municipalities else _("unit")},
    }  # fmt: skip


def _head(look: Look, column: ColumnView) -> dict[str, Any]:
    n = plural("%(n)s answer", "%(n)s answers", column.people) % {"n": number(column.people)} if column.people else _("hidden")
    url = with_query(look.request, **{"in": column.uid, "cell": None, "column": None}) if column.opens else ""
    return {"label": column.label, "sub": n, "own": column.is_own, "total": column.is_total, "url": url}


def _row(look: Look, competence: Competence, chosen: tuple[str, str], printed: Printed) -> dict[str, Any]:
    assert look.table is not None
    total = next((one.cells.get(competence.pk) for one in look.table.columns if one.is_total), None)
    target = _("Target %(level)s") % {"level": number(total.target, 1)} if total and total.target is not None else ""
    cells = [_drawn(competence, column, chosen, printed) for column in look.table.columns]
    return {"label": str(competence), "sub": target, "cells": cells}


def _drawn(competence: Competence, column: ColumnView, chosen: tuple[str, str], printed: Printed) -> dict[str, Any]:
    cell = column.cells.get(competence.pk, NOTHING)
    if cell.why_hidden:
        return {"hidden": True, "total": column.is_total}
    if cell.level is None:
        return {"step": "none", "total": column.is_total}
    name = column_name(column)
    distance = cell.distance or 0.0
    return {
        "level": printed.level(cell), "distance": printed.distance(distance), "step": printed.step(distance), "total": column.is_total,
        "url": printed.address(competence, name), "chosen": chosen == (str(competence.uid), name),
    }  # fmt: skip


class Printed:
    """Figures and addresses of one page, each made once: a map of fifty units has thousands of cells and a few dozen figures."""

    def __init__(self, address: str) -> None:
        self.start = address + ("&" if address.startswith("?") else "?")
        self.level = cached(level_text)
        self.distance = cached(signed)
        self.step = cached(draw.step)

    def address(self, competence: Competence, column: str) -> str:
        """The address that opens a cell."""
        return f"{self.start}cell={competence.uid}&column={column}#cell"


def cached(make: Callable[[Any], str]) -> Callable[[Any], str]:
    """The same function, asked once for each figure (a cell counts by its printed level)."""
    known: dict[Any, str] = {}

    def ask(value: Any) -> str:
        key = (round(value.level or 0.0, 1), value.end) if isinstance(value, Cell) else value
        if key not in known:
            known[key] = make(value)
        return known[key]

    return ask


def column_name(column: ColumnView) -> str:
    """How the address calls a column: its uid, "all", or "none" for people without a unit."""
    return "all" if column.uid is None else str(column.uid or "none")


def level_text(cell: Cell) -> str:
    """The mean as it is printed; beyond the ends of the scale only the end."""
    text = number(cell.level, 1)
    return {"low": f"≤{text}", "high": f"≥{text}"}.get(cell.end, text)


def legend() -> list[tuple[str, Any]]:
    """What the colours mean."""
    def span(start: float, end: float) -> Any:
        return _("%(start)s to %(end)s") % {"start": signed(start), "end": signed(end)}

    return [
        ("over-1", _("Above target")), ("target", _("At target")), ("need-1", span(-0.2, -0.4)), ("need-2", span(-0.5, -0.7)),
        ("need-3", span(-0.8, -1.0)), ("need-4", span(-1.1, -1.3)), ("need-5", _("%(start)s and more") % {"start": signed(-1.4)}),
    ]  # fmt: skip


# --- the opened cell --------------------------------------------------------------------------------------------------------------


def panel(look: Look) -> dict[str, Any] | None:
    """The opened cell: level against target, own beside the manager's, and the units below it."""
    assert look.table is not None and look.release is not None and look.framework is not None
    asked = look.request.GET
    competence = next((one for one in look.table.competences if str(one.uid) == asked.get("cell")), None)
    column = next((one for one in look.table.columns if column_name(one) == asked.get("column")), None)
    cell = column.cells.get(competence.pk, NOTHING) if competence and column else NOTHING
    if competence is None or column is None or cell.level is None:
        return None
    other = queries.counterpart(look.release, look.kind, column, competence) if look.sight.may_filter and look.profile is None else NOTHING
    pair = (cell, other) if look.kind == queries.SELF else (other, cell)
    return {
        "trail": [(column.label, ""), (str(competence), "")], "competence": competence, "level": level_text(cell), "target": number(cell.target, 1),
        "people": cell.people, "own": level_text(pair[0]) if pair[0].level is not None else "",
        "managers": level_text(pair[1]) if pair[1].level is not None else "", "lines": _lines(look, competence, column),
        "scale": [f"{level} {name}" for level, name in queries.level_names(look.framework)],
        "close": with_query(look.request, cell=None, column=None), "is_total": column.is_total,
    }  # fmt: skip


def _lines(look: Look, competence: Competence, column: ColumnView) -> list[dict[str, Any]]:
    assert look.table is not None and look.framework is not None and look.release is not None
    if column.is_total:
        below: Iterable[ColumnView] = [one for one in look.table.columns if not one.is_total]
    elif column.opens:
        organisation = queries.municipality(look.programme, column.uid)
        assert organisation is not None
        below = queries.units_table(
            look.framework, look.release, organisation, look.sight, kind=look.kind, profile=look.profile
        ).columns
        below = [one for one in below if one.is_unit]
    else:
        return []
    return [level_line(one.label, one.cells[competence.pk]) for one in below if competence.pk in one.cells]


def level_line(label: str, cell: Cell) -> dict[str, Any]:
    """One line of level, target and gap."""
    if cell.why_hidden:
        note = _("fewer than five") if cell.why_hidden == FEW else _("protects its neighbour")
        return {"label": label, "hidden": True, "note": note}
    assert cell.level is not None and cell.target is not None
    n = plural("%(n)s answer", "%(n)s answers", cell.people) % {"n": number(cell.people)}
    return {
        "label": label, "note": n, "value": level_text(cell), "line": draw.level_line(cell.level, cell.target, lowest=0),
        "target_text": _("Target %(level)s") % {"level": number(cell.target, 1)},
    }  # fmt: skip


# --- table and files --------------------------------------------------------------------------------------------------------------


def table_rows(look: Look) -> list[Row]:
    """Every competence by column, sorted as the address asks; hidden ones last."""
    assert look.table is not None
    rows = [(one, column, column.cells[one.pk]) for one in look.table.competences for column in look.table.columns if one.pk in column.cells]
    order = {one.pk: index for index, one in enumerate(look.table.competences)}
    wanted = look.request.GET.get("sort", "gap")
    keys: dict[str, Any] = {
        "gap": lambda row: row[2].distance or 0.0, "level": lambda row: row[2].level or 0.0, "column": lambda row: row[1].label,
        "competence": lambda row: order[row[0].pk], "n": lambda row: row[2].people,
    }  # fmt: skip
    key = keys.get(wanted.lstrip("-"), keys["gap"])
    rows.sort(key=lambda row: (key(row), order[row[0].pk]), reverse=wanted.startswith("-"))
    return [row for row in rows if not row[2].why_hidden] + [row for row in rows if row[2].why_hidden]


def table_columns(look: Look) -> list[dict[str, Any]]:
    """The table's head."""
    where = _("Municipality") if look.organisation is None and look.sight.municipalities else _("Unit")
    return [
        {"label": _("Competence"), "key": "competence"}, {"label": _("Area")}, {"label": where, "key": "column"},
        {"label": _("Level"), "key": "level", "number": True}, {"label": _("Target"), "number": True},
        {"label": _("Distance"), "key": "gap", "number": True}, {"label": _("Answers"), "key": "n", "number": True},
    ]  # fmt: skip


def as_cells(look: Look, row: Row) -> dict[str, Any]:
    """One row as the table prints it."""
    competence, column, cell = row
    if cell.why_hidden:
        return {"cells": [str(competence), str(competence.area), column.label, _("hidden"), "–", _("hidden"), _("fewer than five") if cell.why_hidden == FEW else _("protects its neighbour")]}
    return {
        "cells": [
            str(competence), str(competence.area), column.label, level_text(cell), number(cell.target, 1),
            {"text": signed(cell.distance), "strong": True}, number(cell.people),
        ]
    }  # fmt: skip


def as_file(look: Look, kind: str) -> bytes:
    """The rows that the screen shows as CSV (for Excel in Swedish: semicolons) or workbook; texts are never formulas."""
    head = [str(one["label"]) for one in table_columns(look)]
    rows = [_plain_row(row) for row in table_rows(look)]
    if kind == "xlsx":
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            for index, cells in enumerate([head, *rows]):
                sheet.write_row(index, 0, cells)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 2, 30)
        return out.getvalue()
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in [head, *rows]:
        writer.writerow([number(cell, 1) if isinstance(cell, float) else _inert(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _plain_row(row: Row) -> list[Any]:
    competence, column, cell = row
    hidden = str(_("hidden"))
    names = [str(competence), str(competence.area), column.label]
    if cell.why_hidden or cell.level is None or cell.target is None:
        return [*names, hidden, "", hidden, ""]
    level: Any = level_text(cell) if cell.end else round(cell.level, 1)
    return [*names, level, round(cell.target, 1), cell.distance, cell.people]


def _inert(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r＝＋－＠") else value


# --- single people, for the line manager they share with ----------------------------------------------------------------------------


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
    areas = [
        {"name": area, "rows": [{"label": str(one), "cells": [_single(levels.get((person.pk, one.pk))) for person in shared]} for one in of_area]}
        for area, of_area in table.areas()
    ]
    return {"columns": columns, "areas": areas, "legend": legend()}


def _single(row: tuple[int | None, int] | None) -> dict[str, Any]:
    if row is None or row[0] is None:
        return {"step": "none"}
    distance = row[0] - row[1]
    return {"level": number(row[0]), "distance": signed(distance, 0), "step": draw.step(distance)}
