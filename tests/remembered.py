"""A world is made by the actions once a run; the tests after the first get its rows again as they were, in a fraction of the time."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import time
from typing import Any, TypeVar

from django.db import connection

from handrail.kit import clock

T = TypeVar("T")
MADE_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
_kept: dict[str, tuple[bytes, dict[str, tuple[list[str], list[tuple[Any, ...]]]]]] = {}


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` answers, with all the rows it made. Every test must start from the same rows for one name (none, or another world)."""
    clock.is_turned()  # read once a test, before anybody counts queries
    if name not in _kept:
        made = make()
        _kept[name] = (pickle.dumps(made), _all_rows())
        return made
    answer, tables = _kept[name]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, rows) in tables.items():
            places = ", ".join(["%s"] * len(columns))
            names = ", ".join(quote(column) for column in columns)
            cursor.execute(f"DELETE FROM {quote(table)}")
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
    found: T = pickle.loads(answer)
    return found


def _all_rows() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Columns and rows of every table that holds any."""
    kept = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - MADE_BY_MIGRATIONS):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                kept[table] = ([column[0] for column in cursor.description], [tuple(map(_plain, row)) for row in rows])
    return kept


def _plain(value: Any) -> Any:
    """SQLite reads an hour as an hour and takes it back only as text."""
    return value.isoformat() if isinstance(value, time) else value
