"""Figures and colours as the map prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape

from handrail.competences.queries import Cell
from handrail.kit import drawing as draw
from handrail.kit.text import _, number, signed

SHORTEST = 8


class Printed:
    """Figures and addresses of one page, each made once: a map of twenty-five units has more than a thousand cells and a few dozen faces."""

    def __init__(self, address: str) -> None:
        self._start = conditional_escape(address + ("&" if address.startswith("?") else "?")).replace("%", "%%")
        self._faces: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._known: dict[tuple[int, bool], dict[str, Any]] = {}
        self._cells: list[Cell] = []
        self._targets: dict[float, str] = {}

    def addresses(self, competence: str) -> str:
        """The addresses that open a competence's cells, with a place for the column; of both names, uids and a word, none needs escaping."""
        return f"{self._start}cell={competence}&amp;column=%s#cell"

    def target(self, level: float) -> str:
        """What is asked, in words."""
        key = round(level, 1)
        if key not in self._targets:
            self._targets[key] = _("Target %(level)s") % {"level": number(level, 1)}
        return self._targets[key]

    def face(self, cell: Cell, *, is_total: bool) -> dict[str, Any]:
        """What a cell shows: level, distance and colour, the same one for all that show the same. It counts by what is printed."""
        face = self._known.get((id(cell), is_total))  # many cells are the very same: those of the same sums
        if face is None:
            key = (cell.why_hidden, None if cell.level is None else round(cell.level, 1), cell.end, cell.distance, is_total)
            face = self._faces.get(key) or self._faces.setdefault(key, _face(cell, is_total=is_total))
            self._known[id(cell), is_total] = face
            self._cells.append(cell)  # so that nothing else is given its id
        return face


def _face(cell: Cell, *, is_total: bool) -> dict[str, Any]:
    if cell.why_hidden:
        return {"hidden": True, "total": is_total}
    if cell.level is None:
        return {"step": "none", "total": is_total}
    distance = cell.distance or 0.0
    return {"level": level_text(cell), "distance": signed(distance), "step": draw.step(distance), "total": is_total}


def column_name(uid: Any) -> str:
    """How the address calls a column: its uid, "all", or "none" for people without a unit."""
    return "all" if uid is None else str(uid or "none")


def beginnings(names: Iterable[str]) -> list[str]:
    """The beginnings of uids by which the addresses of one page tell them apart: of a thousand addresses on a page, most would be uids."""
    whole = list(names)
    short = [name[:SHORTEST] for name in whole]
    return short if len(set(short)) == len(set(whole)) else whole


def is_meant(name: str, asked: str) -> bool:
    """Whether an address asks for this one, by its whole name or its beginning."""
    return name == asked or (len(asked) >= SHORTEST and name.startswith(asked))


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
