"""The opened cell: level against target, own beside the manager's, and what lies below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handrail.competences import queries
from handrail.competences.queries import NOTHING, Cell, ColumnView, UnitPart
from handrail.competences.rules import FEW
from handrail.competences.views.map_parts.figures import column_name, is_meant, level_text
from handrail.competences.views.map_parts.look import UNITS_A_PAGE, Look
from handrail.kit import drawing as draw
from handrail.kit.tables import with_query
from handrail.kit.text import _, number, plural


def panel(look: Look) -> dict[str, Any] | None:
    """The opened cell: level against target, own beside the manager's, and the units below it."""
    assert look.table is not None and look.release is not None and look.framework is not None
    asked = look.request.GET
    competence = next((one for one in look.table.competences if is_meant(str(one.uid), asked.get("cell", ""))), None)
    column = next((one for one in look.table.columns if is_meant(column_name(one.uid), asked.get("column", ""))), None)
    cell = column.cells.get(competence.pk, NOTHING) if competence and column else NOTHING
    if competence is None or column is None or cell.level is None:
        return None
    other = queries.counterpart(look.release, look.kind, column, competence) if look.sight.may_filter and look.profile is None else NOTHING
    below, more_url, units = _below(look, column)
    pair = (cell, other) if look.kind == queries.SELF else (other, cell)
    return {
        "trail": [(column.label, ""), (str(competence), "")], "competence": competence, "level": level_text(cell), "target": number(cell.target, 1),
        "people": cell.people, "own": level_text(pair[0]) if pair[0].level is not None else "",
        "managers": level_text(pair[1]) if pair[1].level is not None else "", "lines": [level_line(one.label, one.cells[competence.pk]) for one in below if competence.pk in one.cells],
        "more_url": more_url, "units": units,
        "scale": [f"{level} {name}" for level, name in queries.level_names(look.framework)],
        "close": with_query(look.request, cell=None, column=None), "is_total": column.is_total,
    }  # fmt: skip


def _below(look: Look, column: ColumnView) -> tuple[Iterable[ColumnView], str, int]:
    """The columns behind a column, as many as fit on a page; where all are found when they are more, and how many."""
    assert look.table is not None and look.framework is not None and look.release is not None
    if column.is_total:
        return [one for one in look.table.columns if not one.is_total], "", 0
    organisation = queries.municipality(look.programme, column.uid) if column.opens else None
    if organisation is None:
        return [], "", 0
    names = queries.unit_names(look.release, organisation, kind=look.kind, profile=look.profile)
    table = queries.units_table(
        look.framework, look.release, organisation, look.sight, kind=look.kind, profile=look.profile, part=UnitPart(names[:UNITS_A_PAGE], len(names))
    )
    url = with_query(look.request, **{"in": column.uid, "cell": None, "column": None}) if len(names) > UNITS_A_PAGE else ""
    return [one for one in table.columns if one.is_unit], url, len(names)


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
