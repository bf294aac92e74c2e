"""Many counts asked of the database in one question."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from handrail.programmes.models import Programme


def counted(programme: Programme, **rows: QuerySet[Any] | None) -> dict[str, int]:
    """How many rows each query finds, by its name. None counts as nothing."""
    asked = {name: _number(some) for name, some in rows.items() if some is not None}
    if not asked:
        return dict.fromkeys(rows, 0)
    row: tuple[int, ...] = Programme.objects.filter(pk=programme.pk).annotate(**asked).values_list(*asked).get()
    return dict.fromkeys(rows, 0) | dict(zip(asked, row, strict=True))


def _number(rows: QuerySet[Any]) -> Coalesce:
    number = rows.order_by().values(together=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
