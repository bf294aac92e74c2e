"""Places on a screen that higher apps fill, so that nothing below needs to know them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_fillings: dict[str, list[tuple[int, Callable[..., Any]]]] = defaultdict(list)


def fill(slot: str, *, order: int = 50, where: Callable[..., Any] | None = None) -> Callable[[F], F]:
    """Fill a slot with what this function answers; lower `order` comes first.

    `where`, asked with the same arguments, answers the rows without which this has nothing to show: one queryset or several. What asks
    for many fillings at once can so ask the database one question for all of them, and then only those that have something.
    """

    def register(function: F) -> F:
        if where is not None:
            function.where = where  # type: ignore[attr-defined]
        if all(function is not other for _order, other in _fillings[slot]):
            _fillings[slot].append((order, function))
            _fillings[slot].sort(key=lambda pair: pair[0])
        return function

    return register


def filled(slot: str, *args: Any, **kwargs: Any) -> list[Any]:
    """What every filling answers, in order; those that answer None have nothing to show."""
    answers = (function(*args, **kwargs) for _order, function in list(_fillings[slot]))
    return [answer for answer in answers if answer is not None]


def conditions(slot: str, *args: Any) -> list[tuple[Callable[..., Any], tuple[Any, ...] | None]]:
    """Every filling of a slot with the rows of which it needs some (see `fill`); None where it does not say."""
    found = []
    for _order, function in list(_fillings[slot]):
        where = getattr(function, "where", None)
        rows = where(*args) if where is not None else None
        found.append((function, rows if rows is None or isinstance(rows, tuple) else (rows,)))
    return found


def gathered(slot: str, *args: Any, **kwargs: Any) -> list[Any]:
    """As `filled`, for fillings that answer lists: one flat list."""
    return [item for answer in filled(slot, *args, **kwargs) for item in answer]


@dataclass(frozen=True)
class Station:
    """One stop of the programme's life cycle in the header; `prefix` is the part of the address that belongs to it."""

    order: int
    label: Any
    url: str
    prefix: str


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: what, why and until when, and the one act that ends it.

    `url` opens it; with `is_post` the act is done at once by a button (with the hidden `fields`).
    """

    title: Any
    why: Any
    act: Any
    url: str
    due: date | None = None
    is_overdue: bool = False
    is_post: bool = False
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Panel:
    """A part of somebody's home or of a person's page: its template (of the app that fills it) and what that needs."""

    order: int
    template: str
    context: dict[str, Any]
    column: str = "main"  # or "side"
