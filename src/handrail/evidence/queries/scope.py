"""Whose hours are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from handrail.people.models import Organisation


@dataclass(frozen=True)
class Scope:
    """Whose hours are looked at: all, one organisation's, or some persons'."""

    organisation: Organisation | None = None
    persons: Any = None  # a queryset or list of person ids; None means everybody

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """These rows (with organisation and person) narrowed to the scope."""
        if self.organisation is not None:
            rows = rows.filter(organisation=self.organisation)
        return rows if self.persons is None else rows.filter(person__in=self.persons)


ALL = Scope()
