"""Lists: paged, sorted and filtered by the address, as cheap at the end as at the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

PER_PAGE = 50
COUNT_UP_TO = 10_000  # beyond this a list says "more than 10 000" instead of counting


@dataclass(frozen=True)
class Paged:
    """One page of a list."""

    rows: Sequence[Any]
    number: int
    total: int
    is_capped: bool
    per_page: int
    previous_url: str
    next_url: str

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def paged(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE, otherwise: int = 1) -> Paged:
    """The page that the address asks for (`?page=`); nonsense means the first, none at all the page `otherwise`."""
    number = _page_number(request) if "page" in request.GET else otherwise
    if isinstance(rows, QuerySet):
        total = rows.order_by()[: COUNT_UP_TO + 1].count()
    else:
        total = len(rows)
    last = max(1, -(-total // per_page))
    if number > last and total <= COUNT_UP_TO:
        number = last
    start = (number - 1) * per_page
    shown = list(rows[start : start + per_page + 1])
    return Paged(
        rows=shown[:per_page], number=number, total=min(total, COUNT_UP_TO), is_capped=total > COUNT_UP_TO, per_page=per_page,
        previous_url=with_query(request, page=number - 1) if number > 1 else "",
        next_url=with_query(request, page=number + 1) if len(shown) > per_page else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Rows in one order: `keys` are the fields that they stand in order by ("-" from the end), the last one unique in the run."""

    rows: QuerySet[Any]
    keys: tuple[str, ...]

    def ordered(self, *, back: bool = False) -> QuerySet[Any]:
        """The rows in order, or from the end."""
        return self.rows.order_by(*(_turned(key) if back else key for key in self.keys))

    def beyond(self, uid: UUID, *, back: bool) -> QuerySet[Any] | None:
        """The rows after one of them (before it, from it on: `back`), found by what it holds, so that the thousandth page costs what
        the first costs; None when it is not in this run."""
        names = [key.lstrip("-") for key in self.keys]
        found = self.rows.filter(uid=uid).values_list(*names).first()
        if found is None:
            return None
        beyond, same = Q(), Q()
        for key, name, value in zip(self.keys, names, found, strict=True):
            beyond |= same & Q(**{f"{name}__{'lt' if key.startswith('-') != back else 'gt'}": value})
            same &= Q(**{name: value})
        first = f"{names[0]}__{'lte' if self.keys[0].startswith('-') != back else 'gte'}"
        return self.ordered(back=back).filter(beyond, **{first: found[0]})  # the first key alone leads into an index


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


@dataclass(frozen=True)
class Counted:
    """How many rows there are, or more than so many."""

    total: int
    is_capped: bool


def counted(runs: Sequence[Run]) -> Counted:
    """The rows of a list, counted as far as anybody wants to know."""
    total = 0
    for one in runs:
        total += one.rows.order_by()[: COUNT_UP_TO + 1 - total].count() if total <= COUNT_UP_TO else 0
    return Counted(min(total, COUNT_UP_TO), total > COUNT_UP_TO)


def keyed(request: HttpRequest, runs: Sequence[Run], found: Counted, *, per_page: int = PER_PAGE) -> Paged:
    """As `paged`, for a list that may be very long: one goes on from the row that was last on the page (`?after=`), back from the
    first (`?before=`). `page` is the number that is shown, and leads there only where neither is given."""
    number, back = _page_number(request), "before" in request.GET
    back = back and number > 1  # the first page begins at the first row, whatever was put in meanwhile
    start = _uid(request.GET.get("before" if back else "after")) if number > 1 else None
    taken = _taken(list(reversed(runs)) if back else list(runs), start, per_page + 1, back=back) if start else []
    if not taken:  # no such row, or nothing is left beyond it
        last = max(1, -(-found.total // per_page))
        number, back = (last if number > last and not found.is_capped else number), False
        taken = _by_number(runs, (number - 1) * per_page, per_page + 1)
    more, rows = len(taken) > per_page, taken[:per_page]
    rows = rows[::-1] if back else rows
    return Paged(
        rows=rows, number=number, total=found.total, is_capped=found.is_capped, per_page=per_page,
        previous_url=with_query(request, page=number - 1, before=rows[0].uid, after=None) if rows and number > 1 else "",
        next_url=with_query(request, page=number + 1, after=rows[-1].uid, before=None) if rows and (back or more) else "",
    )  # fmt: skip


def _taken(runs: list[Run], start: UUID, wanted: int, *, back: bool) -> list[Any]:
    """The rows beyond one, on into the following runs; none when that one is in no run."""
    for number, run in enumerate(runs):
        rows = run.beyond(start, back=back)
        if rows is not None:
            taken = list(rows[:wanted])
            for other in runs[number + 1 :]:
                taken += list(other.ordered(back=back)[: wanted - len(taken)]) if len(taken) < wanted else []
            return taken
    return []


def _by_number(runs: Sequence[Run], start: int, wanted: int) -> list[Any]:
    taken: list[Any] = []
    for run in runs:
        rows = run.ordered()
        found = list(rows[start : start + wanted - len(taken)]) if len(taken) < wanted else []
        start = 0 if found else max(0, start - rows.order_by().count() if run is not runs[-1] else 0)
        taken += found
    return taken


def _page_number(request: HttpRequest) -> int:
    try:
        return max(1, min(100_000, int(request.GET.get("page", "1"))))
    except ValueError:
        return 1


def _uid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def with_query(request: HttpRequest, **changes: Any) -> str:
    """The same address with some of its questions changed; None or "" leaves one out."""
    kept = {name: value for name, value in request.GET.items() if name not in changes}
    kept.update({name: str(value) for name, value in changes.items() if value not in (None, "")})
    return "?" + urlencode(kept) if kept else request.path


def sort_by(request: HttpRequest, choices: dict[str, tuple[str, ...]], default: str) -> tuple[str, ...]:
    """The order that the address asks for (`?sort=name` or `?sort=-name`), among those that the screen offers."""
    wanted = request.GET.get("sort", default)
    fields = choices.get(wanted.lstrip("-")) or choices[default.lstrip("-")]
    if not wanted.startswith("-"):
        return fields
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
