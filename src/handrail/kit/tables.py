"""Lists: paged, sorted and filtered by the address, as cheap at the end as at the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
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


def paged(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE) -> Paged:
    """The page that the address asks for (`?page=`); nonsense means the first."""
    try:
        number = max(1, min(100_000, int(request.GET.get("page", "1"))))
    except ValueError:
        number = 1
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
