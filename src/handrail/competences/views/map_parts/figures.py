"""Figures and colours as the map prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from handrail.competences.queries import Cell, ColumnView
from handrail.kit import drawing as draw
from handrail.kit.text import _, number, signed


class Printed:
    """Figures and addresses of one page, each made once: a map of fifty units has thousands of cells and a few dozen figures."""

    def __init__(self, address: str) -> None:
        self.start = conditional_escape(address + ("&" if address.startswith("?") else "?"))
        self.level = cached(level_text)
        self.distance = cached(signed)
        self.step = cached(draw.step)

    def address(self, competence: str, column: str) -> SafeString:
        """The address that opens a cell; of the two names, uids and a word, none needs escaping."""
        return SafeString(f"{self.start}cell={competence}&amp;column={column}#cell")


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
